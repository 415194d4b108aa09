"""The lives of a proposal and of its steps: one step open at a time, ended by its actor or by the clock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock, the_system
from mulin.people.figures import until

from . import rules as r
from .figures import ANSWER_DAYS, DRAFT_DAYS, RETURNED_DAYS, REVIEW_DAYS

PACKAGE = "mulin.proposals"


class State(TextChoices):
    DRAFT = "draft", pgettext_lazy("proposal", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("proposal", "To be reviewed")
    RETURNED = "returned", pgettext_lazy("proposal", "Returned")
    UNDER_WAY = "under_way", pgettext_lazy("proposal", "Under way")
    ADOPTED = "adopted", pgettext_lazy("proposal", "Adopted")
    REJECTED = "rejected", pgettext_lazy("proposal", "Not adopted")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "Withdrawn")
    MERGED = "merged", pgettext_lazy("proposal", "Merged")
    CARRIED_OUT = "carried_out", pgettext_lazy("proposal", "Carried out")
    JUDGED = "judged", pgettext_lazy("proposal", "Judged")


class Stand(TextChoices):
    WAITING = "waiting", pgettext_lazy("step", "Still to come")
    OPEN = "open", pgettext_lazy("step", "Now")
    OBJECTED = "objected", pgettext_lazy("step", "Stopped by an objection")
    MET = "met", pgettext_lazy("step", "Done")
    FAILED = "failed", pgettext_lazy("step", "Ended without it")


S, T = State, Stand
BEFORE_VOTE = (S.SUBMITTED, S.RETURNED, S.UNDER_WAY)
ON_ITS_WAY = (*BEFORE_VOTE, S.ADOPTED, S.CARRIED_OUT)
RUNNING = (T.OPEN, T.OBJECTED)


def _days(number: int) -> Span:
    return Span(timedelta(days=number), working=False)


def _through(noun: Any, day: date | None) -> Span | None:
    return None if day is None else Span(until(day + timedelta(days=1), noun.community), working=False)


def _draft(proposal: Any) -> Span:
    """Half a year after it was written or changed last; then a draft ends."""
    return _days(DRAFT_DAYS)


def _review(proposal: Any) -> Span:
    """Seven days; then the desk is told again, once a week."""
    return _days(REVIEW_DAYS)


def _returned(proposal: Any) -> Span:
    """Ninety days; then a proposal that did not go on is withdrawn."""
    return _days(RETURNED_DAYS)


def _last_day(step: Any) -> Span | None:
    """To the end of its last day, for steps that end by the clock; none for those that somebody ends."""
    return _through(step, step.ends_on) if step.ends_by_itself else None


def _wanted(step: Any) -> Span | None:
    """To the end of the day by which somebody was to end it; then they are told again every day."""
    if step.ends_by_itself or step.ends_on is None:
        return None
    return max(_through(step, step.ends_on) or _days(1), _days(1), key=lambda span: span.amount)


def _answer(step: Any) -> Span:
    """Seven days; then those who can answer are told again, and the step stays stopped."""
    return _days(ANSWER_DAYS)


PROPOSAL = Flow(
    PACKAGE,
    _("Proposal"),
    State,
    moves=(
        Move("pitch", None, S.DRAFT, r.takes_part, _("Propose something")),
        Move("amend", S.DRAFT, None, r.is_proposer, _("Write the rest"), public=False),
        Move("submit", S.DRAFT, S.SUBMITTED, r.is_proposer, pgettext_lazy("proposal", "Send it"), main=True),
        Move("review", S.SUBMITTED, (S.UNDER_WAY, S.RETURNED), r.reviews, _("Say whether it can be done"), main=True),
        Move("ask_review", S.SUBMITTED, None, the_clock, _("It still waits for the desk's word"), public=False),
        Move("go_on", S.RETURNED, S.UNDER_WAY, r.is_proposer, _("Go on all the same"), needs=r.has_supporters,
             main=True),
        Move("support", BEFORE_VOTE, None, r.takes_part, _("I support it"), needs=r.supports_not, main=True,
             public=False),
        Move("leave", BEFORE_VOTE, None, r.supports, _("I no longer support it"), public=False),
        Move("revise", (S.RETURNED, S.UNDER_WAY), None, r.is_proposer, _("Change plan and budget"),
             needs=r.is_still_discussed),
        Move("merge", BEFORE_VOTE, S.MERGED, r.is_desk, _("Merge it into another one"), needs=r.has_no_vote),
        Move("take_in", BEFORE_VOTE, None, the_system, _("Another one was merged into it")),
        Move("withdraw", (S.DRAFT, *BEFORE_VOTE), S.WITHDRAWN, r.is_proposer, pgettext_lazy("proposal", "Withdraw it"),
             needs=r.has_no_vote),
        Move("erase", (S.DRAFT, S.WITHDRAWN), S.WITHDRAWN, the_system, _("Who wrote it is no more"),
             needs=r.was_never_sent, public=False),
        Move("lose", (*BEFORE_VOTE, S.ADOPTED, S.REJECTED, S.WITHDRAWN, S.MERGED, S.CARRIED_OUT, S.JUDGED), None,
             the_system, _("Somebody who stood behind it is no more"), public=False),
        Move("lapse", (S.DRAFT, S.RETURNED), S.WITHDRAWN, the_clock, _("It was left alone")),
        Move("be_adopted", S.UNDER_WAY, S.ADOPTED, the_system, pgettext_lazy("proposal", "It was adopted")),
        Move("be_rejected", (S.UNDER_WAY, S.ADOPTED), S.REJECTED, the_system, _("It was not adopted")),
        Move("be_carried_out", S.ADOPTED, S.CARRIED_OUT, the_system, _("It was carried out")),
        Move("be_judged", S.CARRIED_OUT, S.JUDGED, the_system, _("Everyone's judgement is known")),
    ),
    limits=(
        Limit(name="draft", states=(S.DRAFT,), span=_draft, then="lapse", restarts=("amend",),
              label=_("the draft ends")),
        Limit(name="review", states=(S.SUBMITTED,), span=_review, then="ask_review", again=True,
              label=_("for the desk's word")),
        Limit(name="returned", states=(S.RETURNED,), span=_returned, then="lapse", label=_("to go on or to end it")),
    ),
    public=lambda proposal: proposal.submitted_at is not None,
)  # fmt: skip

STEP = Flow(
    PACKAGE,
    _("Step of a proposal"),
    Stand,
    moves=(
        Move("plan", None, T.WAITING, the_system, _("Planned")),
        Move("open_up", T.WAITING, T.OPEN, the_system, _("It is this step's turn"), needs=r.is_alone),
        Move("post", T.OPEN, None, r.acts | the_system, _("Publish it"), needs=r.is_to_be_posted, main=True),
        Move("call_vote", T.OPEN, None, r.prepares_votes, _("Announce the vote"), needs=r.waits_for_vote, main=True),
        Move("count_hands", T.OPEN, (T.MET, T.FAILED), r.acts, _("Enter a show of hands"), needs=r.is_by_hands,
             second=r.is_desk | r.is_officer, main=True),
        Move("entrust", T.OPEN, None, r.is_desk, _("Say who carries it out"), needs=r.is_work),
        Move("report_on", T.OPEN, None, r.acts, _("Say how far it is"), needs=r.is_entrusted),
        Move("conclude", T.OPEN, (T.MET, T.FAILED), r.concludes, _("End this step"), needs=r.can_be_ended, main=True),
        Move("rate", T.OPEN, None, r.judges, _("Say how it turned out"), needs=r.is_judged_now, main=True,
             public=False),
        Move("object_to", T.OPEN, T.OBJECTED, r.supervises, _("Object, and stop it")),
        Move("answer", T.OBJECTED, T.OPEN, r.answers, _("Answer the objection"), main=True),
        Move("ask_answer", T.OBJECTED, None, the_clock, _("The objection still waits for an answer"), public=False),
        Move("remind", T.OPEN, None, the_clock, _("Its day is over, and it waits"), public=False),
        Move("pass_by", T.OPEN, T.MET, the_clock, _("Its days are over")),
        Move("be_met", T.OPEN, T.MET, the_system, _("What it waited for has come")),
        Move("be_failed", T.OPEN, T.FAILED, the_system, _("It was decided otherwise")),
        Move("again", T.OPEN, None, the_system, _("It has to be done again")),
        Move("take_turn", RUNNING, None, the_system, _("It is pitched in a sitting")),
        Move("unname", (*RUNNING, T.MET, T.FAILED), None, the_system, _("Somebody named here is no more"),
             public=False),
        Move("stop", RUNNING, T.FAILED, the_system, _("The proposal does not go on")),
    ),
    limits=(
        Limit(name="days", states=(T.OPEN,), span=_last_day, then="pass_by", label=_("its last day")),
        Limit(name="wanted", states=(T.OPEN,), span=_wanted, then="remind", again=True, restarts=("entrust",),
              label=_("by when it should be done")),
        Limit(name="answer", states=(T.OBJECTED,), span=_answer, then="ask_answer", again=True,
              label=_("to answer the objection")),
    ),
    public=lambda step: True,
)  # fmt: skip
