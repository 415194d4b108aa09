"""The moves of one unit's turnout: called, reported in or refused, done, appraised by both sides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mulin.kernel.clock import ALWAYS, now
from mulin.kernel.clocks import entries
from mulin.kernel.engine import begin, moves
from mulin.kernel.refs import Ref
from mulin.people.models import Organisation
from mulin.uploads.actions import keep

from .. import queries, rules
from ..flow import TURNOUT, CallUpState, TurnoutState
from ..models import CallUp, Turnout


def plan(*, by: Any, callup: CallUp, organisation: Organisation) -> Turnout:
    """Note that a unit is called, or shall be once somebody signs."""
    is_called = callup.state == CallUpState.CALLED
    draft = Turnout(
        community=callup.community, callup=callup, organisation=organisation,
        state=TurnoutState.CALLED if is_called else TurnoutState.PLANNED, called_at=now() if is_called else None,
    )  # fmt: skip
    return begin(draft, by=by, verb="plan")


@moves(TURNOUT)
def call(turnout: Turnout, *, by: Any) -> None:
    """Call the unit: its time to report in runs from now."""
    turnout.called_at = now()


@moves(TURNOUT)
def report_in(
    turnout: Turnout, *, by: Any, people: int | None = None, came: str = "", code: str = ""
) -> dict[str, Any]:
    """Report in: so many came, and who; the code at the place shows that they are on the spot."""
    turnout.is_on_spot = bool(code) and queries.is_at(turnout.callup, code)
    turnout.is_by_phone = not rules.is_unit(by, turnout)
    turnout.reported_at, turnout.people, turnout.came = now(), people or 1, came.strip()
    turnout.came_in_time = turnout.reported_at <= _report_due(turnout)
    return {"people": turnout.people, "on_spot": turnout.is_on_spot}


def _report_due(turnout: Turnout) -> datetime:
    span = TURNOUT.limit("report").span(turnout)
    calendar = turnout.calendar if span and span.working else ALWAYS
    return calendar.add(turnout.called_at or now(), span.amount) if span else now()


@moves(TURNOUT)
def refuse(turnout: Turnout, *, by: Any, reason: str) -> None:
    """Say that the unit cannot come, and why; who called insists or lets it go."""
    turnout.refusal = reason.strip()


@moves(TURNOUT)
def lapse(turnout: Turnout, *, by: Any) -> None:
    """Show that the unit did not report in in time; it still can."""
    turnout.came_in_time = False


@moves(TURNOUT)
def finish(turnout: Turnout, *, by: Any, outcome: str, photos: Any = ()) -> dict[str, Any]:
    """Say what was done, with photos; who called appraises it."""
    turnout.outcome, turnout.done_at = outcome.strip(), now()
    due = entries(turnout).get("finish", {}).get("due")
    turnout.done_in_time = due is None or turnout.done_at <= datetime.fromisoformat(due)
    keep(photos, Ref.of(turnout), "done", by)
    return {"photos": len(photos)}


@moves(TURNOUT)
def overrun(turnout: Turnout, *, by: Any) -> None:
    """Show that the unit is not done in time; it goes on."""


@moves(TURNOUT)
def appraise(turnout: Turnout, *, by: Any, rating: int, words: str = "") -> dict[str, Any]:
    """Say how well the unit did it."""
    turnout.rating, turnout.rating_words = rating, words.strip()
    return {"rating": rating}


@moves(TURNOUT)
def send_back(turnout: Turnout, *, by: Any, reason: str) -> dict[str, Any]:
    """Say what is still missing; the unit's time to finish starts anew."""
    return {"reason": reason.strip()}


@moves(TURNOUT)
def settle(turnout: Turnout, *, by: Any) -> None:
    """Count it as done when nobody appraised it in time; there is no rating then."""


@moves(TURNOUT)
def excuse(turnout: Turnout, *, by: Any) -> None:
    """Let the unit's part go: it need not come."""


@moves(TURNOUT)
def insist(turnout: Turnout, *, by: Any, words: str) -> None:
    """Call the unit once more and say why it is needed; its time to report in starts anew."""
    turnout.insisted, turnout.called_at, turnout.came_in_time = words.strip(), now(), None


@moves(TURNOUT)
def let_go(turnout: Turnout, *, by: Any) -> None:
    """Let the unit's part go when nobody answered its refusal in time."""


@moves(TURNOUT)
def rate(turnout: Turnout, *, by: Any, rating: int, words: str = "") -> dict[str, Any]:
    """Say as the reporter how well the unit did it."""
    turnout.resident_rating, turnout.resident_words = rating, words.strip()
    return {"rating": rating}


@moves(TURNOUT)
def judge(turnout: Turnout, *, by: Any, was_right: bool, was_clear: bool, was_needed: bool, words: str = "") -> None:
    """Say as the unit whether the call was for it, clear, and needed."""
    turnout.was_right, turnout.was_clear, turnout.was_needed = was_right, was_clear, was_needed
    turnout.judged_words = words.strip()


@moves(TURNOUT)
def forget(turnout: Turnout, *, by: Any) -> None:
    """Drop the names of those who came, a year later."""
    turnout.came = ""


@moves(TURNOUT)
def stop(turnout: Turnout, *, by: Any) -> None:
    """End the unit's part together with the call-up."""
