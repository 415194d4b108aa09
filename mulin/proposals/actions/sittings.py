"""A sitting in which a body hears several pitches, one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mulin.bodies.models import Body
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import change, moves, writing
from mulin.kernel.refusals import Refused
from mulin.people.actions import belongs
from mulin.territory.models import Community

from ..flow import RUNNING, STEP
from ..models import Proposal, Sitting, Step
from ..rules import is_desk


@moves(STEP)
def take_turn(
    step: Step, *, by: Any, sitting: Sitting | None = None, turn: int | None = None, minutes: int | None = None
) -> None:  # fmt: skip
    """Put a pitch into a sitting, with its turn and its minutes."""
    step.sitting, step.turn, step.minutes = sitting, turn, minutes


def arrange(
    *, by: Any, community: Community, body: Body, held_on: date, where: str, steps: Iterable[Step], words: str = "",
    minutes: int = 10,
) -> Sitting:  # fmt: skip
    """Call a body together for several pitches, in the order in which they are named."""
    chosen = list(steps)
    belongs(community, body, *chosen)
    if not is_desk(by, Proposal(community=community)):
        raise Refused("not_yours", _("Who can do this: %(who)s.") % {"who": is_desk.label}, 403)
    with writing(community.pk):
        if Sitting.objects.filter(community=community, body=body, held_on=held_on).exists():
            raise Refused("sitting_there", _("This body sits on that day already. Choose another day."))
        sitting = Sitting.objects.create(
            community=community, body=body, held_on=held_on, where=where.strip(), words=words.strip()
        )  # fmt: skip
        for turn, step in enumerate(chosen, 1):
            row = Step.objects.get(community=community, pk=step.pk)
            if row.kind != "meet" or row.body_id != body.pk or row.state not in RUNNING or row.sitting_id:
                raise Refused("pitch", _("Only a meeting of this body that is on can be pitched here."), 422)
            take_turn(row, by=SYSTEM, sitting=sitting, turn=turn, minutes=minutes)
        change(sitting, by=by, kind="proposals.sitting", verb="arrange", details={"pitches": len(chosen)})
    return sitting
