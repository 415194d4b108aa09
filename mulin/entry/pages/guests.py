"""Going on as a guest of a community, without an account: a phone number and the code sent to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from mulin.factors.pages import tried
from mulin.web.http import address_of, community_of

from .. import actions, forms
from ..actions import browser
from ..figures import can_text
from .answers import came_from, let_in, onwards, tell_code


def guest(request: Any, slug: str) -> HttpResponse:
    """Ask for a phone number, and send the code that proves it."""
    community, wish = community_of(request), request.GET.get("next", "")
    if not can_text():
        raise Http404
    if request.viewer.is_someone:
        return onwards(request, wish, f"/{slug}/")

    def act(asked: dict[str, Any]) -> HttpResponse:
        tell_code(request, actions.send_code("guest", asked["target"], address=address_of(request), always=True))
        response = redirect("entry:guest_check", slug=community.slug)
        browser.keep_asked(response, {**asked, "next": wish[:500]})
        return response

    return tried(request, forms.Guest(request.POST or None), "entry/guest.html", act, {"next": wish})


def guest_check(request: Any, slug: str) -> HttpResponse:
    """Go on with the one-time code that arrived."""
    community, told = community_of(request), browser.asked(request)
    if "name" not in told:
        return redirect("entry:guest", slug=slug)

    def act(asked: dict[str, Any]) -> HttpResponse:
        entered = actions.enter_as_guest(
            community, told["target"], asked["code"], name=told["name"], **came_from(request)
        )
        messages.success(request, _("Welcome. You can report and follow what you reported."))
        return let_in(request, entered, told.get("next") or f"/{slug}/")

    return tried(request, forms.Digits(request.POST or None), "entry/guest_check.html", act, told)
