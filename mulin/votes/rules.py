"""Who may do what with a vote, and what must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.journal.models import Detail
from mulin.kernel.rules import is_here, rule

from .figures import PREPARE, REVIEW, SEATS

if TYPE_CHECKING:
    from .models import Vote


def _is_somebody(viewer: Any, vote: Vote) -> bool:
    # Not only who lives here: an owner who moved away stays on the roll, and votes.
    return is_here(viewer, vote) and viewer.person_id is not None


@rule(_("whoever prepares votes here"))
def prepares(viewer: Any, vote: Vote) -> bool:
    return is_here(viewer, vote) and bool(viewer.can(PREPARE))


@rule(_("notice and voting days as long as the rules ask, counted from today; change the days first"))
def has_its_days(viewer: Any, vote: Vote) -> bool:
    return vote.opens_on is not None and not vote.days_lacking


@rule(_("whoever is on the roll of this vote, or speaks for one who is"))
def is_on_roll(viewer: Any, vote: Vote) -> bool:
    return _is_somebody(viewer, vote) and vote.is_on_roll(viewer)


@rule(_("answers to all objections against its announcement"))
def is_undisputed(viewer: Any, vote: Vote) -> bool:
    return not vote.objections_open


@rule(_("whoever may vote here, for themself or by a proxy"))
def may_cast(viewer: Any, vote: Vote) -> bool:
    return _is_somebody(viewer, vote) and bool(vote.chances(viewer))


@rule(_("one of several owners who have one vote together and have not named who casts it"))
def owns_together(viewer: Any, vote: Vote) -> bool:
    return _is_somebody(viewer, vote) and bool(vote.together(viewer))


@rule(_("that it is still before the end of its last day"))
def is_running(viewer: Any, vote: Vote) -> bool:
    return not vote.is_over


@rule(_("the seats of a body as its voters, and no ballot cast on the web"))
def can_be_by_hands(viewer: Any, vote: Vote) -> bool:
    return vote.electorate == SEATS and not vote.has_ballots and not vote.is_choosing


@rule(_("seats that are not checked in yet"))
def has_seats(viewer: Any, vote: Vote) -> bool:
    return vote.electorate == SEATS and vote.absent.exists()


@rule(_("a day for objections that is not over"))
def is_open_to_challenge(viewer: Any, vote: Vote) -> bool:
    return not vote.is_beyond_challenge


@rule(_("somebody who looks after votes and had no part in this one: did not prepare, enter, vote or object"))
def had_no_part(viewer: Any, vote: Vote) -> bool:
    if not is_here(viewer, vote) or not (viewer.can(PREPARE) or viewer.can(REVIEW)):
        return False
    # Whoever agreed as the second person is named in a line, too.
    lines = Detail.objects.filter(community_id=vote.community_id, noun_id=vote.pk)
    return not lines.filter(body__contains=viewer.actor).exists()
