"""The way of a proposal: its steps planned, opened one after the other, ended by what came of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from mulin.bodies.actions import use
from mulin.bodies.queries import in_force
from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import begin, moves, writing
from mulin.kernel.refusals import Refused
from mulin.notices.actions import take_down_for
from mulin.people.figures import today_in
from mulin.votes.flow import State as VoteState

from .. import queries
from ..figures import BODY, JUDGE, PUBLISH, VOTE, phases
from ..flow import PROPOSAL, RUNNING, STEP, Stand, State
from ..models import Proposal, Step, Word


def say(proposal: Proposal, verb: str, words: str, voice: str = "", step: Step | None = None) -> None:
    """Keep what was said with a move, for everyone to read."""
    if words.strip():
        Word.objects.create(
            community_id=proposal.community_id, proposal=proposal, step=step, verb=verb, words=words.strip(),
            voice=voice[:80], at=now(),
        )  # fmt: skip


def plan(*, by: Any, proposal: Proposal, number: int, phase: str, **told: Any) -> Step:
    """Plan one step of a proposal's way."""
    step = Step(community=proposal.community, proposal=proposal, number=number, phase=phase, **told)
    return begin(step, by=by, verb="plan")


def start(community_id: UUID, key: UUID) -> None:
    """Plan the steps of a proposal that may go its way, and open the first."""
    with writing(community_id):
        proposal = Proposal.objects.for_list().get(community=community_id, pk=key)
        planned = Step.objects.filter(community=community_id, proposal=key).exists()
        if proposal.state != State.UNDER_WAY or planned:
            return
        steps = proposal.steps
        for number, (step, phase) in enumerate(zip(steps, phases(steps), strict=True), 1):
            body = queries.body_for(proposal.community, step.body) if step.body else None
            plan(
                by=SYSTEM, proposal=proposal, number=number, phase=phase, kind=step.kind, zh=step.zh, en=step.en,
                actor=step.actor, days=step.days, evidence=list(step.evidence), rules=step.rules, body=body,
            )  # fmt: skip
        _open_next(proposal)


def _open_next(proposal: Proposal) -> None:
    rows = Step.objects.filter(community=proposal.community_id, proposal=proposal.pk)
    if rows.filter(state__in=RUNNING).exists():
        return
    proposal.__dict__.pop("open_step", None)
    if step := rows.filter(state=Stand.WAITING).for_list().order_by("number").first():
        open_up(step, by=SYSTEM)


@moves(STEP)
def open_up(step: Step, *, by: Any) -> None:
    """Open a step: from now on its days count, and who acts in it is told."""
    community = step.community
    today = today_in(community)
    step.opened_on, step.ends_on = today, today + timedelta(days=step.days) if step.days else None
    if step.actor.startswith(BODY):
        step.body = queries.body_for(community, step.actor.removeprefix(BODY))
    step.supervisor = queries.supervisor_for(community, step.body)
    ask_whom(step)


def ask_whom(step: Step) -> None:
    """Say whether a body may decide alone, by its mandate and the budget of this very moment."""
    if step.kind == VOTE and step.actor.startswith(BODY):
        step.body = queries.body_for(step.community, step.actor.removeprefix(BODY))
        step.why = queries.beyond(step.proposal, step.body) if step.body else queries.nobody_in_office()
        step.to_all = bool(step.why)


def advance(community_id: UUID, key: UUID) -> None:
    """Let a proposal follow a step that ended: the next one opens, or the proposal itself goes on or ends."""
    with writing(community_id):
        step = Step.objects.for_list().get(community=community_id, pk=key)
        proposal = step.proposal
        if step.state == Stand.FAILED and proposal.state in (State.UNDER_WAY, State.ADOPTED):
            be_rejected(proposal, by=SYSTEM)
            return
        if proposal.ended_at:
            return
        if step.number == proposal.last_vote and proposal.state == State.UNDER_WAY:
            be_adopted(proposal, by=SYSTEM)
        elif step.number == proposal.last_work and proposal.state == State.ADOPTED:
            be_carried_out(proposal, by=SYSTEM)
        elif step.kind == JUDGE and proposal.state == State.CARRIED_OUT:
            be_judged(proposal, by=SYSTEM)
        _open_next(proposal)


