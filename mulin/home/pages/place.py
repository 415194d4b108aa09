"""The page of a place: who answers for what here, what is open here, its code, and where it lies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mulin.cases import queries as cases
from mulin.cases.pages import lists, maps
from mulin.participation.queries import keepers_of
from mulin.territory import queries as places
from mulin.territory.queries import Places
from mulin.web.http import Visit, community_of

from .. import queries
from ..queries import Here

OPEN_HERE, DOORS = 10, 40
MATTERS = 6  # that stand beside a post; the rest is counted
LABELS = {
    "spot": _("For this spot"), "entrance": _("At this entrance"), "building": _("For the building"),
    "grid": _("For the grid"), "community": _("For the whole community"),
}  # fmt: skip
ZOOM = {"entrance": 18, "spot": 18, "building": 17.5, "grid": 16.5}


@require_safe
def place(request: Visit, slug: str, kind: str, id: UUID) -> HttpResponse:
    """Show one entrance, building, grid or spot to everyone."""
    community, viewer = community_of(request), request.viewer
    known = places.places(community)
    here = queries.find(community, known, kind, id)
    if here is None:
        raise Http404
    found = cases.newest(queries.open_at(here, viewer))[: OPEN_HERE + 1]
    rows = [lists.row(case, n) for n, case in enumerate(cases.rows(found, viewer, community, known), 1)]
    context = {
        "here": here,
        "above": _above(slug, here),
        "doors": [(str(door.name), _url(slug, "entrance", door)) for door in _doors(known, here)],
        "groups": _groups(request, here),
        "keepers": keepers_of(viewer, community, [here.place.pk]).get(here.place.pk, []),
        "code_url": _code(slug, here),
        "rows": rows[:OPEN_HERE],
        "more": len(rows) > OPEN_HERE,
        "report_url": _report(slug, here),
        "map": _map(known, here, rows),
        "tiles": settings.BASE_MAP,
    }
    return render(request, "home/place.html", context)


def _url(slug: str, kind: str, place: Any) -> str:
    return reverse("community:place", args=[slug, kind, place.pk])


def _above(slug: str, here: Here) -> list[tuple[str, str]]:
    """Name the places that this one lies in, the largest first, with their pages."""
    around = [("grid", here.grid), ("building", here.building)]
    return [(str(each), _url(slug, kind, each)) for kind, each in around if each and each is not here.place]


def _doors(known: Places, here: Here) -> list[Any]:
    if here.kind != "building":
        return []
    return [door for door in known.entrances if door.building_id == here.place.pk][:DOORS]


def _groups(request: Visit, here: Here) -> list[dict[str, Any]]:
    community = community_of(request)
    matters, found = queries.answers_for(community), queries.posts_at(community, request.viewer, here)
    held = [term for _kind, _at, posts in found for post in posts for term in post.held]
    numbers = queries.numbers_shown(community, request.viewer, held)
    groups = []
    for kind, at, posts in found:
        shown: dict[tuple[str, bool], dict[str, Any]] = {}
        for post in posts:  # those who hold the same post beside each other stand in one row
            names, own = [term.person.name for term in post.held], matters.get(post.kind.key, [])
            row = shown.setdefault((str(post), bool(names)), {"post": post, "held": [], "numbers": []})
            row["held"] += names
            row["numbers"] += [numbers[term.person_id] for term in post.held if term.person_id in numbers]
            row["matters"], row["rest"] = own[:MATTERS], max(0, len(own) - MATTERS)
        if shown:
            place = "" if kind == "community" else str(at)
            groups.append({"label": LABELS[kind], "place": place, "posts": list(shown.values())})
    return groups


# What a plate's code leads to, and the picture of the code.
CODES = {
    "entrance": ("territory:plate", "territory:qr_code"),
    "spot": ("territory:spot_plate", "territory:spot_qr_code"),
}


def _report(slug: str, here: Here) -> str:
    """Write the address of the report page, with this place filled in where a code stands for it."""
    if here.kind in CODES:
        return reverse(CODES[here.kind][0], args=[slug, here.place.code])
    return reverse("cases:report", args=[slug])


def _code(slug: str, here: Here) -> str:
    return reverse(CODES[here.kind][1], args=[slug, here.place.pk]) if here.kind in CODES else ""


def _map(known: Places, here: Here, rows: list[dict[str, Any]]) -> dict[str, Any]:
    shown = {**maps.shapes(known, hit=here.building.pk if here.building else None), "zoom": ZOOM[here.kind]}
    at = here.place
    if here.kind == "grid":
        inside = [each for each in known.buildings if each.grid_id == at.pk]
        at = inside[len(inside) // 2] if inside else None
    points = [maps.point(row) for row in rows[:OPEN_HERE]]
    shown["points"] = [point for point in points if point["lon"] is not None]
    if at is not None:
        shown["center"] = [at.lon, at.lat]
    else:
        del shown["zoom"]
    return shown
