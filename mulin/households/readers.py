"""What follows when somebody moves away: they live in no household here any more."""

from __future__ import annotations

from mulin.kernel.clock import SYSTEM
from mulin.kernel.readers import Heard, reads

from . import actions
from .flow import OPEN
from .models import Membership


@reads("people.person", "move_away")
def someone_left(line: Heard) -> None:
    """End every membership of somebody who moved away; the guardians of their children stay until others are named."""
    for membership in Membership.objects.filter(community=line.community, person=line.noun_id, state__in=OPEN):
        actions.leave(membership, by=SYSTEM)
