"""What territory offers to programs: places by what people write for them, and divisions by how they begin."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.http import HttpResponse

from mulin.api.http import Call, answer
from mulin.api.queries import Filter
from mulin.api.resources import Extra, Resource

from . import queries

MOST = 50


class PlaceFound(msgspec.Struct):
    """A place that a text may mean."""

    id: UUID
    kind: str
    name: str
    lon: float | None
    lat: float | None


class PlacesFound(msgspec.Struct):
    """Up to ten places, the likeliest first."""

    items: list[PlaceFound]


class DivisionFound(msgspec.Struct):
    """A division, and its code today."""

    id: UUID
    level: int
    name: str
    code: str
    parent: UUID | None
    communities: int  # that are here, in it or below it


class DivisionsFound(msgspec.Struct):
    """Up to fifty divisions."""

    items: list[DivisionFound]


def places(call: Call) -> HttpResponse:
    keeps = call.viewer.can("people.keep")
    hits = queries.search_places(call.community, call.GET.get("q", "")[:80], dwellings=keeps)
    found = [
        PlaceFound(hit.place.pk, hit.kind, hit.name, getattr(hit.place, "lon", None), getattr(hit.place, "lat", None))
        for hit in hits
    ]
    return answer(PlacesFound(found))


def divisions(call: Call) -> HttpResponse:
    try:
        above = queries.division(UUID(call.GET["in"])) if call.GET.get("in") else None
    except ValueError:
        above = None
    rows = list(queries.divisions(above, call.GET.get("q", "")[:40])[:MOST])
    codes, counts = queries.codes_of(rows), queries.counts_below(rows)
    found = [
        DivisionFound(row.pk, row.level, row.name, codes.get(row.pk, ""), row.parent_id, counts.get(row.pk, 0))
        for row in rows
    ]
    return answer(DivisionsFound(found))


RESOURCES: tuple[Resource, ...] = ()
# No place has a life of its own, so these stand beside another module's resource.
EXTRAS = (
    Extra(
        "places", places, PlacesFound, "Search places by an address or a name: ten at most.",
        (Filter("q", "string", "As in: building 3 entrance 2."),),
    ),
    Extra(
        "divisions", divisions, DivisionsFound, "List divisions: fifty at most; without anything asked, the provinces.",
        (Filter("q", "string", "How a name or a code begins."), Filter("in", "uuid", "The division right above.")),
    ),
)  # fmt: skip
