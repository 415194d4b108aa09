"""Objections: lodged, answered, accepted or pressed once, answered by somebody else, and settled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import Once, Turn, begin, moves, writing
from mulin.kernel.refusals import Refused
from mulin.people.actions import belongs
from mulin.people.figures import today_in
from mulin.territory.models import Community

from ..figures import OUTCOMES, UPHELD, has_identity
from ..flow import OBJECTION, ON_BOARD, OPEN, State
from ..models import Notice, Objection
from ..rules import keeps_notices
from .standing import be_cleared, be_objected, withdraw


def lodge(
    *, by: Any, community: Community, notice: Notice, words: str, wish: str = "", given_by: str = "",
    once: Once | None = None,
) -> Objection:  # fmt: skip
    """Object to a posted notice; only those who post notices here read it, everyone the answer's one sentence."""
    belongs(community, notice)
    for_another = given_by.strip() if keeps_notices(by, notice) else ""
    with writing(community.pk):
        standing = Notice.objects.for_list().get(community=community, pk=notice.pk)
        made = Objection(
            community=community, notice=standing, words=words.strip(), wish=wish.strip(), given_by=for_another,
            objector_id=None if for_another else by.person_id,
            answer_by=today_in(community) + timedelta(days=standing.kind_of.answer_days),
        )  # fmt: skip
        found = begin(made, by=by, verb="lodge", once=once, prepare=_one_at_a_time)
        if found is made:
            be_objected(standing, by=SYSTEM)
    return found


def _one_at_a_time(turn: Turn, objection: Objection) -> None:
    rows = Objection.objects.filter(community=objection.community_id, notice=objection.notice_id, state__in=OPEN)
    if objection.objector_id and rows.filter(objector=objection.objector_id).exists():
        words = _("Your first objection is still open. Take it back to write it anew.")
        raise Refused("already_objected", words)


def _clear(objection: Objection) -> None:
    notice = Notice.objects.get(community=objection.community_id, pk=objection.notice_id)
    if notice.state == State.POSTED and notice.open_objections:
        be_cleared(notice, by=SYSTEM)


def _answered(objection: Objection, by: Any, outcome: str, words: str, published: str) -> dict[str, Any]:
    if outcome not in OUTCOMES:
        raise Refused("outcome", _("Say whether it is right, right in part, or not right."), 422)
    if has_identity(published):
        raise Refused("identity", _("An identity number is never posted. Take it out of the text."), 422)
    objection.outcome, objection.answer_words, objection.published = outcome, words.strip(), published.strip()
    objection.answered_by_id, objection.answered_on = by.person_id, today_in(objection.community)
    notice = Notice.objects.get(community=objection.community_id, pk=objection.notice_id)
    # What belongs to another matter is corrected there: whoever posted it follows this line.
    if outcome == UPHELD and notice.state in ON_BOARD and notice.subject_id is None:
        withdraw(notice, by=SYSTEM, reason=objection.published, besides=objection.pk)
    return {"outcome": outcome}


@moves(OBJECTION)
def answer(objection: Objection, *, by: Any, outcome: str, words: str, published: str) -> dict[str, Any]:
    """Answer whoever objected, and everyone in one sentence; where it is right, the notice is withdrawn."""
    return _answered(objection, by, outcome, words, published)


@moves(OBJECTION)
def answer_again(objection: Objection, *, by: Any, outcome: str, words: str, published: str) -> dict[str, Any]:
    """Give the last answer, as somebody who had no part in the first."""
    told = _answered(objection, by, outcome, words, published)
    _clear(objection)
    return told


@moves(OBJECTION)
def accept(objection: Objection, *, by: Any) -> None:
    """Be content with the answer."""
    _clear(objection)


@moves(OBJECTION)
def press(objection: Objection, *, by: Any, words: str) -> None:
    """Say why the answer does not do; somebody else answers, for the last time."""
    today = today_in(objection.community)
    objection.pressed_words, objection.pressed_on = words.strip(), today
    objection.answer_by = today + timedelta(days=objection.notice.kind_of.answer_days)


@moves(OBJECTION)
def lapse(objection: Objection, *, by: Any) -> None:
    """Settle it, since nothing was said to the answer."""
    _clear(objection)


@moves(OBJECTION)
def remind(objection: Objection, *, by: Any) -> None:
    """Remind those who post notices that an objection waits for an answer."""


@moves(OBJECTION)
def take_back(objection: Objection, *, by: Any) -> None:
    """Take one's objection back."""
    _clear(objection)
