"""The department's answer, the deputy's word on it, and what became of a promise."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.engine import moves
from mulin.kernel.refusals import Refused
from mulin.people.figures import today_in

from .. import rules
from ..figures import AGAIN_MONTHS, HARD_MONTHS, LONGEST_PROMISE, NOT_SATISFIED, PLANNED, ROUNDS, months_later
from ..flow import SUGGESTION, State
from ..models import Answer, Suggestion
from .bringing import say


def _voice(suggestion: Suggestion, by: Any) -> UUID | None:
    """Say for which department somebody speaks; none: the desk does."""
    if rules.speaks(by, suggestion):
        return suggestion.department_id
    units = suggestion.units_of(by)
    return next((each.organisation_id for each in suggestion.partners if each.organisation_id in units), None)


@moves(SUGGESTION)
def report_on(suggestion: Suggestion, *, by: Any, words: str) -> None:
    """Say how far it is, for everyone."""
    say(suggestion, "report_on", words, _voice(suggestion, by))


@moves(SUGGESTION)
def extend(suggestion: Suggestion, *, by: Any, reason: str) -> dict[str, Any]:
    """Take six months instead of three, for a reason that everyone can read; the desk has to agree."""
    if suggestion.handed_on is not None:
        suggestion.answer_by = months_later(suggestion.handed_on, HARD_MONTHS)
    suggestion.extended_at = now()
    say(suggestion, "extend", reason, _voice(suggestion, by))
    return {"until": str(suggestion.answer_by)}


@moves(SUGGESTION)
def overrun(suggestion: Suggestion, *, by: Any) -> None:
    """Show everyone that it was not answered in time."""


@moves(SUGGESTION)
def answer(
    suggestion: Suggestion, *, by: Any, text: str, klass: str, signed: str, promised_on: date | None = None
) -> dict[str, Any]:
    """Answer it: in words, in one of three classes, and by which day where it is planned."""
    today = today_in(suggestion.community)
    promised = promised_on if klass == PLANNED else None
    if klass == PLANNED and not (promised and today < promised <= months_later(today, 12 * LONGEST_PROMISE)):
        words = _("Where it is planned, say by which day: one to come, within %(years)s years.")
        raise Refused("promise", words % {"years": LONGEST_PROMISE}, 422)
    department, by_answer = suggestion.department, suggestion.answer_by
    in_time = by_answer is None or today <= by_answer
    suggestion.answered_at, suggestion.klass, suggestion.promised_on = now(), klass, promised
    suggestion.judgement, suggestion.in_time = None, in_time if suggestion.in_time is None else suggestion.in_time
    Answer.objects.create(
        community_id=suggestion.community_id, suggestion=suggestion, number=suggestion.round, department=department,
        text=text.strip(), klass=klass, promised_on=promised, signed=signed.strip(), answered_at=now(),
        in_time=in_time, by_desk=not rules.speaks(by, suggestion),
    )  # fmt: skip
    return {"class": klass}


@moves(SUGGESTION)
def judge(suggestion: Suggestion, *, by: Any, judgement: int, words: str = "") -> dict[str, Any]:
    """Say whether the answer satisfies; one that does not is taken up once more."""
    rows = Answer.objects.filter(
        community=suggestion.community_id, suggestion=suggestion.pk, number=suggestion.round
    )  # fmt: skip
    for row in rows:
        row.judgement, row.judged_words, row.judged_at = judgement, words.strip(), now()
        row.save()
    suggestion.judgement = judgement
    if judgement == NOT_SATISFIED and suggestion.round < ROUNDS:
        _once_more(suggestion)
    else:
        _finish(suggestion)
    return {"judgement": judgement}


def _once_more(suggestion: Suggestion) -> None:
    suggestion.round += 1
    suggestion.answer_by = months_later(today_in(suggestion.community), AGAIN_MONTHS)
    suggestion.klass, suggestion.answered_at, suggestion.promised_on = "", None, None
    suggestion.state = State.IN_HAND


def _finish(suggestion: Suggestion) -> None:
    suggestion.state = State.PROMISED if suggestion.klass == PLANNED else State.CLOSED


@moves(SUGGESTION)
def settle(suggestion: Suggestion, *, by: Any) -> None:
    """Go on without the deputy's word."""
    _finish(suggestion)


@moves(SUGGESTION)
def ask_kept(suggestion: Suggestion, *, by: Any) -> None:
    """Ask the department whether it kept what it promised."""


@moves(SUGGESTION)
def fulfil(suggestion: Suggestion, *, by: Any, words: str) -> None:
    """Say that the promise is kept, and how."""
    suggestion.kept = True
    say(suggestion, "fulfil", words, _voice(suggestion, by))


@moves(SUGGESTION)
def admit(suggestion: Suggestion, *, by: Any, reason: str) -> None:
    """Say that the promise cannot be kept, and why."""
    suggestion.kept = False
    say(suggestion, "admit", reason, _voice(suggestion, by))


@moves(SUGGESTION)
def lapse(suggestion: Suggestion, *, by: Any) -> None:
    """Count a promise as not kept, since nobody said otherwise."""
    suggestion.kept = False
