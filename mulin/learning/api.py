"""Suggestions for programs: what a report may be about, where it may be, and what is like it. Nothing is written."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpResponse
from django.utils.translation import gettext as _

from mulin.api import bodies
from mulin.api.http import Call, answer
from mulin.api.openapi import SLUG, operation
from mulin.api.resources import Plain
from mulin.cases import queries as cases
from mulin.cases import rules
from mulin.territory import queries as places

from . import queries

MOST_WORDS = 2000
MOST = {"words": MOST_WORDS, "e": 12, "address": 200, "category": 40}
ASKED = {
    "words": {"type": "string", "minLength": 1, "maxLength": MOST_WORDS},
    "lon": {"type": "number", "minimum": -180, "maximum": 180},
    "lat": {"type": "number", "minimum": -90, "maximum": 90},
    "e": {"type": "string", "maxLength": MOST["e"]},
    "address": {"type": "string", "maxLength": MOST["address"]},
    "category": {"type": "string", "maxLength": MOST["category"]},
}


class KindSuggested(msgspec.Struct):
    """A category that may fit; `percent` of all that speaks for any, and the words that speak for this one."""

    category: str
    label: str
    percent: int
    words: list[str]
    why: str


class PlaceSuggested(msgspec.Struct):
    """A place that may be meant. `code` is that of a door's plate, to be sent as `e`."""

    kind: str
    name: str
    code: str | None
    lon: float
    lat: float
    why: str


class CaseAlike(msgspec.Struct):
    """A case that may be about the same matter, as the caller may read it."""

    id: UUID
    number: str
    title: str
    category: str
    state: str
    state_label: str
    happened_at: datetime
    met_by: int
    percent: int
    why: str
    may_say_me_too: bool
    href: str


class Suggestions(msgspec.Struct):
    """What somebody who reports may be shown before it is sent. To choose is up to them."""

    categories: list[KindSuggested]
    places: list[PlaceSuggested]
    similar: list[CaseAlike]


def suggest(call: Call) -> HttpResponse:
    """Suggest category, place and similar cases for what somebody is about to report."""
    asked = _read(call)
    words, community = asked["words"], call.community
    place, kind = _place(call, asked), cases.leaf(community.pk, asked.get("category", ""))
    kinds = [
        KindSuggested(each.category.key, str(each.category), round(100 * each.share), each.words, each.why)
        for each in queries.suggest(community.pk, words)
    ]
    where = [] if place else [_somewhere(each) for each in queries.somewhere(community, words)]
    found = queries.similar(community, call.viewer, words, place, kind)
    return answer(Suggestions(kinds, where, [_alike(call, each) for each in found]))


def _somewhere(each: queries.Somewhere) -> PlaceSuggested:
    code = each.at if each.kind == "entrance" else None
    return PlaceSuggested(each.kind, str(each.place), code, each.place.lon, each.place.lat, each.why)


def _alike(call: Call, each: queries.Alike) -> CaseAlike:
    case = each.case
    title = case.title if rules.sees_everything(call.viewer, case) else case.shown_title
    return CaseAlike(
        case.pk, case.number, title, case.category.key, case.state, case.state_label, case.happened_at, case.met_by,
        round(100 * each.score), each.why, rules.may_say_me_too(call.viewer, case),
        f"/api/v1/{call.community.slug}/cases/{case.pk}",
    )  # fmt: skip


def _read(call: Call) -> dict[str, Any]:
    sent = {name: value for name, value in bodies.read(call).data.items() if value is not None}
    wrong = {name[:80]: [_("This is not asked here.")] for name in sorted(set(sent) - set(ASKED))[:20]}
    for name, most in MOST.items():
        if not isinstance(sent.get(name, ""), str):
            wrong[name] = [_("Send a text.")]
        elif len(sent.get(name, "")) > most:
            wrong[name] = [_("Send at most %(most)s characters.") % {"most": most}]
    for name, most in (("lon", 180), ("lat", 90)):
        given = sent.get(name, 0)
        if isinstance(given, bool) or not isinstance(given, int | float) or not -most <= given <= most:
            wrong[name] = [_("Send degrees.")]
    if ("lon" in sent) != ("lat" in sent):
        wrong["lat" if "lon" in sent else "lon"] = [_("A point has lon and lat.")]
    if not wrong and not sent.get("words", "").strip():
        wrong["words"] = [_("Send what is wrong, in a few words.")]
    if wrong:
        raise bodies.invalid(wrong)
    return sent


def _place(call: Call, asked: dict[str, Any]) -> cases.Where | None:
    community = call.community
    door = places.entrance_by_code(community, asked["e"]) if asked.get("e") else None
    if asked.get("e") and door is None:
        raise bodies.invalid({"e": [_("This code is not one of ours. Check it, or write the address.")]})
    return cases.where(
        community, entrance=door, lon=asked.get("lon"), lat=asked.get("lat"), address=asked.get("address", "").strip()
    )


def _paths(known: dict[int, Any]) -> dict[str, Any]:
    """Describe the address for the API's document."""
    said = {
        "words": _("What is wrong."), "lon": _("Where, in degrees (WGS84)."), "lat": _("Where, in degrees (WGS84)."),
        "e": _("The code on the door plate."), "address": _("Building and entrance, or how to find it"),
        "category": _("The category, if it was chosen already."),
    }  # fmt: skip
    fields = {name: {**shape, "description": said[name]} for name, shape in ASKED.items()}
    summary = _("Suggest category, place and similar cases for what somebody is about to report.")
    body = {"required": ["words"], "properties": fields}
    post = operation("suggest_cases", summary, "cases", known[id(Suggestions)], writes=True, body=body)
    post["description"] = _("Nothing is written, and nothing is chosen: to choose is up to whoever reports.")
    return {"/api/v1/{slug}/cases/suggest": {"parameters": [SLUG], "post": post}}


SUGGEST = Plain(urls=(("cases/suggest", {"POST": suggest}),), types=(Suggestions,), paths=_paths)
