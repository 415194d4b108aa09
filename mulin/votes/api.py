"""Votes for programs: everyone reads what is announced; casting, receipts, rolls and files as on pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from mulin.api.http import Call, answer
from mulin.api.queries import Asked, Filter
from mulin.api.resources import Extra
from mulin.api.simple import Shown, simple

from . import queries
from .figures import ELECTORATES
from .models import Vote

MOST_ENTRIES = 1000


class VoteShown(Shown, kw_only=True):
    """A question that those on a roll decide by ballots, with the rules by which it is counted."""

    number: str
    title: str
    words: str
    caller: str
    electorate: str
    place: str
    rules: dict[str, Any]
    options: list[dict[str, str]]
    opens_on: date
    closes_on: date
    challenge_until: date | None
    noticed_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    question_hash: str
    rules_hash: str
    roll_hash: str
    ballots_hash: str
    outcome: str
    outcome_label: str
    result: dict[str, Any] | None
    hands: dict[str, int] | None
    reason: str


class GaugeShown(msgspec.Struct):
    """How much took part so far in one measure, of how much, and how much the rules ask."""

    measure: str
    now: int
    whole: int
    needed: int


class OwnShown(msgspec.Struct):
    """An entry of the caller, or one lent to them: whether they may vote for it, and their own last choice."""

    entry: str
    unit: str
    heads: int
    area: int
    shares: int
    may_cast: bool
    by_proxy: bool
    why_not: str
    times: int
    choice: str
    receipt: UUID | None


class EntryShown(msgspec.Struct):
    """An entry of a roll, without names; how it voted only to whom the rules let see it, and after the count."""

    key: str
    unit: str
    heads: int
    area: int
    shares: int
    choices: list[str] | None
    line: int | None


class ReceiptShown(msgspec.Struct):
    """That a ballot's line is in the log, with all that is needed to check it elsewhere; never what it says."""

    format: str
    vote: str
    number: str
    ballot: str
    entry: str
    cast: int
    log: str
    line: int
    commitment: str
    cleared: str
    leaf: str
    path: list[str]
    size: int
    root: str
    at: str
    signature: str
    public_key: str


def _narrow(call: Call, asked: Asked, rows: Any) -> Any:
    told = {"q": asked["q"] or "", "when": asked["when"] or "", "kind": asked["electorate"] or ""}
    if any(told.values()):
        rows = rows.filter(pk__in=queries.found(call.viewer, call.community, **told).values("pk"))
    if asked["mine"]:
        rows = rows.filter(pk__in=[vote.pk for vote in queries.to_cast(call.viewer, call.community, 100)])
    return rows.for_list()


def _one(call: Call, id: UUID) -> Vote:
    rows = Vote.objects.visible_to(call.viewer).filter(community=call.community)
    found: Vote = get_object_or_404(rows.for_list(), pk=id)
    return found


def _quorum(call: Call, id: UUID) -> HttpResponse:
    """Answer how far taking part has come; never what was voted."""
    vote = _one(call, id)
    gauges = queries.quorum(vote) if vote.opened_at else []
    return answer([GaugeShown(each.measure, each.now, each.whole, each.needed) for each in gauges])


def _own(call: Call, id: UUID) -> HttpResponse:
    """Answer the caller's own entries, with their own last choice."""
    vote = _one(call, id)
    return answer([
        OwnShown(
            each.entry.key, each.entry.unit, each.entry.heads, each.entry.area, each.entry.shares, each.may,
            each.by_proxy, each.why_not, each.times, each.choice, each.last.pk if each.last and each.times else None,
        )
        for each in (queries.own(vote, call.viewer) if vote.roll_on else ())
    ])  # fmt: skip


def _roll(call: Call, id: UUID) -> HttpResponse:
    """Answer the roll to those on it; of a body to everyone."""
    vote = _one(call, id)
    if vote.roll_on is None or not queries.may_read_roll(vote, call.viewer):
        raise Http404
    entries = list(queries.roll(vote, str(call.GET.get("q", ""))[:60])[:MOST_ENTRIES])
    said = queries.choices_of(vote, entries) if queries.may_read_choices(vote, call.viewer) else {}
    shown = []
    for entry in entries:
        ballot = said[entry.pk][1] if entry.pk in said else None
        told = (list(ballot.choices), ballot.seq) if ballot else (None, None)
        shown.append(EntryShown(entry.key, entry.unit, entry.heads, entry.area, entry.shares, *told))
    return answer(shown)


FILE_TYPE = "application/vnd.mulin.vote+json"  # a file to keep and count again, not an answer with a shape


def _file(call: Call, id: UUID) -> HttpResponse:
    """Answer the file of a vote, as `mulin tally` reads it."""
    vote = _one(call, id)
    if not queries.may_read_choices(vote, call.viewer):
        raise Http404
    return HttpResponse(queries.document(vote), content_type=FILE_TYPE)


def _receipt(call: Call, id: UUID) -> HttpResponse:
    """Answer the receipt of one of the caller's own ballots."""
    ballot = get_object_or_404(queries.own_ballots(call.viewer).filter(community=call.community), pk=id)
    return answer(ReceiptShown(**queries.receipt(ballot).document()))


RESOURCES = (
    simple(
        "votes", Vote, VoteShown, create="prepare", narrow=_narrow,
        related=("community", "organisation", "body__organisation", "post__kind"),
        filters=(
            Filter("q", "string", "Words in the question, or its number."),
            Filter("when", "string", "Only those that are on, coming or past.", lambda: ("open", "coming", "past")),
            Filter("electorate", "string", "Only those in which these are asked.", lambda: tuple(ELECTORATES)),
            Filter("mine", "boolean", "Only those in which the caller has an entry of their own and can vote now."),
        ),
        extras=(
            Extra("votes/<uuid:id>/quorum", _quorum, list[GaugeShown], "How far taking part in a vote has come."),
            Extra("votes/<uuid:id>/own", _own, list[OwnShown], "Your own entries in a vote, and your own last choice."),
            Extra("votes/<uuid:id>/roll", _roll, list[EntryShown], "The roll of a vote, for those on it.",
                  (Filter("q", "string", "Words of the masked door, or a key."),)),
            Extra("votes/<uuid:id>/file", _file, None, "The file from which a vote is counted again.",
                  kind=FILE_TYPE),
            Extra("votes/receipts/<uuid:id>", _receipt, ReceiptShown, "The receipt of one of your own ballots."),
        ),
    ),
)  # fmt: skip
