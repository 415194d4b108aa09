"""What the pages of getting in answer with: someone let in and sent on to where they wanted to go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypedDict

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from mulin.factors.forms import Answer
from mulin.factors.queries import has_factor, is_staff
from mulin.kernel.refusals import Refused
from mulin.people.queries import communities_of
from mulin.web.http import address_of

from ..actions import HalfIn, browser, leave
from ..figures import device_of
from ..models import SignIn


def let_in(request: Any, entered: SignIn | HalfIn, wish: str = "") -> HttpResponse:
    """Send someone who got in on to where they wanted to go, or to their community; who is half in, to the rest."""
    if isinstance(entered, HalfIn):
        response: HttpResponse = redirect("entry:second")
        browser.keep_half(response, entered, wish)
        response.delete_cookie(browser.ASKED, samesite="Lax")
        return response
    rotate_token(request)
    if request.sign_in:  # this browser's former sign-in would stay in the list for nothing
        leave(request.sign_in.pk, account_id=request.sign_in.account_id)
    communities = list(communities_of(entered.account_id)[:2])
    home = f"/{communities[0].slug}/" if len(communities) == 1 else "/"
    response = _to_set_up(request, entered) or onwards(request, wish, home)
    for name in (browser.ASKED, browser.HALF):
        response.delete_cookie(name, samesite="Lax")
    browser.keep_sign_in(response, entered)
    return response


def _to_set_up(request: Any, entered: SignIn) -> HttpResponse | None:
    if settings.STAFF_FACTOR != "must" or has_factor(entered.account_id) or not is_staff(entered.account_id):
        return None
    messages.info(request, _("Your post needs a second factor. Please set one up, then your rights are there again."))
    return redirect("entry:security")


def onwards(request: Any, wish: str, otherwise: str) -> HttpResponse:
    """Send someone to where they wanted to go, if that is here."""
    allowed = url_has_allowed_host_and_scheme(wish, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wish if wish and allowed else otherwise)


def tell_code(request: Any, shown: str) -> None:
    """Show the code on the page, in a demo."""
    if shown:
        messages.info(request, _("This is a demo: the code is %(code)s.") % {"code": shown})


def by_passkey(request: Any, enter: Callable[[str, str], HttpResponse], back: str) -> HttpResponse:
    """Let someone in by what their browser answered with a passkey, or send them back with the reason why not."""
    form = Answer(request.POST)
    if form.is_valid():
        try:
            return enter(form.cleaned_data["credential"], form.cleaned_data["next"])
        except Refused as refused:
            messages.error(request, refused.message)
    return redirect(back)


class Origin(TypedDict):
    """From which address and device a visit comes."""

    address: str
    device: str


def came_from(request: Any) -> Origin:
    """Say from which address and device a visit comes."""
    return {"address": address_of(request), "device": device(request)}


def device(request: Any) -> str:
    """Name the device of a visit."""
    return device_of(request.headers.get("User-Agent", ""))
