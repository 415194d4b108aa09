"""Getting in and out. No page tells whether an account exists."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.factors import actions as factors
from mulin.factors.figures import passkeys_work
from mulin.factors.forms import Proof
from mulin.factors.pages import tried
from mulin.factors.queries import factors_of
from mulin.people.queries import account_by
from mulin.territory.queries import community_of_path
from mulin.web.http import address_of

from .. import actions, forms, queries
from ..actions import browser
from ..figures import can_text
from .answers import by_passkey, came_from, device, let_in, tell_code

ALONE = "alone"  # a challenge for a passkey that is both factors


def sign_in(request: Any) -> HttpResponse:
    """Sign in with a password, or as someone of the demo."""
    wish = request.POST.get("next") or request.GET.get("next", "")
    form = forms.Password(request.POST or None, initial={"next": wish})
    here = community_of_path(urlsplit(wish).path)
    context = {"roles": queries.demo_roles(), "next": wish, "here": here, **({} if here else queries.joinable(None))}

    context["by_text"] = can_text()
    challenge = b""
    if passkeys_work():
        context["options"], challenge = factors.ask_for()

    def act(asked: dict[str, Any]) -> HttpResponse:
        entered = actions.enter(asked["target"], asked["password"], **came_from(request))
        return let_in(request, entered, asked["next"])

    response = tried(request, form, "entry/sign_in.html", act, context)
    if challenge and response.status_code != 302:
        factors.keep_challenge(response, challenge, purpose=ALONE)
    return response


@require_POST
def passkey(request: Any) -> HttpResponse:
    """Sign in with a passkey alone."""

    def enter(answer: str, wish: str) -> HttpResponse:
        given = factors.kept_challenge(request, purpose=ALONE)
        return let_in(request, actions.enter_by_passkey(answer, challenge=given, **came_from(request)), wish)

    wish = urlencode({"next": request.POST.get("next", "")[:500]})
    return by_passkey(request, enter, f"{reverse('entry:sign_in')}?{wish}")


def second(request: Any) -> HttpResponse:
    """Show the second factor: a code from the app, a recovery code, or a passkey."""
    half, wish = browser.kept_half(request)
    if half is None:
        messages.info(request, _("That took longer than ten minutes. Please sign in once more."))
        return redirect("entry:sign_in")
    known = factors_of(half.account_id)
    context: dict[str, Any] = {"factors": known}
    challenge = b""
    if known.passkeys and passkeys_work():
        context["options"], challenge = factors.ask_for(half.account_id)

    def act(asked: dict[str, Any]) -> HttpResponse:
        return let_in(request, actions.enter_by_factor(half, code=asked["code"], **came_from(request)), wish)

    response = tried(request, Proof(request.POST or None), "entry/second.html", act, context)
    if challenge and response.status_code != 302:
        factors.keep_challenge(response, challenge, purpose=half.account_id.hex)
    return response


@require_POST
def second_passkey(request: Any) -> HttpResponse:
    """Show a passkey as the second factor."""
    half, wish = browser.kept_half(request)
    if half is None:
        return redirect("entry:second")

    def enter(answer: str, _next: str) -> HttpResponse:
        given = factors.kept_challenge(request, purpose=half.account_id.hex)
        entered = actions.enter_by_factor(half, passkey=answer, challenge=given, **came_from(request))
        return let_in(request, entered, wish)

    return by_passkey(request, enter, reverse("entry:second"))


@require_POST
def sign_out(request: Any) -> HttpResponse:
    """End the sign-in of this browser."""
    if request.sign_in:
        actions.leave(request.sign_in.pk, account_id=request.sign_in.account_id)
    response = redirect("/")
    browser.drop_sign_in(response)
    return response


def code(request: Any) -> HttpResponse:
    """Have a one-time code sent."""

    def act(asked: dict[str, Any]) -> HttpResponse:
        tell_code(request, actions.send_code("sign_in", asked["target"], address=address_of(request)))
        response = redirect("entry:code_check")
        browser.keep_asked(response, {"target": asked["target"], "next": request.GET.get("next", "")[:500]})
        return response

    return tried(request, forms.Code(request.POST or None), "entry/code.html", act, {"by_text": can_text()})


def code_check(request: Any) -> HttpResponse:
    """Sign in with the one-time code that arrived."""
    told = browser.asked(request)
    if "target" not in told:
        return redirect("entry:code")

    def act(asked: dict[str, Any]) -> HttpResponse:
        entered = actions.enter_by_code(told["target"], asked["code"], **came_from(request))
        return let_in(request, entered, told.get("next", ""))

    return tried(request, forms.Digits(request.POST or None), "entry/code_check.html", act, told)


@require_POST
def demo_sign_in(request: Any) -> HttpResponse:
    """Sign in as someone of the demo."""
    account = account_by(request.POST.get("account", ""))
    if account is None or account.email not in {role.account for role in queries.demo_roles()}:
        raise Http404
    return let_in(request, actions.start(account, device=device(request)), request.POST.get("next", ""))
