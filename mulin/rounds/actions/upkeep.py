"""What is planned, done and corrected about maintenance."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.engine import Once, begin, moves
from mulin.kernel.refs import Ref
from mulin.kernel.refusals import Refused
from mulin.people.figures import today_in
from mulin.people.models import Organisation
from mulin.territory.models import Community, Spot
from mulin.uploads.actions import keep

from ..flow import UPKEEP, UpkeepState
from ..models import Service, Upkeep


def plan(
    *, by: Any, community: Community, spot: Spot, what: str, every_days: int, due_on: date,
    last_on: date | None = None, organisation: Organisation | None = None, is_inspection: bool = False,
    once: Once | None = None,
) -> Upkeep:  # fmt: skip
    """Plan what is done to a spot, how often, and when it is due next."""
    draft = Upkeep(
        community=community, spot=spot, what=what.strip(), every_days=every_days, due_on=due_on, last_on=last_on,
        organisation=organisation, is_inspection=is_inspection,
    )  # fmt: skip
    return begin(draft, by=by, verb="plan", once=once, prepare=lambda turn, upkeep: _must_be_alone(upkeep))


def _must_be_alone(upkeep: Upkeep) -> None:
    same = Upkeep.objects.filter(community_id=upkeep.community_id, spot=upkeep.spot_id, what=upkeep.what)
    if same.exclude(state=UpkeepState.ENDED).exclude(pk=upkeep.pk).exists():
        words = _("This is planned for this spot already: %(what)s.")
        raise Refused("planned_already", words % {"what": upkeep.what})


@moves(UPKEEP)
def record(
    upkeep: Upkeep, *, by: Any, done_on: date, next_on: date | None = None, note: str = "", photos: Any = ()
) -> dict[str, Any]:  # fmt: skip
    """Keep that it was done, and when it is due next; as usual where no day is named."""
    next_on = next_on or done_on + timedelta(days=upkeep.every_days)
    today = today_in(upkeep.community)
    if done_on > today:
        raise Refused(
            "not_yet", _("This day has not come yet. Write down what was done, not what will be."), status=422
        )
    if next_on <= max(done_on, today):
        raise Refused("next_is_past", _("Name a day after today on which it is due next."), status=422)
    upkeep.last_on, upkeep.due_on = max(done_on, upkeep.last_on or done_on), next_on
    row = Service(community_id=upkeep.community_id, upkeep=upkeep, done_on=done_on, note=note.strip(), next_on=next_on)
    row.save()
    keep(photos, Ref.of(row), "service", by)
    return {"done_on": str(done_on), "next_on": str(next_on)}


@moves(UPKEEP)
def correct(
    upkeep: Upkeep, *, by: Any, spot: Spot, what: str, every_days: int, due_on: date, last_on: date | None = None,
    organisation: Organisation | None = None, is_inspection: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Correct the plan; the log keeps what stood there."""
    before = {"what": upkeep.what, "due_on": str(upkeep.due_on)}
    upkeep.spot, upkeep.what, upkeep.every_days, upkeep.due_on = spot, what.strip(), every_days, due_on
    upkeep.organisation, upkeep.is_inspection, upkeep.last_on = organisation, is_inspection, last_on
    _must_be_alone(upkeep)
    late = due_on < today_in(upkeep.community)
    upkeep.state = UpkeepState.OVERDUE if late else UpkeepState.CURRENT
    return {"before": before}


@moves(UPKEEP)
def lapse(upkeep: Upkeep, *, by: Any) -> None:
    """Say that it was not done in time."""


@moves(UPKEEP)
def retire(upkeep: Upkeep, *, by: Any, reason: str) -> dict[str, Any]:
    """End the plan: the thing is gone, or somebody else looks after it."""
    return {"reason": reason.strip()}
