"""The supervisors' objection, which stops a step, and its answer by somebody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mulin.kernel.engine import moves
from mulin.people.figures import today_in

from ..flow import STEP
from ..models import Step
from .way import say


@moves(STEP)
def object_to(step: Step, *, by: Any, words: str) -> None:
    """Object with reasons: the step stands still until somebody else has answered, and everyone reads both."""
    step.objector_id, step.objected_on = by.person_id, today_in(step.community)
    step.objections += 1
    say(step.proposal, "object_to", words, str(step.supervisor), step)


@moves(STEP)
def answer(step: Step, *, by: Any, words: str) -> None:
    """Answer what was objected; the step goes on, and the days that it stood still are added."""
    if step.ends_on:
        step.ends_on += timedelta(days=step.stopped_days)
    voice = "desk" if by.can("cases.desk") else step.who
    say(step.proposal, "answer", words, voice, step)


@moves(STEP)
def ask_answer(step: Step, *, by: Any) -> None:
    """Tell those who can answer an objection once more."""


@moves(STEP)
def remind(step: Step, *, by: Any) -> None:
    """Tell those whose turn it is once more."""
