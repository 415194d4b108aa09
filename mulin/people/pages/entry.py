"""Getting in and out. No page tells whether an account exists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms as django_forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.kernel.refusals import Refused

from .. import actions, forms, queries
from ..actions import browser
from ..figures import can_text, device_of, spelled
from ..models import SignIn


def sign_in(request: Any) -> HttpResponse:
    """Sign in with a password, or as someone of the demo."""
    wish = request.POST.get("next") or request.GET.get("next", "")
    form = forms.Password(request.POST or None, initial={"next": wish})
    here = queries.community_of_path(urlsplit(wish).path)
    context = {"roles": queries.demo_roles(), "next": wish, "here": here, **({} if here else joinable(None))}

    def act(asked: dict[str, Any]) -> HttpResponse:
        entered = actions.enter(asked["target"], asked["password"], address=address(request), device=device(request))
        return let_in(request, entered, asked["next"])

    return tried(request, form, "people/sign_in.html", act, context)


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
        tell_code(request, actions.send_code("sign_in", asked["target"], address=address(request)))
        response = redirect("people:code_check")
        browser.keep_asked(response, {"target": asked["target"], "next": request.GET.get("next", "")[:500]})
        return response

    return tried(request, forms.Code(request.POST or None), "people/code.html", act, {"by_text": can_text()})


def code_check(request: Any) -> HttpResponse:
    """Sign in with the one-time code that arrived."""
    told = browser.asked(request)
    if "target" not in told:
        return redirect("people:code")

    def act(asked: dict[str, Any]) -> HttpResponse:
        entered = actions.enter_by_code(told["target"], asked["code"], address=address(request), device=device(request))
        return let_in(request, entered, told.get("next", ""))

    return tried(request, forms.Digits(request.POST or None), "people/code_check.html", act, told)


@require_POST
def demo_sign_in(request: Any) -> HttpResponse:
    """Sign in as someone of the demo."""
    account = queries.account_by(spelled(request.POST.get("account", ""))) if settings.DEMO else None
    if account is None or account.email not in {role.email for role in queries.demo_roles()}:
        raise Http404
    return let_in(request, actions.start(account, device=device(request)), request.POST.get("next", ""))


def let_in(request: Any, entered: SignIn, wish: str = "") -> HttpResponse:
    """Send someone who got in on to where they wanted to go, or to their community."""
    rotate_token(request)
    communities = list(queries.communities_of(entered.account_id)[:2])
    home = f"/{communities[0].slug}/" if len(communities) == 1 else "/"
    response = onwards(request, wish, home)
    response.delete_cookie(browser.ASKED, samesite="Lax")
    browser.keep_sign_in(response, entered)
    return response


def onwards(request: Any, wish: str, otherwise: str) -> HttpResponse:
    """Send someone to where they wanted to go, if that is here."""
    allowed = url_has_allowed_host_and_scheme(wish, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wish if wish and allowed else otherwise)


def joinable(account_id: UUID | None) -> dict[str, Any]:
    """Give a page the communities that can be joined, or the word that there are too many to list."""
    found = queries.joinable(account_id)
    return {"joinable": found[: queries.LISTED], "more": len(found) > queries.LISTED}


def tell_code(request: Any, shown: str) -> None:
    """Show the code on the page, in a demo."""
    if shown:
        messages.info(request, _("This is a demo: the code is %(code)s.") % {"code": shown})


def tried(
    request: Any, form: django_forms.Form, template: str, act: Callable[[dict[str, Any]], HttpResponse],
    context: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Do what the form asks, or show it again with the reason why not."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return act(form.cleaned_data)
            except Refused as refused:
                form.add_error(None, refused.message)
                status = refused.status
    return render(request, template, {"form": form, **(context or {})}, status=status)


def address(request: Any) -> str:
    """Say from which address a visit comes."""
    return str(request.META.get("REMOTE_ADDR", ""))


def device(request: Any) -> str:
    """Name the device of a visit."""
    return device_of(request.headers.get("User-Agent", ""))
