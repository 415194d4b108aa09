"""Comments for programs: names, hidden words and moves are the same as on pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from mulin.api.http import Call
from mulin.api.queries import Asked, Filter
from mulin.api.simple import Shown, simple
from mulin.kernel.refusals import Refused

from . import queries, rules
from .models import Comment, Pause

ON = Filter("on", "string", "Only those on one noun, named as in the log: incidents.incident:<id>.")


class Hidden(msgspec.Struct):
    """Why a comment is not shown, and since when."""

    reason: str
    words: str
    at: datetime


class ReportHeard(msgspec.Struct):
    """What somebody reported; who it was is kept nowhere."""

    reason: str
    words: str
    at: datetime


class CommentShown(Shown, kw_only=True):
    """What somebody said; names are masked for whoever does not belong here."""

    on: str
    answers_id: UUID | None
    writer: str
    unit: str
    words: str
    changed_at: datetime | None
    addition: str
    added_at: datetime | None
    is_mine: bool
    hidden: Hidden | None = None
    reports: list[ReportHeard] | None = None


class PauseShown(Shown, kw_only=True):
    """A discussion that cools off, why, and until when."""

    on: str
    reason: str
    words: str
    hours: int
    ends_at: datetime


def _fill(call: Call, row: Any) -> dict[str, Any]:
    reads = row.is_read_by(call.viewer)
    told = {
        "on": str(row.ref), "answers_id": row.answers_id, "writer": row.name_for(call.viewer),
        "unit": row.unit.name if row.unit and not row.is_withdrawn else "", "words": row.words if reads else "",
        "changed_at": row.changed_at, "addition": row.addition if reads else "", "added_at": row.added_at,
        "is_mine": rules.is_writer(call.viewer, row),
        "hidden": Hidden(row.reason, row.hidden_words, row.hidden_at) if row.is_hidden else None,
    }  # fmt: skip
    if row.reports_open and rules.moderates(call.viewer, row):
        found = queries.reports_of([row])[row.pk]
        told["reports"] = [ReportHeard(each.reason_label, each.words, each.at) for each in found]
    return told


def _narrow(call: Call, asked: Asked, rows: Any) -> Any:
    if asked["on"]:
        rows = rows.on(queries.subject_of(call.viewer, call.community, asked["on"]))
    if asked["answers"]:
        rows = rows.filter(answers=asked["answers"])
    if asked["reported"]:
        if not rules.keeps_pages(call.viewer, Comment(community=call.community)):
            raise Refused("not_yours", _("Who can do this: whoever keeps the community's pages."), status=403)
        rows = rows.filter(reports_open__gt=0)
    return rows


def _on(call: Call, asked: Asked, rows: Any) -> Any:
    return rows.on(queries.subject_of(call.viewer, call.community, asked["on"])) if asked["on"] else rows


RESOURCES = (
    simple(
        "comments", Comment, CommentShown, _fill, create="write", narrow=_narrow,
        related=("community", "writer", "unit"),
        filters=(
            ON,
            Filter("answers", "uuid", "Only the answers to one comment."),
            Filter("reported", "boolean", "Only those that were reported; for whoever keeps the pages."),
        ),
    ),
    simple(
        "comment-pauses", Pause, PauseShown, lambda call, row: {"on": str(row.ref), "reason": row.reason_label},
        create="cool", narrow=_on, related=("community",), filters=(ON,),
    ),
)  # fmt: skip
