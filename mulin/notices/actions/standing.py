"""What becomes of a notice that is up: settled, withdrawn, replaced, taken down; its list goes with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import moves, writing
from mulin.kernel.models import Noun

from ..flow import NOTICE, OBJECTION, ON_BOARD, OPEN, State
from ..models import ListRow, Notice, Objection


def erase_rows(notice: Notice) -> None:
    """Delete the rows of a notice's list; how many there were stays known."""
    if notice.rows_count and notice.erased_at is None:
        ListRow.objects.filter(community=notice.community_id, notice=notice.pk).delete()
        notice.erased_at = now()
        notice.__dict__.pop("rows", None)


def _close_open(notice: Notice, besides: UUID | None = None) -> None:
    rows = Objection.objects.filter(community=notice.community_id, notice=notice.pk, state__in=OPEN)
    for objection in rows.exclude(pk=besides):
        close(objection, by=SYSTEM)
    notice.open_objections = 0


@moves(OBJECTION)
def close(objection: Objection, *, by: Any) -> None:
    """Settle an objection, since its notice was withdrawn or replaced."""


@moves(NOTICE)
def be_objected(notice: Notice, *, by: Any) -> None:
    """Count an objection that was raised: until it is settled, the notice does not settle."""
    notice.objections += 1
    notice.open_objections += 1


@moves(NOTICE)
def be_cleared(notice: Notice, *, by: Any) -> None:
    """Count an objection as settled; where it was the last one and the days are over, the notice settles."""
    notice.open_objections -= 1


@moves(NOTICE)
def settle(notice: Notice, *, by: Any) -> None:
    """Settle it: its days are over, and no objection is open."""
    notice.settled_at = now()
    if notice.down_on is not None:
        # Where objections took longer, it stays up as long as it would have.
        notice.down_on = max(notice.down_on, notice.today + timedelta(days=notice.kind_of.stays))


@moves(NOTICE)
def withdraw(notice: Notice, *, by: Any, reason: str, besides: UUID | None = None) -> None:
    """Withdraw it, with a reason that everyone can read; objections that are open end with it."""
    notice.reason = reason.strip()
    _close_open(notice, besides)
    erase_rows(notice)


@moves(NOTICE)
def be_replaced(notice: Notice, *, by: Any) -> None:
    """End it, since a corrected one was posted in its place."""
    _close_open(notice)
    erase_rows(notice)


@moves(NOTICE)
def take_down(notice: Notice, *, by: Any) -> None:
    """Take it down from the board, and erase its list."""
    erase_rows(notice)


def take_down_for(subject: Noun, by: Any, reason: str = "") -> list[Notice]:
    """Take down what was posted for a noun: what is not settled is withdrawn, since its matter changed."""
    found = Notice.objects.filter(community=subject.community_id, subject_id=subject.pk, state__in=ON_BOARD)
    with writing(subject.community_id):
        return [
            withdraw(notice, by=SYSTEM, reason=reason or _("The matter that was posted has changed."))
            if notice.state == State.POSTED
            else take_down(notice, by=SYSTEM)
            for notice in found
        ]
