"""Suggestions for programs: everyone reads what is public, and moves are the same as on pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from mulin.api.http import Call, answer
from mulin.api.queries import Asked, Filter
from mulin.api.resources import Extra
from mulin.api.simple import Shown, simple

from . import queries
from .figures import CLASSES, Told
from .models import Suggestion


class AnswerShown(msgspec.Struct):
    """What a department answered, and what the deputy said to it."""

    number: int
    department: str
    text: str
    klass: str
    promised_on: date | None
    signed: str
    answered_at: datetime
    in_time: bool
    judgement: int | None
    judged_words: str


class SuggestionShown(Shown, kw_only=True):
    """What a deputy suggests to a department."""

    number: str
    title: str
    matter: str
    proposal: str
    source: str
    residents: int | None
    deputy: str
    office: str
    co_signers: list[str]
    department_id: UUID | None
    department: str
    partners: list[str]
    brought_at: datetime | None
    published_at: datetime | None
    handed_on: date | None
    answer_by: date | None
    is_late: bool
    round: int
    klass: str
    judgement: int | None
    promised_on: date | None
    kept: bool | None
    answers: list[AnswerShown]


class Mark(msgspec.Struct):
    """Something that happened, and what was said with it."""

    at: datetime
    text: str
    by: str
    words: str


class Course(msgspec.Struct):
    """The cases on which it rests, as far as the caller may see them, and what happened, the newest first."""

    cases: list[str]
    steps: list[Mark]


PLAIN = (
    "number", "title", "matter", "proposal", "source", "residents", "department_id", "brought_at", "published_at",
    "handed_on", "answer_by", "is_late", "round", "klass", "judgement", "promised_on", "kept",
)  # fmt: skip
ANSWERED = ("number", "text", "klass", "promised_on", "signed", "answered_at", "in_time", "judgement", "judged_words")


def _fill(call: Call, row: Any) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in PLAIN},
        "deputy": row.deputy.name,
        "office": str(row.post),
        "co_signers": [each.person.name for each in row.signers],
        "department": row.department.name if row.department else "",
        "partners": [each.organisation.name for each in row.partners],
        "answers": [
            AnswerShown(department=each.department.name, **{name: getattr(each, name) for name in ANSWERED})
            for each in row.answers
        ],
    }  # fmt: skip


def _narrow(call: Call, asked: Asked, rows: Any) -> Any:
    told = {"q": asked["q"] or "", "klass": asked["class"] or "", "department": str(asked["department"] or "")}
    found = queries.found(call.viewer, call.community, state="late" if asked["late"] else "", **told)
    rows = rows.whole()
    rows = rows.filter(pk__in=found.values("pk")) if asked["late"] or any(told.values()) else rows
    if asked["mine"]:
        rows = rows.filter(pk__in=queries.mine(call.viewer, call.community).values("pk"))
    return rows


def _course(call: Call, id: UUID) -> HttpResponse:
    """Answer with the cases on which one rests, and with its way."""
    row = get_object_or_404(Suggestion.objects.visible_to(call.viewer).filter(community=call.community), pk=id)
    steps = [Mark(each["at"], each["text"], each.get("note", ""), each.get("voice", "")) for each in queries.way(row)]
    return answer(Course([case.number for case in queries.cases_of(call.viewer, row)], steps))


def _figures(call: Call) -> HttpResponse:
    """Answer with what this year's suggestions came to, department by department."""
    return answer(queries.counted(call.community, queries.years(call.community)[0]))


RESOURCES = (
    simple(
        "suggestions", Suggestion, SuggestionShown, _fill, create="draft",
        draft=lambda call: Suggestion(community=call.community), narrow=_narrow,
        related=("community", "department", "deputy", "post__kind"),
        filters=(
            Filter("q", "string", "Words in the title, matter, proposal or the department's name."),
            Filter("department", "uuid", "Only those to one department."),
            Filter("class", "string", "Only those with an answer of this class.", lambda: tuple(CLASSES)),
            Filter("late", "boolean", "Only those that are late, or whose promise was not kept."),
            Filter("mine", "boolean", "Only those that the caller brought, signed or has to answer."),
        ),
        extras=(
            Extra("suggestions/<uuid:id>/course", _course, Course, "Read what a suggestion rests on, and its way."),
            Extra("suggestion-figures", _figures, list[Told], "What this year's suggestions came to."),
        ),
    ),
)  # fmt: skip
