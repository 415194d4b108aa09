"""What goes with somebody who is forgotten: drafts, support, words of a judgement, names; what is public stays."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q

from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import change, moves, writing
from mulin.uploads.models import Attachment

from ..flow import BEFORE_VOTE, PROPOSAL, RUNNING, STEP, State
from ..models import Proposal, Rating, Step, Supporter


def let_go(community_id: UUID, person: UUID) -> None:
    """Take somebody out who is forgotten; what everyone could read stays, brought by nobody in particular."""
    with writing(community_id):
        own = Proposal.objects.filter(community=community_id, proposer=person, organisation=None, submitted_at=None)
        for draft in own.filter(state__in=(State.DRAFT, State.WITHDRAWN)).exclude(title="").for_list():
            erase(draft, by=SYSTEM)
        backed = Supporter.objects.filter(community=community_id, person=person)
        for proposal in Proposal.objects.filter(community=community_id, pk__in=backed.values("proposal")).for_list():
            lose(proposal, by=SYSTEM, person=person)
        for rating in Rating.objects.filter(community=community_id, person=person).exclude(words=""):
            rating.words = ""
            rating.save(update_fields=["words"])
            change(rating, by=SYSTEM, kind="proposals.rating", verb="erase")
        named = Q(objector=person) | Q(person=person, state__in=RUNNING)
        for step in Step.objects.filter(named, community=community_id).for_list():
            unname(step, by=SYSTEM, person=person)


@moves(PROPOSAL)
def erase(proposal: Proposal, *, by: Any) -> None:
    """Empty a draft, since who wrote it is forgotten."""
    proposal.title = proposal.wrong = proposal.plan = proposal.money = proposal.opinion = proposal.reason = ""
    proposal.budget, proposal.asked, proposal.agreed = [], None, None
    proposal.place_kind, proposal.place_id, proposal.place_name = "community", None, ""
    proposal.ended_at = proposal.ended_at or now()
    Attachment.objects.of(proposal).delete()  # the sweeper takes the files


@moves(PROPOSAL)
def lose(proposal: Proposal, *, by: Any, person: UUID | None = None) -> None:
    """Take out a supporter who is forgotten; of what is decided or ended, the number stays as it was."""
    rows = Supporter.objects.filter(community=proposal.community_id, proposal=proposal.pk, person=person)
    gone = rows.delete()[0]
    if proposal.state in BEFORE_VOTE:
        proposal.supporters -= gone


@moves(STEP)
def unname(step: Step, *, by: Any, person: UUID | None = None) -> None:
    """Name somebody no longer who is forgotten: who objected, or was to carry it out, which is the desk's now."""
    if step.objector_id == person:
        step.objector = None
    if step.person_id == person and step.state in RUNNING:
        step.person = None
