"""What goes over when two entries of one person are joined; where only one can be, the other gives way unseen."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from mulin.kernel.clock import SYSTEM
from mulin.people import actions as people
from mulin.people.models import Person

from ..flow import AffiliationState, RegistrationState
from ..models import Affiliation, Claim, ClaimParty, Registration, Sign, Talent
from . import members, registrations, shown


def carry_all() -> None:
    """Say which rows name persons."""
    people.carries(Claim, "offered_by")
    people.carries(Claim, "holder", gives=True)
    people.carries(ClaimParty, "person", gives_way=lambda party, rule: party.delete())
    people.carries(Affiliation, "person", strong=AffiliationState.ACTIVE, gives_way=_by(members.quit))
    people.carries(Registration, "person", strong=RegistrationState.ACTIVE, gives_way=_by(registrations.deregister))
    people.carries(Talent, "person", gives_way=_by(shown.unshare))
    people.carries(Sign, "person", gives_way=_by(shown.take_down))
    people.AFTERWARDS.append(_one_part)


def _by(end: Any) -> people.GivesWay:
    return lambda noun, rule: end(noun, by=SYSTEM)


def _one_part(gone: Person, stays: Person) -> None:
    """Leave nobody as a helper of what they hold themselves."""
    parties = ClaimParty.objects.filter(community=stays.community_id, person=stays)
    parties.filter(claim__holder=F("person")).delete()
