"""The discussion of a noun, one page of it at a time; how many comments there are; what waits for the desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.refs import cards
from mulin.kernel.refusals import Refused
from mulin.kernel.rules import is_here
from mulin.people.models import Organisation
from mulin.people.queries import units_of

from .. import rules
from ..figures import FRESH, GROUNDS, MOST_ANSWERS, ROWS
from ..flow import READABLE, UNREADABLE, PauseState
from ..models import Comment, Pause, Report


def subject_of(viewer: Any, community: Any, on: Any) -> Any:
    """Find the noun that a ref (`incidents.incident:…`) names, if it may be commented and the viewer sees it."""
    kind, _colon, key = (str(on) if isinstance(on, str) else f"{on._meta.label_lower}:{on.pk}").partition(":")
    nothing = Refused("nothing_there", _("There is nothing here that can be commented."), status=404)
    try:
        rows = apps.get_model(kind)._default_manager.visible_to(viewer) if kind in GROUNDS else None
        found = rows.for_list().filter(community=community, pk=UUID(key)).first() if rows is not None else None
    except ValueError:
        raise nothing from None
    if found is None:
        raise nothing
    return found


def pause_of(subject: Any) -> Pause | None:
    """Return the cooling-off of a noun's discussion that has not ended yet."""
    rows = Pause.objects.on(subject).filter(state=PauseState.RUNNING, ends_at__gt=now())
    found: Pause | None = rows.for_list().first()
    return found


def how_many(community: Any, kind: str, ids: Iterable[UUID]) -> dict[UUID, int]:
    """Count the comments on many nouns of one kind, in one statement; those hidden or withdrawn are left out."""
    rows = Comment.objects.filter(community=community, subject_kind=kind, subject_id__in=list(ids), state__in=READABLE)
    return dict(rows.order_by().values_list("subject_id").annotate(n=Count("pk")))


def units(viewer: Any) -> list[Organisation]:
    """List the organisations for which somebody may speak here; one statement for who speaks for none."""
    keys = units_of(viewer)
    return (
        list(Organisation.objects.filter(community=viewer.community_id, pk__in=keys).order_by("name")) if keys else []
    )


@dataclass
class Line:
    """A comment as one viewer reads it, and what they may do about it."""

    comment: Comment
    name: str
    reads: bool  # the words
    is_mine: bool
    can_change: bool
    can_add: bool
    can_report: bool
    can_hide: bool
    lines: list[Line] = field(default_factory=list)  # the answers to it
    more: bool = False  # answers besides these


def line(comment: Comment, viewer: Any) -> Line:
    """Say what a viewer reads of a comment, from what is loaded: no statement."""
    mine, readable = rules.is_writer(viewer, comment), comment.is_readable
    fresh = now() - comment.created_at < FRESH
    return Line(
        comment, comment.name_for(viewer), comment.is_read_by(viewer), mine,
        can_change=mine and fresh and comment.state == "written",
        can_add=mine and readable and not fresh and not comment.addition,
        can_report=readable and not mine and is_here(viewer, comment) and viewer.is_someone,
        can_hide=readable and rules.moderates(viewer, comment),
    )  # fmt: skip


@dataclass
class Discussion:
    """One page of what was said on a noun."""

    subject: Any
    count: int
    lines: list[Line]
    next: str  # the key of the next page
    pause: Pause | None
    is_open: bool  # by the matter itself
    may_write: bool
    may_moderate: bool

    @property
    def takes(self) -> bool:
        """Tell whether the viewer can write now."""
        return self.may_write and self.is_open and self.pause is None


def discussion(subject: Any, viewer: Any, after: str = "") -> Discussion:
    """Read one page of a discussion, the newest first, each with its answers in order; four statements."""
    rows = Comment.objects.on(subject).filter(answers=None)
    at, _comma, key = after.partition(",")
    try:
        moment, last = datetime.fromisoformat(at), UUID(key)
    except ValueError:
        pass
    else:
        if moment.tzinfo:
            rows = rows.filter(Q(created_at__lt=moment) | Q(created_at=moment, pk__lt=last))
    found = list(rows.for_list().order_by("-created_at", "-pk")[: ROWS + 1])
    kept = found[:ROWS]
    end = kept[-1] if len(found) > ROWS else None
    further = f"{end.created_at.isoformat()},{end.pk}" if end else ""
    return _talk(subject, viewer, threads(kept, viewer), further)


def discussion_of(comment: Comment, viewer: Any, most: int) -> Discussion:
    """Read one comment with its answers, as a discussion of its own."""
    return _talk(comment.subject, viewer, threads([comment], viewer, most), "")


def _talk(subject: Any, viewer: Any, lines: list[Line], further: str) -> Discussion:
    draft = Comment(community_id=subject.community_id, subject_kind=subject._meta.label_lower, subject_id=subject.pk)
    draft.subject = subject
    return Discussion(
        subject, how_many(subject.community_id, draft.subject_kind, [subject.pk]).get(subject.pk, 0),
        lines, further, pause_of(subject),
        is_open=GROUNDS[draft.subject_kind].is_open(subject), may_write=rules.may_write(viewer, draft),
        may_moderate=rules.keeps_pages(viewer, draft),
    )  # fmt: skip


def threads(comments: list[Comment], viewer: Any, most: int = MOST_ANSWERS) -> list[Line]:
    """Put the first answers under each comment, in the order in which they were written; one statement."""
    if not comments:
        return []
    place = Window(RowNumber(), partition_by=F("answers"), order_by=["created_at", "pk"])
    rows = Comment.objects.filter(community=comments[0].community_id, answers__in=[each.pk for each in comments])
    rows = rows.for_list().annotate(place=place).filter(place__lte=most + 1)
    below: dict[Any, list[Comment]] = defaultdict(list)
    for answer in sorted(rows, key=lambda each: (each.created_at, each.pk)):
        below[answer.answers_id].append(answer)
    lines = [line(each, viewer) for each in comments]
    for each in lines:
        answers = below[each.comment.pk]
        each.lines, each.more = [line(answer, viewer) for answer in answers[:most]], len(answers) > most
    return lines


def queue(viewer: Any, community: Any, which: str) -> QuerySet[Comment]:
    """List what waits for those who keep the pages: reported, to be looked at again, or hidden."""
    rows: QuerySet[Comment] = Comment.objects.visible_to(viewer).filter(community=community).for_list()
    if which == "asked":
        return rows.filter(state="asked")
    return rows.filter(state__in=UNREADABLE) if which == "hidden" else rows.filter(reports_open__gt=0)


def reports_of(comments: Iterable[Comment]) -> dict[UUID, list[Report]]:
    """List the open reports of comments, without who they are from; one statement."""
    kept = list(comments)
    found: dict[UUID, list[Report]] = defaultdict(list)
    if kept:
        rows = Report.objects.filter(community=kept[0].community_id, comment__in=[each.pk for each in kept])
        for report in rows.filter(settled_at=None).order_by("at"):
            found[report.comment_id].append(report)
    return found


def titles(comments: Iterable[Comment], viewer: Any) -> dict[UUID, Any]:
    """Name the matters that comments stand on."""
    kept = list(comments)
    known = cards({each.ref for each in kept}, viewer)
    return {each.pk: known.get(each.ref) for each in kept}
