"""Routes, rounds and maintenance for programs."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from mulin.api import bodies
from mulin.api.http import Call, answer
from mulin.api.openapi import SLUG, id_of, operation
from mulin.api.queries import Asked, Filter
from mulin.api.resources import Extra, Plain
from mulin.api.simple import Shown, simple
from mulin.cases.queries import leaf

from . import actions
from .figures import RESULTS
from .models import Look, Round, Route, Upkeep

RESULT = [key for key in RESULTS if key]
MOST = {"reason": 300, "words": 2000, "category": 40}
ASKED = {
    "result": {"type": "string", "enum": RESULT},
    "ticked": {"type": "array", "items": {"type": "integer", "minimum": 0}},
    **{name: {"type": "string", "maxLength": most} for name, most in MOST.items()},
}


class StopShown(msgspec.Struct):
    """A place of a route."""

    place_kind: str
    place_id: UUID
    name: str
    lines: list[str]


class LookShown(msgspec.Struct):
    """A stop of a round: what is looked at, and what came of it."""

    id: UUID
    place_kind: str
    place_id: UUID
    name: str
    lines: list[str]
    ticked: list[int]
    result: str
    case_id: UUID | None


class RouteShown(Shown, kw_only=True):
    """A list of places that somebody walks at fixed times."""

    name: str
    walker: str
    grid_id: UUID | None
    organisation_id: UUID | None
    claim_id: UUID | None
    every_days: int | None
    weekdays: list[int]
    checklist: list[dict[str, str]]
    starts_on: date | None
    ends_on: date | None


class RoundShown(Shown, kw_only=True):
    """A route on one day. Who walked it is told on pages alone."""

    route_id: UUID
    route: str
    day: date
    seen: int
    found: int
    left_out: int


class UpkeepShown(Shown, kw_only=True):
    """What is done to a spot at fixed times."""

    spot_id: UUID
    spot: str
    what: str
    is_inspection: bool
    every_days: int
    due_on: date
    last_on: date | None
    organisation_id: UUID | None


def _route(call: Call, row: Any) -> dict[str, Any]:
    return {"weekdays": [int(day) for day in row.weekdays]}


def _round(call: Call, row: Any) -> dict[str, Any]:
    return {"route": row.route.name}


def _upkeep(call: Call, row: Any) -> dict[str, Any]:
    return {"spot": str(row.spot)}


def patrol_route_stops(call: Call, id: UUID) -> HttpResponse:
    row = get_object_or_404(Route.objects.visible_to(call.viewer).filter(community=call.community), pk=id)
    found = [StopShown(each.place_kind, each.place_id, str(each), row.lines_at(each.place)) for each in row.stops]
    return answer(found)


def _round_of(call: Call, id: UUID) -> Any:
    rows = Round.objects.visible_to(call.viewer).for_list().filter(community=call.community)
    return get_object_or_404(rows, pk=id)


def _shown(look: Look) -> LookShown:
    said = (look.lines, look.ticked, look.result, look.case_id)
    return LookShown(look.pk, look.place_kind, look.place_id, str(look), *said)


def patrol_round_stops(call: Call, id: UUID) -> HttpResponse:
    return answer([_shown(look) for look in _round_of(call, id).looks])


def look(call: Call, id: UUID, stop: UUID) -> HttpResponse:
    """Say what is so at a stop of a round under way."""
    row, sent = _round_of(call, id), bodies.read(call).data
    wrong = {name[:80]: [_("This is not asked here.")] for name in sorted(set(sent) - set(ASKED))[:20]}
    for name in MOST:
        given = sent.get(name, "")
        if not isinstance(given, str) or len(given) > MOST[name]:
            wrong[name] = [_("Send a text.")]
    ticked = sent.get("ticked", [])
    if not isinstance(ticked, list) or not all(type(each) is int and 0 <= each < 1000 for each in ticked[:1000]):
        wrong["ticked"] = [_("Send the places of the lines that are in order, from 0.")]
    if sent.get("result") not in RESULT:
        wrong["result"] = [_("Send one of these: %(what)s.") % {"what": ", ".join(RESULT)}]
    if wrong:
        raise bodies.invalid(wrong)
    category = leaf(call.community.pk, sent["category"]) if sent.get("category") else None
    said = {"reason": sent.get("reason", ""), "words": sent.get("words", ""), "ticked": ticked[:1000]}
    made = actions.look(row, by=call.viewer, stop=stop, result=sent["result"], category=category, **said)
    made.place = next((each.place for each in row.looks if each.pk == made.pk), None)
    return answer(_shown(made))


def _paths(known: dict[int, Any]) -> dict[str, Any]:
    """Describe the address for the API's document."""
    summary = _("Say what is so at a stop: all well, something found, or left out.")
    body = {"required": ["result"], "properties": ASKED}
    post = operation("look_at_stop", summary, "patrol-rounds", known[id(LookShown)], writes=True, body=body)
    post["description"] = _("What was found becomes a case. No line is written of who stood where when.")
    address = "/api/v1/{slug}/patrol-rounds/{id}/stops/{stop}"
    return {address: {"parameters": [SLUG, id_of("id"), id_of("stop")], "post": post}}


def _of_route(call: Call, asked: Asked, rows: Any) -> Any:
    if asked["route"]:
        rows = rows.filter(route=asked["route"])
    return rows.filter(day=asked["day"]) if asked["day"] else rows


def _of_spot(call: Call, asked: Asked, rows: Any) -> Any:
    return rows.filter(spot=asked["spot"]) if asked["spot"] else rows


LOOK = Plain(
    urls=(("patrol-rounds/<uuid:id>/stops/<uuid:stop>", {"POST": look}),), types=(LookShown,), paths=_paths
)  # fmt: skip
RESOURCES = (
    simple(
        "patrol-routes", Route, RouteShown, _route, create="draw",
        related=("community", "grid", "organisation", "claim"),
        extras=(
            Extra("patrol-routes/<uuid:id>/stops", patrol_route_stops, list[StopShown], "List the stops of a route."),
        ),
    ),
    simple(
        "patrol-rounds", Round, RoundShown, _round, related=("community", "route"), narrow=_of_route,
        filters=(Filter("route", "uuid", "Of this route."), Filter("day", "date", "On this day.")),
        extras=(
            Extra("patrol-rounds/<uuid:id>/stops", patrol_round_stops, list[LookShown], "List the stops of a round."),
        ),
    ),
    simple(
        "maintenance-plans", Upkeep, UpkeepShown, _upkeep, create="plan",
        related=("community", "spot", "organisation"), narrow=_of_spot,
        filters=(Filter("spot", "uuid", "Of this spot."),),
    ),
)  # fmt: skip
