"""What neighbours do: say me too, join, lead, leave."""

from __future__ import annotations

from typing import Any

from mulin.kernel.clock import now
from mulin.kernel.engine import moves

from ..flow import CASE, NEW, State
from ..models import Case, Part


@moves(CASE)
def me_too(case: Case, *, by: Any) -> None:
    """Say that you meet this too, and follow it."""
    _take_part(case, by, "me_too")
    case.met_by += 1


@moves(CASE)
def join(case: Case, *, by: Any) -> None:
    """Join in to help settle it."""
    _take_part(case, by, "joined")


@moves(CASE)
def lead(case: Case, *, by: Any) -> None:
    """Lead it: a neighbour or the lead of the building takes it in hand."""
    if case.state in NEW:
        case.state = State.IN_HAND
        case.accepted_at = case.accepted_at or now()
    case.leader_id = by.person_id


@moves(CASE)
def leave(case: Case, *, by: Any) -> None:
    """Stop taking part; the post in charge carries on."""
    if case.leader_id == by.person_id:
        case.leader = None
    Part.objects.filter(
        community_id=case.community_id, case=case, person_id=by.person_id, role="joined", ended_at=None
    ).update(ended_at=now())


def _take_part(case: Case, by: Any, role: str) -> None:
    Part.objects.create(community_id=case.community_id, case=case, person_id=by.person_id, role=role, started_at=now())