def catch_up(community_id: UUID, key: UUID) -> None:
    """End a step whose notice settled or whose vote is final; where it came to nothing, it is done again."""
    with writing(community_id):
        step = Step.objects.for_list().get(community=community_id, pk=key)
        if step.state != Stand.OPEN:
            return
        if step.kind == PUBLISH and step.notice:
            if step.notice.state in ("settled", "down"):
                be_met(step, by=SYSTEM)
            elif step.notice.state in ("withdrawn", "replaced"):
                again(step, by=SYSTEM)
        elif step.kind == VOTE and step.vote:
            if step.vote.state == VoteState.FINAL:
                made = be_met if step.vote.outcome == "adopted" else be_failed
                made(step, by=SYSTEM)
            elif step.vote.state in (VoteState.VOID, VoteState.CALLED_OFF):
                again(step, by=SYSTEM)


def _close(step: Step) -> None:
    step.closed_at = now()


@moves(STEP)
def be_met(step: Step, *, by: Any) -> None:
    """End a step whose notice settled, or whose vote was for it."""
    _close(step)


@moves(STEP)
def be_failed(step: Step, *, by: Any) -> None:
    """End a step whose vote was not for it."""
    _close(step)


@moves(STEP)
def pass_by(step: Step, *, by: Any) -> None:
    """End a step whose days are over; of a judgement, the marks are known from now on."""
    _close(step)
    if step.kind == JUDGE:
        step.result = {"marks": queries.marks_of(step)}


@moves(STEP)
def again(step: Step, *, by: Any) -> None:
    """Have it done again: the notice was withdrawn, or the vote is void."""
    step.notice, step.vote = None, None
    step.ends_on = today_in(step.community) + timedelta(days=step.days) if step.days else None


@moves(STEP)
def stop(step: Step, *, by: Any) -> None:
    """End a step whose proposal does not go on."""
    _close(step)
    if step.notice_id:
        take_down_for(step, by=SYSTEM)


def stop_open(proposal: Proposal) -> None:
    """Stop the step whose turn it is, since its proposal ends."""
    rows = Step.objects.filter(community=proposal.community_id, proposal=proposal.pk, state__in=RUNNING)
    for step in rows.for_list():
        stop(step, by=SYSTEM)


@moves(PROPOSAL)
def be_adopted(proposal: Proposal, *, by: Any) -> None:
    """Adopt it: all that had to be decided was decided for it."""
    proposal.decided_at = now()
    _note_use(proposal)


def _note_use(proposal: Proposal) -> None:
    # What a body decides alone counts against its mandate of the year.
    rows = Step.objects.filter(community=proposal.community_id, proposal=proposal.pk, kind=VOTE, to_all=False)
    step = rows.filter(body__isnull=False, state=Stand.MET).for_list().order_by("-number").first()
    if step is None or queries.decides_by_law(step.body):
        return
    for mandate in in_force(step.body):
        try:
            use(
                mandate, by=SYSTEM, matter=proposal.matter, what=proposal.title, amount_fen=proposal.sum_fen,
                ref=proposal.number,
            )  # fmt: skip
        except Refused:
            continue  # another of its mandates may hold it
        return


@moves(PROPOSAL)
def be_rejected(proposal: Proposal, *, by: Any) -> None:
    """End it: something that had to be decided was not decided for it."""
    proposal.decided_at = proposal.ended_at = now()


@moves(PROPOSAL)
def be_carried_out(proposal: Proposal, *, by: Any) -> None:
    """Note that it was carried out, and what it cost."""
    rows = Step.objects.filter(community=proposal.community_id, proposal=proposal.pk, kind="carry_out")
    costs = [step.result["cost_fen"] for step in rows if step.result.get("cost_fen") is not None]
    proposal.cost_fen = sum(costs) if costs else None


@moves(PROPOSAL)
def be_judged(proposal: Proposal, *, by: Any) -> None:
    """End its way: what everyone thinks of it is known."""
    proposal.ended_at = now()
