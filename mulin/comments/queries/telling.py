"""Whom a line about a comment concerns, who is in charge of second looks, and what is known of someone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from mulin.kernel.readers import Heard
from mulin.news.queries import accounts_of_persons, accounts_that_can
from mulin.people.models import Person

from ..figures import GROUNDS, KEEPS
from ..flow import State
from ..models import Comment, Pause


def _one(line: Heard) -> Comment:
    found: Comment = Comment.objects.for_list().get(community=line.community, pk=line.noun_id)
    return found


def the_owners(line: Heard) -> set[UUID]:
    """Name those whose matter was commented, but whose comment was answered hear of that alone."""
    comment = _one(line)
    ground = GROUNDS.get(comment.subject_kind)
    if ground is None or not comment.is_readable:
        return set()
    return set(ground.owners(comment.subject)) - the_answered(line)


def the_answered(line: Heard) -> set[UUID]:
    """Name whoever wrote what was answered."""
    comment = _one(line)
    if comment.answers_id is None or not comment.is_readable:
        return set()
    above = Comment.objects.filter(community=line.community, pk=comment.answers_id)
    return accounts_of_persons(line.community, list(above.values_list("writer", flat=True)))


def the_writer(after: str = "") -> Any:
    """Name whoever wrote it; with a state, only of what came to stand there."""

    def who(line: Heard) -> set[UUID]:
        if after and line.after != after:
            return set()
        return accounts_of_persons(line.community, [_one(line).writer_id])

    return who


def the_keepers(line: Heard) -> set[UUID]:
    """Name those who keep the pages: of the first report, and of a look that they still have to give."""
    comment = _one(line)
    if line.verb == "report" and not line.details.get("first"):
        return set()
    if line.verb == "go_on" and line.after != State.ASKED:
        return set()
    # Whoever hid it may not look at it a second time, and whoever wrote it does not judge it.
    hid = [comment.hidden_by_id] if line.after == State.ASKED else []
    return accounts_that_can(line.community, KEEPS) - accounts_of_persons(line.community, [*hid, comment.writer_id])


def in_charge(rows: list[Comment]) -> dict[UUID, set[UUID]]:
    """Say who has to give the second look: those who keep the pages, but not whoever hid it or wrote it."""
    found = {}
    for row in rows:
        if row.state == State.ASKED:
            out = accounts_of_persons(row.community_id, [row.hidden_by_id, row.writer_id])
            found[row.pk] = accounts_that_can(row.community_id, KEEPS) - out
    return found


def tell_comments(account: UUID) -> list[tuple[Any, Any, str, str]]:
    """Tell what someone wrote, and what of others' they hid or looked at again as one who keeps the pages."""
    persons = list(Person.objects.filter(account=account).values_list("pk", flat=True))
    own = Comment.objects.filter(writer__in=persons).for_list()
    told = [(row.community, row.created_at, _said(row), row.get_absolute_url()) for row in own.order_by("-created_at")]
    for name, at in (("hidden_by", "hidden_at"), ("decided_by", "decided_at")):
        rows = Comment.objects.filter(**{f"{name}__in": persons}).select_related("community").order_by(f"-{at}")
        told += [(row.community, getattr(row, at), row.state_label, row.get_absolute_url()) for row in rows]
    return told


def _said(row: Comment) -> str:
    return " / ".join(filter(None, (row.words, row.addition, row.asked_words))) or row.state_label


def tell_pauses(account: UUID) -> list[tuple[Any, Any, str, str]]:
    """Tell which discussions someone let cool off."""
    rows = Pause.objects.filter(begun_by__account=account).select_related("community").order_by("-created_at")
    return [(row.community, row.created_at, str(row), row.get_absolute_url()) for row in rows]
