"""Proposals for programs: everyone reads what is public, and moves are the same as on pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpResponse

from mulin.api.http import Call, answer
from mulin.api.queries import Asked, Filter
from mulin.api.resources import Extra
from mulin.api.simple import Shown, simple
from mulin.bodies.figures import MATTERS

from . import queries
from .figures import ACTORS, problems
from .models import Proposal, Step


class Line(msgspec.Struct):
    """A line of a budget."""

    what: str
    fen: int


class ProposalShown(Shown, kw_only=True):
    """What neighbours want done."""

    number: str
    title: str
    wrong: str
    plan: str
    budget: list[Line]
    sum_fen: int
    money: str
    opinion: str
    asked: int | None
    agreed: int | None
    matter: str
    place_kind: str
    place_id: UUID | None
    brought_by: str
    template: str
    template_hash: str
    submitted_at: datetime | None
    verdict: str
    verdict_words: str
    supporters: int
    cost_fen: int | None
    merged_into_id: UUID | None


class StepShown(Shown, kw_only=True):
    """One step on the way of a proposal."""

    proposal_id: UUID
    number: int
    kind: str
    phase: str
    title: str
    who: str
    days: int
    evidence: list[str]
    rules: str
    opened_on: date | None
    ends_on: date | None
    closed_at: datetime | None
    to_all: bool
    why: str
    notice_id: UUID | None
    vote_id: UUID | None
    objections: int
    result: dict[str, Any]


class StepOfWay(msgspec.Struct):
    """A step of a way."""

    kind: str
    title: str
    who: str
    days: int
    evidence: list[str]
    rules: str


class Way(msgspec.Struct):
    """A way on which proposals go, and what stands against it here."""

    key: str
    title: str
    about: str
    steps: list[StepOfWay]
    problems: list[str]


PLAIN = (
    "number", "title", "wrong", "plan", "sum_fen", "money", "opinion", "asked", "agreed", "matter", "place_kind",
    "place_id", "template_hash", "submitted_at", "verdict", "verdict_words", "supporters", "cost_fen", "merged_into_id",
)  # fmt: skip
OF_STEP = (
    "proposal_id", "number", "kind", "phase", "title", "who", "days", "evidence", "rules", "opened_on", "ends_on",
    "closed_at", "to_all", "why", "notice_id", "vote_id", "objections", "result",
)  # fmt: skip


def _fill(call: Call, row: Any) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in PLAIN}, "budget": [Line(**line) for line in row.budget],
        "brought_by": row.brought_by(call.viewer), "template": row.template_key,
    }  # fmt: skip


def _fill_step(call: Call, row: Any) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in OF_STEP}
    # Marks are told with small counts hidden, as on the page.
    marks = {each["label"]: each["count"] for each in queries.judged(row)}
    return {**told, "result": {**row.result, "marks": marks} if marks else row.result}


def _narrow(call: Call, asked: Asked, rows: Any) -> Any:
    told = {"q": asked["q"] or "", "matter": asked["matter"] or ""}
    if any(told.values()):
        rows = rows.filter(pk__in=queries.found(call.viewer, call.community, **told).values("pk"))
    if asked["mine"]:
        rows = rows.filter(pk__in=queries.mine(call.viewer, call.community).values("pk"))
    return rows


def _of_proposal(call: Call, asked: Asked, rows: Any) -> Any:
    return rows.filter(proposal=asked["proposal"]) if asked["proposal"] else rows


def _ways(call: Call) -> HttpResponse:
    """Answer with the ways on which a proposal can go here."""
    here = queries.there(call.community)
    return answer([
        Way(key, str(plan), plan.about, [
            StepOfWay(each.kind, str(each), str(ACTORS.get(each.actor, each.actor)), each.days, list(each.evidence),
                      each.rules)
            for each in plan.steps
        ], problems(plan.steps, here))
        for key, plan in queries.plans(call.community).items()
    ])  # fmt: skip


RESOURCES = (
    simple(
        "proposals", Proposal, ProposalShown, _fill, create="pitch", narrow=_narrow,
        related=("community", "organisation", "proposer"),
        filters=(
            Filter("q", "string", "Words in the title, what is wrong or the plan; or the number."),
            Filter("matter", "string", "Only those about one matter.", lambda: MATTERS),
            Filter("mine", "boolean", "Only those that the caller brought or supports."),
        ),
        extras=(Extra("proposal-ways", _ways, list[Way], "The ways on which proposals go, and what they lack here."),),
    ),
    simple(
        "proposal-steps", Step, StepShown, _fill_step, narrow=_of_proposal,
        related=("community", "proposal__community", "proposal__proposer", "proposal__organisation",
                 "body__organisation", "supervisor__organisation", "organisation"),
        filters=(Filter("proposal", "uuid", "Only those of one proposal."),),
    ),
)  # fmt: skip
