"""After the last day: closed, counted, published, challenged and answered, final."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mulin.kernel.clock import now
from mulin.kernel.engine import moves
from mulin.people.figures import today_in

from .. import queries
from ..flow import VOTE, State
from ..models import Challenge, Vote
from .posting import post_result


@moves(VOTE)
def close(vote: Vote, *, by: Any) -> None:
    """End voting: no ballot is taken any more."""
    vote.closed_at = now()


@moves(VOTE)
def count(vote: Vote, *, by: Any) -> dict[str, str]:
    """Count it by the frozen rules, from roll and ballots alone."""
    vote.result, vote.outcome, vote.ballots_hash = queries.counted(vote)
    return {"ballots": vote.ballots_hash, "outcome": vote.outcome}


@moves(VOTE)
def publish(vote: Vote, *, by: Any) -> None:
    """Publish the result with every number; from now on it can be challenged for some days."""
    vote.challenge_until = today_in(vote.community) + timedelta(days=vote.rules["challenge_days"])
    post_result(vote)


@moves(VOTE)
def challenge(vote: Vote, *, by: Any, reason: str) -> None:
    """Challenge the result, and say why; somebody who had no part in it answers."""
    Challenge.objects.get_or_create(
        community_id=vote.community_id, vote=vote, person_id=by.person_id, upheld=None,
        defaults={"reason": reason.strip(), "at": now()},
    )  # fmt: skip


@moves(VOTE)
def answer(vote: Vote, *, by: Any, upheld: bool, words: str) -> dict[str, bool]:
    """Answer what was challenged: upheld, the vote is void; rejected, it goes on as it was."""
    open_ones = Challenge.objects.filter(community=vote.community_id, vote=vote, upheld=None)
    open_ones.update(upheld=upheld, answer=words.strip(), answered_at=now())
    vote.state = State.VOID if upheld else State.PUBLISHED
    return {"upheld": upheld}


@moves(VOTE)
def ask_again(vote: Vote, *, by: Any) -> None:
    """Tell those who can answer a challenge once more."""


@moves(VOTE)
def finish(vote: Vote, *, by: Any) -> None:
    """Let the result stand: nobody challenged it in time, or no challenge was upheld."""
