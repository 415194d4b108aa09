"""What the desk says of a proposal, going on all the same, and merging two into one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import link, moves
from mulin.kernel.refs import Ref
from mulin.people.actions import belongs

from ..figures import NOT_FEASIBLE
from ..flow import PROPOSAL, State
from ..models import Proposal, Supporter
from .way import say, stop_open

THE_DESK = "desk"


@moves(PROPOSAL)
def review(proposal: Proposal, *, by: Any, verdict: str, words: str) -> dict[str, str]:
    """Say whether it can be done, with reasons that everyone reads; what cannot goes back to who brought it."""
    proposal.verdict, proposal.verdict_words = verdict, words.strip()
    proposal.state = State.RETURNED if verdict == NOT_FEASIBLE else State.UNDER_WAY
    say(proposal, "review", words, THE_DESK)
    return {"verdict": verdict}


@moves(PROPOSAL)
def ask_review(proposal: Proposal, *, by: Any) -> None:
    """Tell the desk once more that its word is awaited."""


@moves(PROPOSAL)
def go_on(proposal: Proposal, *, by: Any, reason: str = "") -> None:
    """Go on against the desk's word, once, since enough neighbours support it."""
    proposal.went_on = True
    say(proposal, "go_on", reason)


@moves(PROPOSAL)
def merge(proposal: Proposal, *, by: Any, other: Proposal, reason: str) -> dict[str, str]:
    """Merge it into another; both can still be read, and its supporters go over with the choice to leave."""
    belongs(proposal.community, other)
    rows = Supporter.objects.filter(community=proposal.community_id, proposal=proposal.pk)
    people = [proposal.proposer_id, *rows.order_by("since").values_list("person", flat=True)]
    take_in(other, by=SYSTEM, people=people)
    proposal.merged_into, proposal.reason, proposal.ended_at = other, reason.strip(), now()
    stop_open(proposal)
    link(Ref.of(proposal), Ref.of(other), "merged")
    return {"into": str(other.pk)}


@moves(PROPOSAL)
def take_in(proposal: Proposal, *, by: Any, people: Iterable[UUID] = ()) -> dict[str, int]:
    """Take over who stood behind a proposal that was merged into this one."""
    rows = Supporter.objects.filter(community=proposal.community_id, proposal=proposal.pk)
    known = {proposal.proposer_id, *rows.values_list("person", flat=True)}
    new = [person for person in dict.fromkeys(people) if person not in known]
    for person in new:
        Supporter.objects.create(
            community_id=proposal.community_id, proposal=proposal, person_id=person, merged=True, since=now()
        )
    proposal.supporters += len(new)
    return {"supporters": len(new)}
