"""Getting in and out. No page tells whether an account exists."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from mulin.people.queries import account_by
from mulin.territory.queries import community_of_path
from mulin.web.http import address_of

from .. import actions, forms, queries
from ..actions import browser
from ..figures import can_text
from .answers import came_from, device, let_in, tell_code, tried


def sign_in(request: Any) -> HttpResponse:
    """Sign in with a password, or as someone of the demo."""
    wish = request.POST.get("next") or request.GET.get("next", "")
    form = forms.Password(request.POST or None, initial={"next": wish})
    here = community_of_path(urlsplit(wish).path)
    context = {"roles": queries.demo_roles(), "next": wish, "here": here, **({} if here else queries.joinable(None))}

    def act(asked: dict[str, Any]) -> HttpResponse:
        entered = actions.enter(asked["target"], asked["password"], **came_from(request))
        return let_in(request, entered, asked["next"])

    return tried(request, form, "entry/sign_in.html", act, context)


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
