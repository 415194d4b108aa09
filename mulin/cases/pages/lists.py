"""Lists of cases for everyone: the public one with its map, its points, and one's own."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mulin.kernel.viewer import NOBODY
from mulin.territory import queries as places
from mulin.territory.queries import Places
from mulin.web.http import Visit, community_of
from mulin.web.paging import with_

from .. import queries
from ..flow import ENDED, NEW, OPEN, State, awaits_reporter
from ..models import Case, CaseQuerySet
from ..queries import Row
from . import finding, maps, telling

PAGE, MOST, POINTS = 50, 100, 2000
STATES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "": (_("All"), ()),
    "new": (_("New"), NEW),
    "in_hand": (_("In hand"), (State.IN_HAND,)),
    "waiting": (_("Waiting"), (State.WAITING,)),
    "solved": (_("Solved"), (State.SOLVED,)),
    "ended": (_("Ended"), ENDED),
}


def visible(request: Visit) -> CaseQuerySet:
    """Keep the cases of this community that the viewer may see."""
    cases: CaseQuerySet = Case.objects.visible_to(request.viewer)
    return cases.filter(community=community_of(request))


def row(case: Row, number: int) -> dict[str, Any]:
    """Show one case in a list, under a number that the map beside it has, too."""
    return {
        "case": case,
        "url": case.get_absolute_url(),
        "tone": telling.tone(case),
        "label": telling.label(case, case.is_mine),
        "number": number,
        "title": case.title,
        "words": case.words,
        "place": telling.where(case),
        "colour": maps.colour(case),
        "due": {"at": case.due_at, "paused": awaits_reporter(case)} if case.is_open else None,
        "icon": case.category.icon or "message-report",
    }


def size_of(request: Visit) -> int:
    """Return how many rows a page has."""
    text = request.GET.get("size", "")
    return max(1, min(int(text), MOST)) if text.isdigit() and len(text) < 5 else PAGE


def _page_of(request: Visit, cases: CaseQuerySet, known: Places) -> tuple[list[Row], str]:
    """Cut one page by key, newest first, and write the address of the next one."""
    size = size_of(request)
    first = queries.newest(cases, finding.after(request.GET.get("after", "")))[: size + 1]
    found = queries.rows(first, request.viewer, community_of(request), known)
    if len(found) <= size:
        return found, ""
    last = found[size - 1]
    return found[:size], with_(request, after=f"{last.happened_at.isoformat()},{last.pk}")


@require_safe
def index(request: Visit, slug: str) -> HttpResponse:
    """List what one may see, the newest first, with the same numbers on a map."""
    community, viewer, asked = community_of(request), request.viewer, request.GET
    cases = finding.narrowed(visible(request), viewer, community, asked)
    if asked.get("mine") and viewer.is_someone:
        cases = cases.concerning(viewer)
    counts = queries.by_state(cases)
    wanted = STATES.get(asked.get("state", ""), STATES[""])[1]
    known = places.places(community)
    page, next_url = _page_of(request, cases.filter(state__in=wanted) if wanted else cases, known)
    rows = [row(case, number) for number, case in enumerate(page, 1)]
    context = {
        "rows": rows,
        "chips": [_chip(request, key, counts) for key in STATES],
        "asked": asked,
        "kept": [(name, asked[name]) for name in ("state", "mine") if asked.get(name)],
        "is_narrowed": any(asked.get(name) for name in ("q", "category", "grid", "state", "mine")),
        "mine_url": with_(request, mine="" if asked.get("mine") else "1"),
        "categories": [(kind.key, str(kind)) for kind in queries.leaves(community.pk)],
        "grids": [(grid.number, grid.name) for grid in known.grids],
        "next_url": next_url,
        "first_url": with_(request) if asked.get("after") else "",
        "map": {**map_of(known, rows), "dots": _dots(request)},
        "tiles": settings.BASE_MAP,
    }
    return render(request, "cases/list.html", context)


def _chip(request: Visit, key: str, counts: dict[str, int]) -> dict[str, Any]:
    label, states = STATES[key]
    return {
        "label": label,
        "count": sum(counts.get(state, 0) for state in states) if states else sum(counts.values()),
        "url": with_(request, state=key),
        "on": request.GET.get("state", "") == key,
    }


def map_of(known: Places, rows: list[dict[str, Any]], exact: bool = False) -> dict[str, Any]:
    """Show the rows of a list on the community's map, under the same numbers."""
    points = [{**maps.point(each, exact), "on": each.get("is_chosen", False)} for each in rows]
    return {**maps.shapes(known), "points": [point for point in points if point["lon"] is not None]}


def _dots(request: Visit) -> str:
    """Write where the map finds the other open cases of the same choice; one that can hold none has no address."""
    asked = request.GET
    if asked.get("mine") or asked.get("state") in ("solved", "ended"):
        return ""
    kept = {name: asked[name] for name in ("q", "category", "grid", "state") if asked.get(name)}
    return f"{reverse('cases:points', args=[community_of(request).slug])}?{urlencode(kept)}"


@require_safe
def points(request: Visit, slug: str) -> HttpResponse:
    """Give the newest open public cases, narrowed as the list and to a box (west,south,east,north)."""
    community, asked = community_of(request), request.GET
    cases = visible(request).filter(is_public=True, state__in=OPEN, shown_lon__isnull=False)
    if wanted := STATES.get(asked.get("state", ""), STATES[""])[1]:
        cases = cases.filter(state__in=wanted)
    found = queries.within(finding.narrowed(cases, request.viewer, community, asked), asked.get("box", ""))
    newest = queries.rows(queries.newest(found)[: POINTS + 1], NOBODY, community, places.places(community))
    shown = {"points": [maps.dot(case) for case in newest[:POINTS]], "all": len(newest) <= POINTS}
    response = JsonResponse(shown, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    response["Cache-Control"] = "private, max-age=60"  # moving the map to and fro asks once
    return response


@require_safe
def mine(request: Visit, slug: str) -> HttpResponse:
    """List one's own cases and those one follows or leads, what waits for one first."""
    viewer, community = request.viewer, community_of(request)
    known = places.places(community)
    cases = visible(request).concerning(viewer)
    waiting = queries.rows(queries.waiting_for_me(cases, viewer)[:MOST], viewer, community, known)
    first = [row(case, number) for number, case in enumerate(waiting, 1)]
    page, next_url = _page_of(request, cases.exclude(pk__in=[case.pk for case in waiting]), known)
    rows = [row(case, number) for number, case in enumerate(page, len(first) + 1)]
    return render(request, "cases/mine.html", {"waiting": first, "rows": rows, "next_url": next_url})
