"""What follows: steps open and end one after the other, notices and votes end theirs, who is forgotten, who hears."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mulin.kernel.clock import SYSTEM
from mulin.kernel.readers import Heard, reads
from mulin.news.hearing import hears, is_watched

from . import actions, queries
from .figures import PUBLISH
from .models import Step
from .rules import is_to_be_posted

PROPOSAL, STEP = "proposals.proposal", "proposals.step"


@reads(PROPOSAL, "review", "go_on")
def set_out(line: Heard) -> None:
    """Begin the way of a proposal that may go on."""
    actions.start(line.community, line.noun_id)


@reads(STEP, "conclude", "count_hands", "pass_by", "be_met", "be_failed")
def follow(line: Heard) -> None:
    """Let a proposal follow a step that ended."""
    actions.advance(line.community, line.noun_id)


@reads(STEP, "open_up")
def publish(line: Heard) -> None:
    """Publish at once what needs nothing more for it."""
    step = Step.objects.for_list().get(community=line.community, pk=line.noun_id)
    if step.kind == PUBLISH and step.state == "open" and is_to_be_posted(SYSTEM, step):
        actions.post(step, by=SYSTEM)


@reads(STEP, "answer")
def resume(line: Heard) -> None:
    """Look what came while a step stood still."""
    actions.catch_up(line.community, line.noun_id)


@reads("notices.notice", "settle", "withdraw", "be_replaced")
def notice_ended(line: Heard) -> None:
    """End the step whose notice settled; have one published again that was withdrawn."""
    for key in Step.objects.filter(community=line.community, notice=line.noun_id).values_list("pk", flat=True):
        actions.catch_up(line.community, key)


@reads("votes.vote", "finish", "answer", "call_off")
def vote_ended(line: Heard) -> None:
    """End the step whose vote is final; have one held again that is void."""
    for key in Step.objects.filter(community=line.community, vote=line.noun_id).values_list("pk", flat=True):
        actions.catch_up(line.community, key)


@reads("people.person", "forget")
def forgotten(line: Heard) -> None:
    """Take out whoever is forgotten here: drafts, support, what they said of a judgement, and their name."""
    actions.let_go(line.community, line.noun_id)


DESK = {
    "submit": _("A proposal was sent. Please say whether it can be done."),
    "ask_review": _("A proposal still waits for the desk's word."),
}  # fmt: skip
PROPOSER = {
    "review": _("The desk said whether your proposal can be done. The reasons stand there."),
    "merge": _("Your proposal was merged into another one. The reason stands there."),
    "take_in": _("Another proposal was merged into yours; its supporters came with it."),
    "be_adopted": _("Your proposal was adopted."),
    "be_rejected": _("Your proposal was not adopted. What was decided stands there."),
    "be_carried_out": _("What you proposed was carried out."),
    "be_judged": _("It is known now how everyone judges what you proposed."),
}  # fmt: skip
SUPPORTERS = {
    "go_on": _("A proposal that you support goes on, with your help."),
    "merge": _("A proposal that you support was merged into another one. You can stay with it, or leave."),
    "revise": _("Plan or budget of a proposal that you support was changed."),
    "withdraw": _("A proposal that you support was withdrawn."),
    "be_adopted": _("A proposal that you support was adopted."),
    "be_rejected": _("A proposal that you support was not adopted."),
    "be_carried_out": _("What you supported was carried out."),
}  # fmt: skip
ACTORS = {
    "open_up": _("In a proposal it is your turn."),
    "entrust": _("You are asked to carry out what was decided."),
    "remind": _("In a proposal it is your turn, and the day is over."),
    "again": _("Something in a proposal has to be done again."),
    "object_to": _("The supervisors objected. Please answer; until then the step stands still."),
    "ask_answer": _("An objection of the supervisors still waits for an answer."),
    "count_hands.asked": _("A show of hands waits for a second person who was there."),
}  # fmt: skip
OF_STEP = {
    "object_to": _("The supervisors objected to a step of your proposal."),
    "report_on": _("It says now how far your proposal is."),
    "answer": _("The supervisors' objection to your proposal was answered."),
    "post": _("Your proposal was published on the notice board."),
}  # fmt: skip
SUPERVISORS = {"answer": _("The supervisors' objection was answered. The answer stands there.")}
BACKERS = {"post": _("A proposal that you support was published on the notice board.")}
hears(PROPOSAL, queries.the_desk, DESK, voice="desk")
hears(PROPOSAL, queries.the_proposer, PROPOSER, voice="proposer")
hears(PROPOSAL, queries.supporters, SUPPORTERS, voice="supporters")
hears(STEP, queries.actors, ACTORS)
hears(STEP, queries.proposer_of_step, OF_STEP, voice="proposer")
hears(STEP, queries.supervisors_of, SUPERVISORS, voice="supervisors")
hears(STEP, queries.supporters_of_step, BACKERS, voice="supporters")
is_watched(PROPOSAL, queries.in_charge)
is_watched(STEP, queries.in_charge_of_steps)
