"""Routes: their list, their editor, and what they found."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mulin.cases.pages import maps
from mulin.people.queries import history
from mulin.territory.queries import places
from mulin.web.http import Visit, community_of
from mulin.web.nouns import create

from .. import queries
from ..flow import LIVING, RouteState
from ..models import Route, kind_of, kind_word
from ..rules import is_desk
from .walking import looks_in

SHOWN = 40  # places that a search offers at once


@require_safe
def routes(request: Visit, slug: str) -> HttpResponse:
    """List the routes, those that are walked first."""
    community = looks_in(request)
    words, state = request.GET.get("q", "")[:60], request.GET.get("state", "")
    chips = [("", _("All"), not state), *((key, label, key == state) for key, label in RouteState.choices)]
    context = {
        "rows": list(queries.routes(community, request.viewer, words.strip(), state)[:200]),
        "q": words,
        "state": state,
        "chips": [(f"?{urlencode({'state': key, 'q': words})}", label, on) for key, label, on in chips],
        "may_draw": is_desk(request.viewer, Route(community=community)),
    }
    return render(request, "rounds/routes.html", context)


def draw(request: Visit, slug: str) -> HttpResponse:
    """Draw a route."""
    draft = Route(community=community_of(request))
    if not is_desk(request.viewer, draft):
        raise Http404
    intro = _("First who walks it, how often, and what is looked at. The stops are added on its page.")
    return create(request, draft, "draw", intro=intro, back_url=reverse("rounds:routes", args=[slug]))


@require_safe
def route(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show a route: its stops, its rounds, what it found; the desk changes it here."""
    rows = Route.objects.visible_to(request.viewer).for_list().filter(community=community_of(request))
    row = get_object_or_404(rows, pk=id)
    at_desk = is_desk(request.viewer, row)
    found = queries.found_by_kind(row)
    past = queries.history(row)
    context = {
        "route": row,
        "lines": [(kind_word(each["kind"]) if each["kind"] else "", each["words"]) for each in row.checklist],
        "may_edit": at_desk and row.state in LIVING,
        "at_desk": at_desk,
        "rounds": past[:20],
        "steps": history(row, request.viewer, names=at_desk) if at_desk else [],
        "chart": _chart(found) if found else None,
        "map": _map(row),
        "tiles": settings.BASE_MAP,
        **_offered(request, row, at_desk),
    }
    return render(request, "rounds/route.html", context)


def _offered(request: Visit, row: Route, at_desk: bool) -> dict[str, Any]:
    """Search what can be a stop, for the desk."""
    words = request.GET.get("q", "")[:40]
    if not at_desk or row.state not in LIVING:
        return {}
    there = {str(stop.place_id) for stop in row.stops}
    every = [each for each in queries.place_choices(row.community, words) if each[0].partition(":")[2] not in there]
    return {"q": words, "offered": every[:SHOWN], "more": max(len(every) - SHOWN, 0)}


def _chart(found: list[tuple[str, int]]) -> dict[str, Any]:
    counts = [count for _kind, count in found]
    series = {"name": _("Findings"), "values": counts, "texts": [str(count) for count in counts]}
    return {"kind": "bar", "labels": [kind for kind, _count in found], "series": [series], "head": _("Kind of stop")}


def _map(row: Route) -> dict[str, Any]:
    points = [
        {"lon": stop.place.lon, "lat": stop.place.lat, "number": number, "label": str(stop.place),
         "url": reverse("community:place", args=[row.community.slug, stop.place_kind, stop.place_id]),
         "place": kind_word(kind_of(stop.place))}
        for number, stop in enumerate(row.stops, 1)
    ]  # fmt: skip
    return {**maps.shapes(places(row.community)), "points": points}
