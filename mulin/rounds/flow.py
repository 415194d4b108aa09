"""The lives of a route, of each of its rounds, and of a maintenance plan."""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock, the_system
from mulin.people.figures import today_in, until

from . import rules as r
from .figures import A_LITTLE, DAY, MORNING, WARN


class RouteState(TextChoices):
    DRAWN = "drawn", pgettext_lazy("route", "Drawn")
    ACTIVE = "active", pgettext_lazy("route", "Walked")
    ENDED = "ended", pgettext_lazy("route", "Ended")


class RoundState(TextChoices):
    PLANNED = "planned", pgettext_lazy("round", "Ahead")
    DUE = "due", pgettext_lazy("round", "Due")
    WALKING = "walking", pgettext_lazy("round", "Under way")
    DONE = "done", pgettext_lazy("round", "Walked")
    MISSED = "missed", pgettext_lazy("round", "Missed")
    CALLED_OFF = "called_off", pgettext_lazy("round", "Called off")


class UpkeepState(TextChoices):
    CURRENT = "current", pgettext_lazy("maintenance", "In order")
    OVERDUE = "overdue", pgettext_lazy("maintenance", "Overdue")
    ENDED = "ended", pgettext_lazy("maintenance", "Ended")


LIVING = (RouteState.DRAWN, RouteState.ACTIVE)
AHEAD_OF_US = (RoundState.PLANNED, RoundState.DUE)
TO_WALK = (RoundState.DUE, RoundState.WALKING)
KEPT = (UpkeepState.CURRENT, UpkeepState.OVERDUE)


def _until_tomorrow(route: Any) -> Span:
    """Until five minutes into the next day: each day the rounds of one more day are planned."""
    return Span(until(today_in(route.community) + DAY, route.community) + A_LITTLE, working=False)


def _until_its_end(route: Any) -> Span:
    """Until the first day without it."""
    return Span(until(route.ends_on, route.community), working=False)


def _until_the_warning(route: Any) -> Span:
    """Until two weeks before it ends."""
    return Span(until(route.ends_on - WARN, route.community), working=False)


def _until_its_morning(round: Any) -> Span:
    """Until six in the morning of its day."""
    return Span(until(round.day, round.community, MORNING), working=False)


def _until_its_night(round: Any) -> Span:
    """Until its day is over."""
    return Span(until(round.day + DAY, round.community), working=False)


def _until_it_is_due(upkeep: Any) -> Span:
    """Until the end of the day on which it is due."""
    return Span(until(upkeep.due_on + DAY, upkeep.community), working=False)


def _is_current(upkeep: Any) -> bool:
    return bool(upkeep.state == UpkeepState.CURRENT)


R = RouteState
ROUTE = Flow(
    "mulin.rounds",
    _("Patrol route"),
    R,
    moves=(
        Move("draw", None, R.DRAWN, r.is_desk, _("Draw a route")),
        Move("activate", R.DRAWN, R.ACTIVE, r.is_desk, _("Let it be walked"), needs=r.has_stops, main=True),
        Move("amend", LIVING, None, r.is_desk, _("Change the route")),
        Move("add_stops", LIVING, None, r.is_desk, _("Add stops")),
        Move("shift_stop", LIVING, None, r.is_desk, _("Move a stop"), needs=r.has_stops),
        Move("take_out", LIVING, None, r.is_desk, _("Take a stop out"), needs=r.keeps_a_stop),
        Move("prolong", R.ACTIVE, None, r.is_desk, _("Prolong it")),
        Move("end", LIVING, R.ENDED, r.is_desk, _("End the route")),
        Move("plan_ahead", R.ACTIVE, None, the_clock, _("Plan the next rounds")),
        Move("warn", R.ACTIVE, None, the_clock, _("Tell that it ends soon")),
        Move("run_out", R.ACTIVE, R.ENDED, the_clock, _("It ends by itself")),
    ),
    limits=(
        Limit(name="ahead", states=(R.ACTIVE,), span=_until_tomorrow, then="plan_ahead", restarts=("plan_ahead",),
              label=_("the next rounds are planned")),
        Limit(name="warning", states=(R.ACTIVE,), span=_until_the_warning, then="warn", restarts=("prolong",),
              label=_("the desk hears that it ends")),
        Limit(name="term", states=(R.ACTIVE,), span=_until_its_end, then="run_out", restarts=("prolong",),
              label=_("the route ends")),
    ),
)  # fmt: skip

S = RoundState
ROUND = Flow(
    "mulin.rounds",
    _("Patrol round"),
    S,
    moves=(
        Move("schedule", None, S.PLANNED, the_system, _("Plan a round")),
        Move("fall_due", S.PLANNED, S.DUE, the_clock, _("Its day has come")),
        Move("set_out", S.DUE, S.WALKING, r.walks_it | r.is_desk, _("Set out"), main=True),
        Move("finish", S.WALKING, S.DONE, r.has_it | r.is_desk, _("Finish the round"), needs=r.is_answered, main=True),
        Move("call_off", (S.PLANNED, S.DUE, S.WALKING), S.CALLED_OFF, r.is_desk | the_system, _("Call it off")),
        Move("miss", TO_WALK, S.MISSED, the_clock, _("Its day is over")),
        Move("explain", S.MISSED, None, r.walks_it | r.is_desk, _("Say why it was missed"), needs=r.is_unexplained,
             main=True),
    ),
    limits=(
        Limit(name="morning", states=(S.PLANNED,), span=_until_its_morning, then="fall_due", label=_("it is due")),
        Limit(name="day", states=TO_WALK, span=_until_its_night, then="miss", label=_("it is walked")),
    ),
)  # fmt: skip

U = UpkeepState
UPKEEP = Flow(
    "mulin.rounds",
    _("Maintenance plan"),
    U,
    moves=(
        Move("plan", None, U.CURRENT, r.is_desk | the_system, _("Plan maintenance")),
        Move("record", KEPT, U.CURRENT, r.is_desk | r.handles | r.looks_after_it, _("It was done"), main=True),
        Move("correct", KEPT, KEPT, r.is_desk, _("Correct the plan")),
        Move("retire", KEPT, U.ENDED, r.is_desk, _("End the plan")),
        Move("lapse", KEPT, U.OVERDUE, the_clock, _("It is overdue")),
    ),
    limits=(
        Limit(name="due", states=KEPT, span=_until_it_is_due, then="lapse", restarts=("record", "correct"),
              rings=_is_current, label=_("it is done again")),
    ),
)  # fmt: skip
