"""While a vote is on: opened with its hashes, a reminder to those who have not voted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mulin.kernel.clock import now
from mulin.kernel.engine import moves
from mulin.people.figures import today_in

from .. import queries
from ..flow import VOTE
from ..models import Vote


@moves(VOTE)
def open(vote: Vote, *, by: Any) -> dict[str, str]:
    """Begin voting: from now on the hashes of rules and roll stand in the log."""
    vote.opened_at = now()
    # Objections had to be answered first: voting is on for as many days as was announced all the same.
    late = max(today_in(vote.community) - vote.opens_on, timedelta())
    vote.opens_on, vote.closes_on = vote.opens_on + late, vote.closes_on + late
    vote.question_hash, vote.rules_hash, vote.roll_hash = queries.frozen_hashes(vote)
    return {"question": vote.question_hash, "rules": vote.rules_hash, "roll": vote.roll_hash}


@moves(VOTE)
def remind(vote: Vote, *, by: Any) -> None:
    """Remind those who have not voted; nobody else learns who they are."""
