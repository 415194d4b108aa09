"""The life of a case, from "the lamp is out" to "it is solved": the whole table of moves and its clocks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock, the_system

from . import rules as r


class State(TextChoices):
    """Where a case stands, in the order of a good life."""

    REPORTED = "reported", _("Reported")
    ASSIGNED = "assigned", _("Assigned")
    IN_HAND = "in_hand", _("In hand")
    WAITING = "waiting", _("Waiting")
    SOLVED = "solved", _("Solved, not confirmed yet")
    CLOSED = "closed", _("Closed")
    MERGED = "merged", _("Merged")
    REFUSED = "refused", _("Not taken on")
    WITHDRAWN = "withdrawn", _("Withdrawn")


NEW = (State.REPORTED, State.ASSIGNED)
WORKING = (*NEW, State.IN_HAND)
OPEN = (*WORKING, State.WAITING)
TOP = r.TOP
SHOWN = (*OPEN, State.SOLVED)
ENDED = (State.CLOSED, State.MERGED, State.REFUSED, State.WITHDRAWN)

MOVES = (
    # the reporter
    Move("report", None, (State.ASSIGNED, State.REPORTED), r.may_report, _("Report")),
    Move("reply", State.WAITING, State.IN_HAND, r.is_reporter, _("Answer the question"), needs=r.was_asked,
         main=True),
    Move("confirm", State.SOLVED, State.CLOSED, r.is_reporter | r.calls_back, _("Yes, it is fixed"),
         needs=r.is_not_solver, main=True),
    Move("reopen", (State.SOLVED, State.CLOSED), (State.ASSIGNED, State.REPORTED), r.is_reporter | r.calls_back,
         _("It is not fixed"), needs=r.is_recent),
    Move("withdraw", OPEN, State.WITHDRAWN, r.is_reporter, _("Withdraw")),
    # those in charge
    Move("accept", NEW, State.IN_HAND, r.in_charge, _("Take it on"), main=True),
    Move("assign", WORKING, State.ASSIGNED, r.is_desk | r.is_above, _("Assign")),
    Move("solve", (State.IN_HAND, State.WAITING), State.SOLVED, r.takes_part, _("Solved"), main=True),
    Move("ask", State.IN_HAND, State.WAITING, r.takes_part, _("Ask the reporter")),
    Move("wait", State.IN_HAND, State.WAITING, r.takes_part, _("Wait until a day")),
    Move("resume", State.WAITING, State.IN_HAND, r.takes_part | the_clock, _("Go on"), main=True),
    Move("pass_up", WORKING, State.REPORTED, r.holds_post | r.is_desk, _("Pass up"), needs=r.has_level_above),
    Move("correct", SHOWN, SHOWN, r.in_charge, _("Correct category or place")),
    Move("merge", OPEN, State.MERGED, r.in_charge, _("Merge with another")),
    Move("refuse", WORKING, State.REFUSED, r.in_charge, _("Do not take it on"), second=r.is_desk | r.is_above),
    Move("note", (*SHOWN, *ENDED), None, r.takes_part | r.is_reporter | the_system, _("Write a note"), public=False),
    Move("summarise", (*SHOWN, *ENDED), None, r.is_desk, _("Write a summary for the public"), needs=r.is_publishable),
    # neighbours
    Move("me_too", OPEN, None, r.may_say_me_too, _("Me too, keep me posted"), public=False),
    Move("join", OPEN, None, r.may_join, _("Join in"), public=False),
    Move("lead", OPEN, (State.IN_HAND, State.WAITING), r.may_lead, _("Lead it")),
    Move("leave", OPEN, None, r.has_joined, _("Leave"), public=False),
    # time and the system
    Move("escalate", OPEN, None, the_clock, _("Goes up, time ran out"), needs=r.has_level_above),
    Move("gather", OPEN, None, the_system, _("Another report was joined to it"), public=False),
    Move("tell", State.SOLVED, None, the_system, _("The reporter was told"), public=False),
    Move("expire", State.SOLVED, State.CLOSED, the_clock, _("Closed without an answer"), needs=r.reporter_was_told),
)  # fmt: skip


def _accept(case: Any) -> Span:
    """30 working minutes, unless the category says otherwise."""
    return Span(timedelta(minutes=case.category.accept_minutes))


def _solve(case: Any) -> Span:
    """Five working days, unless the category says otherwise."""
    return Span(case.category.solve_days * case.community.working_day)


def awaits_reporter(case: Any) -> bool:
    """While the reporter is asked, nobody is late."""
    return bool(case.state == State.WAITING and case.waits_for == "reporter")


def _can_go_up(case: Any) -> bool:
    return bool(case.level < TOP)


def _silence(case: Any) -> Span | None:
    """14 days from when the reporter was told, unless the category says otherwise; nights and holidays count."""
    return Span(timedelta(days=case.category.silence_days), working=False) if case.told_at else None


def _wake(case: Any) -> Span | None:
    """Until the day that was named; for an answer 14 days, unless the category says otherwise. All hours count."""
    if case.waits_for == "date" and case.waits_until:
        return Span(case.waits_until - case.waits_since, working=False)
    return Span(timedelta(days=case.category.silence_days), working=False) if case.waits_for else None


CASE = Flow(
    "mulin.cases",
    _("case"),
    State,
    MOVES,
    limits=(
        Limit(
            name="accept", states=NEW, span=_accept, then="escalate", label=_("to take it on"),
            restarts=("escalate", "pass_up", "assign"), respans=("correct",), rings=_can_go_up,
        ),
        Limit(
            name="solve", states=OPEN, span=_solve, then="escalate", label=_("to solve it"),
            pauses=awaits_reporter, restarts=("reopen",), respans=("correct",), rings=_can_go_up, again=True,
        ),
        Limit(name="wake", states=(State.WAITING,), span=_wake, then="resume", label=_("to go on")),
        Limit(name="silence", states=(State.SOLVED,), span=_silence, then="expire", label=_("to confirm")),
    ),
    public=lambda case: case.is_public,
)  # fmt: skip
