"""Notices and objections for programs: everyone reads what is posted, and moves are the same as on pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.api import bodies
from mulin.api.http import Call, answer
from mulin.api.openapi import SLUG, operation
from mulin.api.queries import Asked, Filter
from mulin.api.resources import Extra, Plain
from mulin.api.simple import Shown, simple
from mulin.kernel.doors import fill_in

from . import queries
from .figures import KINDS
from .forms import Fill
from .models import Notice, Objection


class Answered(msgspec.Struct):
    """What everyone reads of an objection: whether it was right, and the answer's one sentence."""

    outcome: str
    text: str
    on: date | None


class NoticeShown(Shown, kw_only=True):
    """What is posted, how long, and how many objected. Its list stands at `…/rows`."""

    number: str
    kind: str
    title: str
    text: str
    posted_by: str
    days: int
    posted_at: datetime | None
    ends_on: date | None
    objections_until: date | None
    takes_objections: bool
    down_on: date | None
    is_settled: bool
    objections: int
    open_objections: int
    rows_count: int
    digest: str
    replaces_id: UUID | None
    reason: str
    answers: list[Answered] | None = None


class ObjectionShown(Shown, kw_only=True):
    """What somebody has against a notice, for them and for those who answer."""

    notice_id: UUID
    title: str
    words: str
    wish: str
    answer_by: date
    outcome: str
    answer_words: str
    published: str
    pressed_words: str
    by_desk: bool


class ColumnShown(msgspec.Struct):
    """A column that a list may have, and how its cells are masked."""

    name: str
    label: str
    mask: str
    needed: bool


class NoticeKindShown(msgspec.Struct):
    """A kind of notice and the rule that it follows."""

    key: str
    label: str
    days: int
    objectors: str
    objection_days: int
    answer_days: int
    stays: int
    index: bool
    by_hand: bool
    source: str
    since: date
    columns: list[ColumnShown]


class Listed(msgspec.Struct):
    """The masked rows of a notice's list while it is up: not to be indexed, nor kept."""

    columns: list[str]
    rows: list[list[str]]
    erased_at: datetime | None


class NoticeStep(msgspec.Struct):
    """Something that happened, and the line of the community's log that holds it."""

    at: datetime
    text: str
    line: int


class Proof(msgspec.Struct):
    """Where the log holds a notice, and the head that stands over it now."""

    size: int
    root: str
    digest: str
    steps: list[NoticeStep]


class ListProblem(msgspec.Struct):
    """What was found in one row of a table."""

    row: int
    column: str
    words: str
    stops: bool


class Checked(msgspec.Struct):
    """What a table comes to; nothing of it was kept."""

    rows: int
    stopped_rows: int
    is_clean: bool
    problems: list[ListProblem]


def _notice(call: Call, row: Any) -> dict[str, Any]:
    return {"takes_objections": row.takes_objections, "posted_by": row.posted_by}


class _One:
    """Adds to a notice, where one is read, the published answers."""

    @staticmethod
    def fill(call: Call, row: Any) -> dict[str, Any]:
        answers = None
        if row.objections and call.resolver_match and "id" in call.resolver_match.kwargs:
            answers = [Answered(each.outcome, each.published, each.answered_on) for each in queries.answers_of(row)]
        return {**_notice(call, row), "answers": answers}


def _objection(call: Call, row: Any) -> dict[str, Any]:
    return {"title": row.notice.title, "by_desk": row.objector_id is None}


def _narrow(call: Call, asked: Asked, rows: Any) -> Any:
    if asked["kind"]:
        rows = rows.filter(kind=asked["kind"])
    if asked["q"]:
        found = queries.board(call.viewer, call.community, q=asked["q"], part="all")
        rows = rows.filter(pk__in=found.values("pk"))
    return rows


def _narrow_objections(call: Call, asked: Asked, rows: Any) -> Any:
    told = {"notice": asked["notice"], "to_answer": bool(asked["to_answer"])}
    found = queries.objections_for(call.viewer, call.community, **told)
    return rows.filter(pk__in=found.values("pk")) if any(told.values()) else rows


