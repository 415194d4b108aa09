"""What follows when a measure was taken, or not agreed to: the recommendation has its answer."""

from __future__ import annotations

from mulin.kernel.clock import SYSTEM
from mulin.kernel.readers import Heard, reads

from . import actions
from .flow import FindingState
from .models import Finding


@reads("people.organisation", "warn", "suspend", "dissolve")
def measure_taken(line: Heard) -> None:
    """Note that a recommended measure was taken, whether on the finding's page or on the organisation's."""
    rows = Finding.objects.filter(community=line.community, organisation=line.noun_id, measure=line.verb)
    for finding in rows.filter(state__in=(FindingState.OPEN, FindingState.ASKED)):
        actions.taken(finding, by=SYSTEM)


@reads("people.organisation", "dissolve.declined", "dissolve.expired")
def not_agreed(line: Heard) -> None:
    """Let a recommendation wait again when the second person did not agree."""
    rows = Finding.objects.filter(community=line.community, organisation=line.noun_id, state=FindingState.ASKED)
    for finding in rows:
        actions.put_back(finding, by=SYSTEM)


@reads("people.term", "end", "resign", "expire")
def term_ended(line: Heard) -> None:
    """Note that a term ended, as was recommended."""
    rows = Finding.objects.filter(community=line.community, term=line.noun_id, measure="end")
    for finding in rows.filter(state=FindingState.OPEN):
        actions.taken(finding, by=SYSTEM)
