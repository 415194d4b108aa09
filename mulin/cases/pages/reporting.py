"""Reporting a problem: one screen, and the page that says what happens next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from mulin.entry.actions import browser
from mulin.kernel.doors import form_of
from mulin.territory import queries as places
from mulin.uploads import waiting
from mulin.web import dates
from mulin.web.http import Visit, community_of
from mulin.web.moves import once_of

from .. import actions, queries, rules
from ..models import Case, Category
from . import maps, telling
from .keeping import GUEST_GUESSES, keep_photos, slow_down

Near = Callable[[], list[tuple[Case, str]]]
SECRET, SALT, SHOWN_FOR = "sent", "cases.sent", timedelta(minutes=10)


def report(request: Visit, slug: str) -> HttpResponse:
    """Ask what is wrong and where; offer what was reported already; send it."""
    community = community_of(request)
    noun = Case(community=community)
    if request.method != "POST":
        told = {name: request.GET[name][:40] for name in ("e", "category", "lon", "lat") if name in request.GET}
        form = form_of(noun, "report", by=request.viewer, initial=told)
        return render(request, "cases/report.html", _page(request, form, told, _near(request, form, told)))
    if request.headers.get("HX-Request"):
        slow_down(request, "guess", GUEST_GUESSES)
    told = _told(request.POST)
    form = form_of(noun, "report", by=request.viewer, data=told, files=request.FILES)
    is_complete = form.is_valid()
    form.data = request.POST  # what is shown again is what was typed, not how it was read
    near = _near(request, form, told)
    if request.headers.get("HX-Request"):
        return render(request, "cases/report.html#guess", _page(request, form, told, near))
    if not is_complete or not _is_checked(request, told, near):
        lost = keep_photos(request, form)
        context = {**_page(request, form, told, near), "lost": lost, "warning": _warning(request, told)}
        return render(request, "cases/report.html", context, status=422)
    slow_down(request, "report")
    made = actions.report(by=request.viewer, community=community, once=once_of(request, "report"), **form.cleaned_data)
    waiting.drop(request.POST.getlist("kept"))
    return _sent(request, made)


def _told(sent: QueryDict) -> QueryDict:
    """Read the two ways to tell a category and a place as one: the list before the guess, the map before the plate."""
    told = sent.copy()
    told["category"] = sent.get("category") or sent.get("guess", "")
    if sent.get("lon") or sent.get("address", "").strip():
        told["e"] = ""
    elif "," in (at := sent.get("at", "")):  # a place that was suggested
        told["e"], (told["lon"], told["lat"]) = "", at.split(",", 1)
    else:
        told["e"] = at or sent.get("e", "")
    return told


def _is_checked(request: Visit, told: Any, near: Near) -> bool:
    """Tell whether the reporter saw what is similar and what to do before, or there is nothing."""
    is_seen = not _warning(request, told) and ("checked" in request.POST or not near())
    return is_seen or queries.was_sent(community_of(request), request.viewer, told.get("once", ""))


def _near(request: Visit, form: Any, told: Any) -> Near:
    """Find what is similar at this place: once, and only where it is asked for."""
    community = community_of(request)

    @cache
    def near() -> list[tuple[Case, str]]:
        place, kind = _place_of(community, form, told), queries.leaf(community.pk, told.get("category", ""))
        return queries.adviser().near(community, request.viewer, told.get("words", ""), place, kind)

    return near


def _place_of(community: Any, form: Any, told: Any) -> queries.Where | None:
    place: queries.Where | None = getattr(form, "cleaned_data", {}).get("place")
    if place is None and told.get("e") and (entrance := places.entrance_by_code(community, told["e"])):
        return queries.where(community, entrance=entrance)
    return place


def _kind_of(community: Any, told: Any) -> Category | None:
    """Say what it is about: as chosen, else as rule words say; what is only suggested counts once it is chosen."""
    key, ruled = told.get("category", ""), queries.suggest(community.pk, told.get("words", ""), most=1)
    return queries.leaf(community.pk, key) or (ruled[0] if ruled else None)


def _warning(request: Visit, told: Any) -> str:
    """Return what has to be read before a report of this kind is sent, until it stood on the page."""
    kind = _kind_of(community_of(request), told)
    return kind.warning if kind and told.get("warned") != kind.key else ""


def _page(request: Visit, form: Any, told: Any, near: Near) -> dict[str, Any]:
    community, viewer = community_of(request), request.viewer
    known = places.places(community)
    entrance = places.entrance_by_code(community, told["e"]) if told.get("e") and not told.get("at") else None
    place = _place_of(community, form, told)
    advice, words, kind = queries.adviser(), told.get("words", ""), _kind_of(community, told)
    kinds, chosen = advice.kinds(community, words), kind if kind and kind.key == told.get("category") else None
    picked = {"lon": told.get("lon", ""), "lat": told.get("lat", "")}
    return {
        "form": form,
        "once": told.get("once") or str(uuid4()),
        "entrance": entrance,
        "kinds": kinds,
        "kind": kind,
        "chosen": chosen,
        "from_list": bool(chosen and chosen not in [row for row, _why in kinds]),
        "places": [] if entrance else advice.places(community, words),
        "at": told.get("at", ""),
        "near": [
            {"case": one, "why": why, "place": telling.where(one), "may_join": rules.may_say_me_too(viewer, one)}
            for one, why in near()
        ],
        "promise": dates.span(kind.accept_minutes) if kind else "",
        "map": {"pick": True, **maps.shapes(known, entrance and entrance.building_id), **picked, **_view(place)},
        "tiles": settings.BASE_MAP,
    }


def _view(place: Any) -> dict[str, Any]:
    if place is None or place.lon is None:
        return {}
    spot = {"lon": place.lon, "lat": place.lat, "tone": "soon", "on": True, "number": "●"}
    return {"center": [place.lon, place.lat], "zoom": 18, "points": [spot]}


def _sent(request: Visit, case: Case) -> HttpResponse:
    response = redirect("cases:sent", slug=community_of(request).slug, id=case.pk)
    if case.code_hash:
        # The code is kept nowhere: only this answer's cookie carries it to the next page, for ten minutes.
        value = f"{case.pk.hex}.{getattr(case, 'secret', '')}"
        response.set_signed_cookie(
            SECRET, value, salt=SALT, max_age=SHOWN_FOR, httponly=True, samesite="Lax",
            secure=settings.SITE_URL.startswith("https"),
        )  # fmt: skip
    if case.code_hash and not case.is_behalf:
        browser.hold(response, request, case.pk)
    return response


def sent(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Say the number, what happens next and, once, the code with which an unnamed reporter follows it."""
    kept = request.get_signed_cookie(SECRET, default="", salt=SALT, max_age=SHOWN_FOR) or ""
    key, _dot, secret = kept.partition(".")
    case = queries.sent_case(community_of(request), request.viewer, id, opened=key == id.hex)
    if case is None:
        raise Http404
    context = {
        "case": case,
        "place": telling.where(case),
        "due": telling.due(case),
        "secret": f"{secret[:4]} {secret[4:]}" if key == id.hex and secret else "",
        "can_open": rules.sees_everything(request.viewer, case),
        "site": settings.SITE_URL,
    }
    response = render(request, "cases/sent.html", context)
    response.delete_cookie(SECRET, samesite="Lax")
    return response
