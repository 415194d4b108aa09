"""Who may do what with homes: those who keep the list, the people of a household, guardians, owners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.kernel.rules import is_here, rule
from mulin.people.figures import today_in

from .figures import CONSENT_AGE, FULL_AGE, is_under

if TYPE_CHECKING:
    from .models import Guardian, Household, Membership, Owned, Proxy

KEEP = "people.keep"


@rule(_("whoever keeps the list of persons"))
def keeps_people(viewer: Any, noun: Any) -> bool:
    return is_here(viewer, noun) and bool(viewer.can(KEEP))


def _is(viewer: Any, person_id: Any) -> bool:
    # Guests take no part; the clock and the system are no persons.
    return person_id is not None and getattr(viewer, "is_person", False) and viewer.person_id == person_id


@rule(_("an adult of the household"))
def is_adult_there(viewer: Any, noun: Any) -> bool:
    household = getattr(noun, "household", noun)
    return getattr(viewer, "is_person", False) and viewer.person_id in household.adults


@rule(_("an adult of the household, where no other adult of it has an account"))
def decides_alone(viewer: Any, household: Household) -> bool:
    there = household.adults.items()
    return is_adult_there(viewer, household) and not any(one for key, one in there if key != viewer.person_id)


@rule(_("the person themself"))
def is_oneself(viewer: Any, membership: Membership) -> bool:
    return _is(viewer, membership.person_id)


@rule(_("an adult of the household, for someone without an account"))
def speaks_for(viewer: Any, membership: Membership) -> bool:
    if membership.person.account_id is not None:
        return False
    return is_adult_there(viewer, membership) or _is_ward_of(viewer, membership.person)


def _is_ward_of(viewer: Any, person: Any) -> bool:
    return getattr(viewer, "is_person", False) and viewer.person_id in person_guardians(person)


def person_guardians(person: Any) -> set[Any]:
    """Return who agreed to be the guardian of a child and is so today."""
    if not is_under(person.born_on, FULL_AGE, today_in(person.community)):
        return set()
    held = person.guardians.filter(community_id=person.community_id, state="held")
    return set(held.values_list("guardian_id", flat=True))


@rule(_("the consent of a guardian, for a child under 14"))
def may_be_listed(viewer: Any, membership: Membership) -> bool:
    if membership.person_id is None:
        return True  # a form that is still empty; asked again when it is known who it is
    person = membership.person
    young = is_under(person.born_on, CONSENT_AGE, today_in(membership.community))
    return not young or bool(person_guardians(person))


@rule(_("a person whose date of birth is known and who is under 18"))
def is_minor(viewer: Any, guardian: Guardian) -> bool:
    return is_under(guardian.child.born_on, FULL_AGE, today_in(guardian.community))


@rule(_("the guardian"))
def is_guardian(viewer: Any, guardian: Guardian) -> bool:
    return _is(viewer, guardian.guardian_id)


@rule(_("whoever keeps the list of persons, or another guardian of the child; nobody for themself"))
def names_another(viewer: Any, guardian: Guardian) -> bool:
    # The person who is named agrees, and another one named them: nobody takes a child upon themself alone.
    if guardian.guardian_id is not None and _is(viewer, guardian.guardian_id):
        return False
    return keeps_people(viewer, guardian) or (guardian.child_id is not None and _is_ward_of(viewer, guardian.child))


@rule(_("the owner"))
def is_owner(viewer: Any, owned: Owned) -> bool:
    return _is(viewer, owned.person_id)


@rule(_("the person who holds the proxy"))
def is_holder(viewer: Any, proxy: Proxy) -> bool:
    return _is(viewer, proxy.holder_id)
