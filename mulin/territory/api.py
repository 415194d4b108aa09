"""What territory offers to programs: places by what people write for them, and divisions by how they begin."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from mulin.api import bodies
from mulin.api.http import Call, answer
from mulin.api.openapi import SLUG, id_of, operation
from mulin.api.queries import Filter
from mulin.api.resources import Extra, Plain, Resource

from . import actions, queries
from .forms import CORRECT

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


class PlaceAsIs(msgspec.Struct):
    """One place as it stands; the area, in square metres, only for whoever keeps the register."""

    id: UUID
    kind: str
    name: str
    building: UUID | None = None
    entrance: UUID | None = None
    number: int | None = None
    address: str = ""
    floor: int | None = None
    area: str | None = None
    use: str = ""
    spot_kind: str = ""
    lon: float | None = None
    lat: float | None = None


def _place(call: Call, kind: str, id: UUID) -> Any:
    if not call.viewer.can(actions.CAPABILITY) or (found := queries.place_to_correct(call.community, kind, id)) is None:
        raise Http404
    return found


def _as_is(call: Call, kind: str, place: Any) -> PlaceAsIs:
    said = {name: value for name, value in CORRECT[kind](by=call.viewer, noun=place).initial.items() if value}
    if kind == "spot":
        said["spot_kind"] = said.pop("kind")
    if kind in ("entrance", "dwelling"):
        said["building"] = place.building_id
    return PlaceAsIs(place.pk, kind, **said)


def place(call: Call, kind: str, id: UUID) -> HttpResponse:
    """Answer one building, entrance, dwelling or spot as it stands."""
    return answer(_as_is(call, kind, _place(call, kind, id)))


def correct(call: Call, kind: str, id: UUID) -> HttpResponse:
    """Set one place right; what is not sent stays."""
    found = _place(call, kind, id)
    form = CORRECT[kind](by=call.viewer, noun=found)
    body = bodies.read(call)
    sent = {**bodies.for_form(form, body), **{name: None for name, value in body.data.items() if value is None}}
    form = CORRECT[kind]({**form.initial, **sent}, by=call.viewer, noun=found)
    if not form.is_valid():
        raise bodies.errors_of(form)
    return answer(_as_is(call, kind, actions.correct_place(found, by=call.viewer, **form.cleaned_data)))


def _paths(known: dict[int, Any]) -> dict[str, Any]:
    kind = {"name": "kind", "in": "path", "required": True, "schema": {"type": "string", "enum": sorted(CORRECT)}}
    fields = {name: field for form in CORRECT.values() for name, field in form.base_fields.items()}
    asked = {name: {"type": ["number", "string", "null"], "title": str(field.label)} for name, field in fields.items()}
    shown, put_right = known[id(PlaceAsIs)], _("Set one place right; what is not sent stays.")
    return {
        "/api/v1/{slug}/places/{kind}/{id}": {
            "parameters": [SLUG, kind, id_of("id")],
            "get": operation("read_place", _("Read one place as it stands."), "places", shown),
            "post": operation("correct_place", put_right, "places", shown, writes=True, body={"properties": asked}),
        }
    }


PLACE = Plain(
    urls=(("places/<slug:kind>/<uuid:id>", {"GET": place, "POST": correct}),), types=(PlaceAsIs,), paths=_paths
)
RESOURCES: tuple[Resource, ...] = ()
# No place has a life of its own, so these stand beside another module's resource.
EXTRAS = (
    Extra(
        "places", places, PlacesFound, "Search places by an address or a name: ten at most.",
        (Filter("q", "string", "As in: building 3 entrance 2."),), topic=("places", _("Places")),
    ),
    Extra(
        "divisions", divisions, DivisionsFound, "List divisions: fifty at most; without anything asked, the provinces.",
        (Filter("q", "string", "How a name or a code begins."), Filter("in", "uuid", "The division right above.")),
        topic=("places", _("Places")),
    ),
)  # fmt: skip
