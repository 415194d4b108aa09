"""Joining a community: whoever is signed in with one tap, everybody else with a one-time code."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from mulin.factors.pages import tried
from mulin.people.queries import load_viewer
from mulin.territory.queries import entrance_by_code
from mulin.web.http import address_of, community_of

from .. import actions, forms
from ..actions import browser
from .answers import came_from, let_in, onwards, tell_code


def join(request: Any, slug: str) -> HttpResponse:
    """Ask who someone is, and send the code that proves their address."""
    community, wish = community_of(request), request.GET.get("next", "")
    if request.viewer.is_person:
        return onwards(request, wish, f"/{slug}/")
    if request.viewer.is_someone:
        return _with_account(request, slug, wish)
    form = forms.Join(request.POST or None, community=community, initial={"home": request.GET.get("e", "")})

    def act(asked: dict[str, Any]) -> HttpResponse:
        tell_code(request, actions.send_code("join", asked["target"], address=address_of(request), always=True))
        told = {"target": asked["target"], "name": asked["name"], "next": wish[:500]}
        response = redirect("entry:join_check", slug=slug)
        browser.keep_asked(response, told | ({"home": asked["home"].code} if asked["home"] else {}))
        return response

    return tried(request, form, "entry/join.html", act, {"next": wish})


def join_check(request: Any, slug: str) -> HttpResponse:
    """Join with the one-time code that arrived."""
    community, told = community_of(request), browser.asked(request)
    if "name" not in told:
        return redirect("entry:join", slug=slug)

    def act(asked: dict[str, Any]) -> HttpResponse:
        entered = actions.join_by_code(
            community, told["target"], asked["code"], name=told["name"],
            home=entrance_by_code(community, told.get("home", "")), **came_from(request),
        )  # fmt: skip
        if isinstance(entered, actions.HalfIn):  # joins with one tap, once it is sure who this is
            return let_in(request, entered, f"/{slug}/join/?{urlencode({'next': told.get('next', '')})}")
        _welcome(request)
        return let_in(request, entered, told.get("next") or f"/{slug}/")

    return tried(request, forms.Digits(request.POST or None), "entry/join_check.html", act, told)


def _with_account(request: Any, slug: str, wish: str) -> HttpResponse:
    known = {"name": load_viewer(request.viewer.account_id, None).name}  # as another community knows them
    if request.method == "POST":
        form = forms.Home({**known, **request.POST.dict()}, community=request.community)
    else:
        form = forms.Home(community=request.community, initial={**known, "home": request.GET.get("e", "")})

    def act(asked: dict[str, Any]) -> HttpResponse:
        actions.join(request.community, by=request.viewer, **asked)
        _welcome(request)
        return onwards(request, wish, f"/{slug}/")

    return tried(request, form, "entry/join.html", act)


def _welcome(request: Any) -> None:
    messages.success(request, _("Welcome to: %(community)s.") % {"community": request.community})
