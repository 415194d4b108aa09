"""What is done about a comment: reported, left, hidden with a reason, looked at by a second person, shown again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mulin.kernel.clock import now
from mulin.kernel.engine import Once, moves, writing

from ..figures import PROTECTS, SHOW
from ..flow import COMMENT, State
from ..models import Comment, Report


def report(
    comment: Comment, *, by: Any, version: int | None = None, once: Once | None = None, reason: str, words: str = ""
) -> Comment:
    """Tell those who keep the pages that something is wrong with it; nobody reads who told them."""
    with writing(comment.community_id):
        comment = Comment.objects.for_list().get(community=comment.community_id, pk=comment.pk)
        if once and comment.is_reported_by(by):
            return comment  # a second click
        if refused := COMMENT.why_not("report", by, comment):
            raise refused
        mark = comment.mark_of(by)
        # The line of the log shall not say who it was either.
        nameless = replace(by.unnamed(), holds=frozenset({comment.pk}))
        return _report(comment, by=nameless, mark=mark, reason=reason, words=words)


@moves(COMMENT, "report")
def _report(comment: Comment, *, by: Any, mark: str, reason: str, words: str) -> dict[str, Any]:
    comment.reports_open += 1
    Report.objects.create(
        community_id=comment.community_id, comment=comment, mark=mark, reason=reason, words=words.strip(), at=now()
    )
    return {"first": comment.reports_open == 1}


def _settle(comment: Comment) -> None:
    comment.reports_open = 0
    rows = Report.objects.filter(community=comment.community_id, comment=comment.pk, settled_at=None)
    rows.update(settled_at=now())


@moves(COMMENT)
def keep(comment: Comment, *, by: Any) -> None:
    """Leave it as it is: what was reported is not wrong."""
    _settle(comment)


@moves(COMMENT)
def hide(comment: Comment, *, by: Any, reason: str, words: str) -> dict[str, Any]:
    """Hide it; in its place everyone reads why, by whose desk and when."""
    comment.hidden_for, comment.hidden_words = reason, words.strip()
    comment.hidden_at, comment.hidden_by_id = now(), by.person_id
    comment.asked_at, comment.asked_words = None, ""
    comment.decided_at, comment.decided_by, comment.decided_words = None, None, ""
    _settle(comment)
    return {"why": reason}


@moves(COMMENT)
def ask(comment: Comment, *, by: Any, words: str) -> None:
    """Ask once that somebody else looks at it."""
    comment.asked_at, comment.asked_words = now(), words.strip()


@moves(COMMENT)
def show(comment: Comment, *, by: Any) -> None:
    """Show it again, since hiding it was a mistake."""


@moves(COMMENT)
def decide(comment: Comment, *, by: Any, outcome: str, words: str) -> dict[str, Any]:
    """Look at it as a second person: it is shown again, or stays hidden."""
    comment.state = State.SHOWN if outcome == SHOW else State.HIDDEN
    comment.decided_at, comment.decided_by_id, comment.decided_words = now(), by.person_id, words.strip()
    return {"outcome": outcome}


@moves(COMMENT)
def go_on(comment: Comment, *, by: Any) -> None:
    """Show it again, since nobody looked in time; what could harm somebody stays hidden, and a reminder goes out."""
    comment.state = State.ASKED if comment.hidden_for in PROTECTS else State.SHOWN
