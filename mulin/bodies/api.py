"""Bodies and mandates for programs: everyone reads them, and moves are the same as on pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from mulin.api.http import Call, answer
from mulin.api.queries import Asked, Filter, read
from mulin.api.resources import Extra
from mulin.api.simple import Shown, simple

from . import queries
from .figures import KINDS, MATTERS
from .models import Body, Mandate


class BodySeat(msgspec.Struct):
    """A seat: who holds it and until when, or since when it is vacant."""

    id: UUID
    number: int
    post: UUID
    title: str
    place: str
    holder: str
    ends_on: date | None
    vacant_since: date | None


class Need(msgspec.Struct):
    """Which part is enough, and how many that are."""

    of: str
    num: int
    den: int
    strict: bool
    least: int


class BodyShown(Shown, kw_only=True):
    """A council or committee: its seats, its rules, and whether it can decide today."""

    name: str
    organisation_id: UUID
    kind: str
    kind_label: str
    place_kind: str
    place_id: UUID | None
    seats: int
    filled: int
    years: int
    ends_on: date | None
    term_by: str
    quorum: Need
    decision: Need
    rules: list[str]
    pack: str
    supervisor_id: UUID | None
    supervisor: str
    founded_by: str
    founded_on: date | None
    can_decide: bool
    why: str


class MatterShown(msgspec.Struct):
    """One matter of a mandate, and how much one decision about it may cost."""

    key: str
    name: str
    most_fen: int


class MandateShown(Shown, kw_only=True):
    """What a body may decide alone."""

    body_id: UUID
    place_kind: str
    place_id: UUID | None
    starts_on: date
    ends_on: date
    year_fen: int
    matters: list[MatterShown]
    granted_by: str
    granted_on: date | None
    granted_ref: str
    ended_by: str
    ended_reason: str


class Allowed(msgspec.Struct):
    """Whether something is within a mandate, and why."""

    ok: bool
    why: str


class UseShown(msgspec.Struct):
    """What was decided under a mandate."""

    matter: str
    amount_fen: int
    what: str
    ref: str
    decided_on: date


class OldShown(msgspec.Struct):
    """The rules of a body from a moment on, and why."""

    number: int
    since: datetime
    seats: int
    years: int
    words: list[str]
    pack: str
    reason: str


def _body(call: Call, row: Any) -> dict[str, Any]:
    members, rules = row.count_members(), row.rules
    standing = queries.can_decide(row, members)
    quorum, decision = rules.quorum, rules.decision
    return {
        "name": str(row), "filled": members, "rules": queries.rules_in_words(rules, row.seats),
        "quorum": Need("seats", quorum.num, quorum.den, quorum.strict, quorum.least(row.seats)),
        "decision": Need(
            decision.base, decision.num, decision.den, decision.strict, rules.yes(row.seats, row.seats)
        ),
        "supervisor": str(row.supervisor or ""), "can_decide": standing.ok, "why": standing.why,
    }  # fmt: skip


def _narrow(call: Call, asked: Asked, rows: Any) -> Any:
    found = queries.found(call.viewer, call.community, q=asked["q"] or "", kind=asked["kind"] or "")
    return rows if asked["state"] and not (asked["q"] or asked["kind"]) else rows.filter(pk__in=found.values("pk"))


def _mandate(call: Call, row: Any) -> dict[str, Any]:
    return {"matters": [MatterShown(each.key, str(each), each.most_fen) for each in row.matters]}


def _of_body(call: Call, asked: Asked, rows: Any) -> Any:
    rows = rows.for_list()
    return rows.filter(body=asked["body"]) if asked["body"] else rows


def _one(call: Call, id: UUID) -> Any:
    rows = Body.objects.visible_to(call.viewer).filter(community=call.community)
    return get_object_or_404(rows.for_list(), pk=id)


def _seats(call: Call, id: UUID) -> HttpResponse:
    """Answer with a body's seats."""
    body = _one(call, id)
    rows = queries.seats_of([body], call.community)[body.pk]
    return answer([
        BodySeat(
            row.key, row.number, row.post.pk, str(row.post), row.place, row.term.person.name if row.term else "",
            row.term.ends_on if row.term else None, row.vacant_since,
        )
        for row in rows
    ])  # fmt: skip


def _old(call: Call, id: UUID) -> HttpResponse:
    """Answer with the rules that a body had, the present ones first."""
    names = ("number", "since", "seats", "years", "words", "pack", "reason")
    return answer([OldShown(**{name: row[name] for name in names}) for row in queries.versions(_one(call, id))])


def _uses(call: Call, id: UUID) -> HttpResponse:
    """Answer with what was decided under a mandate."""
    rows = Mandate.objects.visible_to(call.viewer).filter(community=call.community)
    found = get_object_or_404(rows.for_list(), pk=id)
    names = ("matter", "amount_fen", "what", "ref", "decided_on")
    return answer(
        [UseShown(**{name: getattr(row, name) for name in names}) for row in queries.uses_of(found.body, found)]
    )


def _within(call: Call, id: UUID) -> HttpResponse:
    """Answer whether a body may decide something alone, and why."""
    body, asked = _one(call, id), read(call, ASKED)
    said = queries.within(body, matter=asked["matter"] or "", amount_fen=asked["amount_fen"] or 0)
    return answer(Allowed(said.ok, said.why))


ASKED = (
    Filter("matter", "string", "The key of a matter.", lambda: MATTERS),
    Filter("amount_fen", "integer", "What it would cost, in fen."),
)
RESOURCES = (
    simple(
        "bodies", Body, BodyShown, _body, create="found", narrow=_narrow,
        related=("community", "organisation", "supervisor__organisation"),
        filters=(
            Filter("q", "string", "Part of the name or of what it is about.", most=60),
            Filter("kind", "string", "What kind of body.", lambda: tuple(KINDS)),
        ),
        extras=(
            Extra("bodies/<uuid:id>/seats", _seats, list[BodySeat], "Read who sits in a body, and what is vacant."),
            Extra(
                "bodies/<uuid:id>/within", _within, Allowed, "Ask whether a body may decide something alone.",
                filters=ASKED,
            ),
            Extra("bodies/<uuid:id>/rules", _old, list[OldShown], "Read the rules of a body, and those that it had."),
        ),
    ),
    simple(
        "mandates", Mandate, MandateShown, _mandate, create="propose", narrow=_of_body,
        related=("community", "body__organisation", "body__community"),
        filters=(Filter("body", "uuid", "Only those of one body."),),
        extras=(Extra("mandates/<uuid:id>/uses", _uses, list[UseShown], "Read what was decided under a mandate."),),
    ),
)  # fmt: skip