def _found(call: Call, id: UUID) -> Notice:
    rows = Notice.objects.visible_to(call.viewer).filter(community=call.community)
    found: Notice = get_object_or_404(rows.for_list(), pk=id)
    return found


def _rows(call: Call, id: UUID) -> HttpResponse:
    """Answer with the masked rows of a list."""
    row = _found(call, id)
    listed = Listed([column.name for column in row.kind_of.columns], queries.whole_rows(row), row.erased_at)
    return answer(listed, headers={"X-Robots-Tag": "noindex, nofollow, noarchive"})


def _proof(call: Call, id: UUID) -> HttpResponse:
    """Answer with the lines of the log that hold a notice."""
    row = _found(call, id)
    head = queries.head_of(row)
    steps = [NoticeStep(each["at"], each["text"], each["seq"]) for each in queries.way(row)]
    return answer(Proof(head.size, head.root, row.digest, steps))


def _notice_kinds(call: Call) -> HttpResponse:
    """Answer with every kind of notice."""
    return answer([
        NoticeKindShown(
            each.key, str(each), each.days, each.objectors, each.objection_days or each.days, each.answer_days,
            each.stays, each.index, each.drafted, each.rule, each.since,
            [ColumnShown(column.name, str(column), column.mask, column.needed) for column in each.columns],
        )
        for each in KINDS.values()
    ])  # fmt: skip


def _check(call: Call, id: UUID) -> HttpResponse:
    """Check a table for the list of a draft, and keep nothing of it."""
    row = _found(call, id)
    if refused := row.flow.why_not("fill", call.viewer, row):
        raise refused
    body = bodies.read(call)
    form = Fill(by=call.viewer, noun=row)
    fill_in(form, bodies.for_form(form, body), body.files)
    if not form.is_valid() and form.read is None:
        raise bodies.errors_of(form)
    assert form.read is not None
    told = form.read.report.as_dict()
    problems = [ListProblem(**each) for each in told["problems"]]
    return answer(Checked(told["rows"], told["stopped_rows"], told["is_clean"], problems))


def _paths(known: dict[int, Any]) -> dict[str, Any]:
    one = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
    asked = {"properties": {
        "table": {"type": "string", "format": "binary", "description": _("Excel, OpenDocument or CSV.")},
        "pasted": {"type": "string", "description": _("Or its rows, pasted from a table")},
    }}  # fmt: skip
    check = operation(
        "check_list", _("Check a table for the list of a draft, and keep nothing of it."), "notices",
        known[id(Checked)], writes=True, body=asked, content="multipart/form-data",
    )  # fmt: skip
    return {"/api/v1/{slug}/notices/{id}/check-list": {"parameters": [SLUG, one], "post": check}}


LISTS = Plain(
    urls=(("notices/<uuid:id>/check-list", {"POST": _check}),), types=(Checked,), paths=_paths,
    topic=("notices", _l("Notices")),
)  # fmt: skip
RESOURCES = (
    simple(
        "notices", Notice, NoticeShown, _One.fill, create="draft", narrow=_narrow,
        related=("community", "organisation", "post__kind"),
        filters=(
            Filter("q", "string", "Words in the title or text, or the number."),
            Filter("kind", "string", "Only those of one kind.", lambda: tuple(KINDS)),
        ),
        extras=(
            Extra("notices/<uuid:id>/rows", _rows, Listed, "Read the masked list of a notice while it is up."),
            Extra("notices/<uuid:id>/proof", _proof, Proof, "Read where the log holds a notice."),
            Extra("notice-kinds", _notice_kinds, list[NoticeKindShown],
                  "Read by which rule each kind of notice is posted."),
        ),
    ),
    simple(
        "objections", Objection, ObjectionShown, _objection, create="lodge", narrow=_narrow_objections,
        related=("community", "notice__community", "objector"),
        filters=(
            Filter("notice", "uuid", "Only those to one notice."),
            Filter("to_answer", "boolean", "Only those that wait for an answer."),
        ),
    ),
)  # fmt: skip
