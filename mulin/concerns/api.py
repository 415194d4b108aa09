"""Confidential reports for programs: the same moves, and to everyone only what the pages show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from django.http import HttpResponse

from mulin.api.http import Call, answer
from mulin.api.resources import Extra
from mulin.api.simple import Shown, simple

from . import queries
from .models import Concern, Finding


class Said(msgspec.Struct):
    """A question, an answer, something added, or a note between the two readers."""

    kind: str
    words: str
    at: datetime


class ConcernShown(Shown, kw_only=True):
    """A confidential report, as whoever told it or one of its two readers sees it."""

    role: str  # teller, or reader
    about: str
    words: str
    happened: str
    told_by: str | None  # null: without a name
    readers: list[str]
    said: list[Said]
    outcome: str
    measure: str
    ground: str
    secret: str | None = None  # once, to whoever told it without a name


class FindingShown(Shown, kw_only=True):
    """What both readers released; it does not say what it came of."""

    about: str
    outcome: str
    measure: str
    ground: str
    answer: str


class ReaderShown(msgspec.Struct):
    """Somebody who reads confidential reports here, and by which post."""

    name: str
    post: str


class Readers(msgspec.Struct):
    """Who reads confidential reports here; the third stands in."""

    readers: list[ReaderShown]


def _concern(call: Call, row: Any) -> dict[str, Any]:
    own = row.is_told_by(call.viewer)
    shows = not own or row.finding_id
    return {
        "role": "teller" if own else "reader", "about": str(row.subject or ""), "words": row.words,
        "happened": row.happened, "told_by": row.told_name or None,
        "readers": [seat.person.name for seat in row.standing],
        "said": [Said(each.kind, each.words, each.at) for each in row.messages if not own or each.kind != "note"],
        "outcome": row.outcome if shows else "", "measure": row.measure if shows else "",
        "ground": row.ground if shows else "", "secret": row.secret or None,
    }  # fmt: skip


def _finding(call: Call, row: Any) -> dict[str, Any]:
    given = {name: getattr(row, name) for name in ("outcome", "measure", "ground", "answer")}
    return {"about": str(row.subject), **given}


def _readers(call: Call) -> HttpResponse:
    found = queries.readers_here(call.community)
    return answer(Readers([ReaderShown(term.person.name, str(term.post)) for term in found]))


CONCERNS = simple(
    "concerns", Concern, ConcernShown, _concern, create="tell",
    draft=lambda call: Concern(community=call.community, told_by=str(call.viewer.account_id or "")),
    related=("community", "organisation__community", "term__person", "term__post__kind"),
    extras=(Extra("concern-readers", _readers, Readers, "Who reads confidential reports here."),),
)  # fmt: skip
FINDINGS = simple(
    "findings", Finding, FindingShown, _finding,
    related=("community", "organisation__community", "term__person", "term__post__kind"),
)  # fmt: skip

RESOURCES = (replace(CONCERNS, code_of=lambda row: row.code_hash), FINDINGS)
