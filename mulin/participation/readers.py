"""What follows when somebody moves away or an organisation ends: nothing of theirs stays open."""

from __future__ import annotations

from mulin.kernel.clock import SYSTEM
from mulin.kernel.readers import Heard, reads

from . import actions
from .flow import HELD_CLAIMS, OPEN_AFFILIATIONS, RegistrationState, SignState, TalentState
from .models import Affiliation, Claim, Registration, Sign, Talent


@reads("people.person", "move_away")
def someone_left(line: Heard) -> None:
    """End what somebody took on and showed here, once they moved away."""
    about = {"community": line.community, "person": line.noun_id}
    for claim in Claim.objects.filter(community=line.community, holder=line.noun_id, state__in=HELD_CLAIMS):
        actions.hand_back(claim, by=SYSTEM)
    actions.take_out(line.community, line.noun_id, by=SYSTEM)
    for affiliation in Affiliation.objects.filter(**about, state__in=OPEN_AFFILIATIONS):
        actions.quit(affiliation, by=SYSTEM)
    for registration in Registration.objects.filter(**about).exclude(state=RegistrationState.ENDED):
        actions.deregister(registration, by=SYSTEM)
    for talent in Talent.objects.filter(**about).exclude(state=TalentState.WITHDRAWN):
        actions.unshare(talent, by=SYSTEM)
    for sign in Sign.objects.filter(**about, state=SignState.SHOWN):
        actions.take_down(sign, by=SYSTEM)


@reads("people.organisation", "dissolve")
def organisation_ended(line: Heard) -> None:
    """Release the members of an organisation that ended; who needs a branch is looked after."""
    rows = Affiliation.objects.filter(community=line.community, organisation=line.noun_id, state__in=OPEN_AFFILIATIONS)
    for affiliation in rows:
        actions.unplace(affiliation, by=SYSTEM)
