"""Who may do what with proposals and their steps, and what must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.kernel.rules import is_here, rule

from .figures import CARRY_OUT, CONSULT, JUDGE, MEET, PROPOSER, PUBLISH, VOTE

if TYPE_CHECKING:
    from .models import Proposal, Step

PREPARE, DESK_WORK, OFFICER_WORK, SET_UP = "votes.prepare", "cases.desk", "cases.handle", "places.draw"


@rule(_("whoever lives or works in this community and is signed in"))
def takes_part(viewer: Any, noun: Any) -> bool:
    return is_here(viewer, noun) and bool(getattr(viewer, "is_person", False))


@rule(_("whoever brought it"))
def is_proposer(viewer: Any, proposal: Proposal) -> bool:
    return takes_part(viewer, proposal) and proposal.is_brought_by(viewer)


@rule(_("the community's desk"))
def is_desk(viewer: Any, noun: Any) -> bool:
    return takes_part(viewer, noun) and bool(viewer.can(DESK_WORK))


@rule(_("a grid officer"))
def is_officer(viewer: Any, noun: Any) -> bool:
    return takes_part(viewer, noun) and bool(viewer.can(OFFICER_WORK))


@rule(_("somebody at the community's desk who did not bring it"))
def reviews(viewer: Any, proposal: Proposal) -> bool:
    return is_desk(viewer, proposal) and not proposal.is_brought_by(viewer)


@rule(_("whoever sets up this community"))
def sets_up(viewer: Any, noun: Any) -> bool:
    return takes_part(viewer, noun) and bool(viewer.can(SET_UP))


@rule(_("somebody who does not support it yet, and did not bring it"))
def supports_not(viewer: Any, proposal: Proposal) -> bool:
    return not proposal.is_brought_by(viewer) and not proposal.is_supported_by(viewer)


@rule(_("whoever supports it"))
def supports(viewer: Any, proposal: Proposal) -> bool:
    return takes_part(viewer, proposal) and proposal.is_supported_by(viewer)


@rule(_("as many supporters as this community asks for, and that it did not go on so before"))
def has_supporters(viewer: Any, proposal: Proposal) -> bool:
    return not proposal.went_on and proposal.supporters >= proposal.supporters_needed


@rule(_("a step in which it is still discussed: before it is published or voted on"))
def is_still_discussed(viewer: Any, proposal: Proposal) -> bool:
    return proposal.is_open_to_change


@rule(_("that no vote on it is announced"))
def has_no_vote(viewer: Any, proposal: Proposal) -> bool:
    return not proposal.has_vote


@rule(_("a draft that nobody else ever read, written in one's own name"))
def was_never_sent(viewer: Any, proposal: Proposal) -> bool:
    return proposal.submitted_at is None and proposal.organisation_id is None


# ---- steps ----


@rule(_("that no other step is open"))
def is_alone(viewer: Any, step: Step) -> bool:
    return step.proposal.open_step is None


@rule(_("whoever acts in this step, or the community's desk for them"))
def acts(viewer: Any, step: Step) -> bool:
    return takes_part(viewer, step) and (bool(viewer.can(DESK_WORK)) or step.is_turn_of(viewer))


@rule(_("whoever prepares votes here"))
def prepares_votes(viewer: Any, step: Step) -> bool:
    return takes_part(viewer, step) and bool(viewer.can(PREPARE))


@rule(_("whoever acts in this step, or the desk for them; what is said in it not by whoever brought the proposal"))
def concludes(viewer: Any, step: Step) -> bool:
    # Where the way itself names who brought it, they act as such; nobody else writes the minutes of their own matter.
    own = step.kind in (CONSULT, MEET) and step.actor != PROPOSER and step.proposal.is_brought_by(viewer)
    return acts(viewer, step) and not own


@rule(_("whoever lives or works in this community and is signed in, but did not carry it out"))
def judges(viewer: Any, step: Step) -> bool:
    return takes_part(viewer, step) and not step.judges_work_of(viewer)


@rule(_("a step that publishes, nothing posted for it now, and a budget where it asks for one"))
def is_to_be_posted(viewer: Any, step: Step) -> bool:
    return step.kind == PUBLISH and step.notice_id is None and not step.lacks_budget


@rule(_("a step that votes by ballots, no vote announced yet, and a budget where it asks for one"))
def waits_for_vote(viewer: Any, step: Step) -> bool:
    return step.kind == VOTE and not step.is_by_hands and step.vote_id is None and not step.lacks_budget


@rule(_("a step that is decided by a show of hands"))
def is_by_hands(viewer: Any, step: Step) -> bool:
    return step.is_by_hands


@rule(_("a step in which something is carried out"))
def is_work(viewer: Any, step: Step) -> bool:
    return step.kind == CARRY_OUT


@rule(_("that it was said who carries it out"))
def is_entrusted(viewer: Any, step: Step) -> bool:
    return step.kind == CARRY_OUT and step.entrusted_at is not None


@rule(_("a step that somebody ends, its days over, and for work that it was said who does it"))
def can_be_ended(viewer: Any, step: Step) -> bool:
    return step.is_ended_by_hand and step.has_had_its_days


@rule(_("the step in which everyone judges"))
def is_judged_now(viewer: Any, step: Step) -> bool:
    return step.kind == JUDGE and not step.is_over


@rule(_("a member of the committee that supervises"))
def supervises(viewer: Any, step: Step) -> bool:
    return takes_part(viewer, step) and step.supervisor_id is not None and step.supervisor.has_member(viewer)


@rule(_("whoever acts in this step or brought it, or the desk, and not whoever objected"))
def answers(viewer: Any, step: Step) -> bool:
    # A colleague of whoever objected does not answer either: supervisors would answer themselves.
    if not takes_part(viewer, step) or viewer.person_id == step.objector_id or supervises(viewer, step):
        return False
    return acts(viewer, step) or step.proposal.is_brought_by(viewer)
