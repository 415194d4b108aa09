"""Who may do what with claims, memberships, registrations, talents and signs, and what must hold."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.kernel.rules import is_here, rule
from mulin.people.figures import today_in
from mulin.territory.queries import places

from .figures import ASK_NEXT, PLACED_KINDS, RENEW_WITHIN

if TYPE_CHECKING:
    from .models import Affiliation, Claim, Registration


def _is(viewer: Any, person_id: Any) -> bool:
    # Guests take no part; the clock and the system are no persons.
    return person_id is not None and getattr(viewer, "is_person", False) and viewer.person_id == person_id


def _may(viewer: Any, noun: Any, *capabilities: str) -> bool:
    return is_here(viewer, noun) and any(viewer.can(capability) for capability in capabilities)


def _is_soon(day: Any, noun: Any, days: timedelta) -> bool:
    return day is not None and day - today_in(noun.community) <= days


@rule(_("whoever keeps the register of persons"))
def keeps(viewer: Any, noun: Any) -> bool:
    return _may(viewer, noun, "people.keep")


@rule(_("a resident of this community"))
def is_resident(viewer: Any, noun: Any) -> bool:
    return is_here(viewer, noun) and bool(viewer.is_person)


@rule(_("oneself"))
def is_self(viewer: Any, noun: Any) -> bool:
    return is_here(viewer, noun) and _is(viewer, noun.person_id)


# ---- Claims ----


def leads_at(viewer: Any, claim: Claim) -> bool:
    """Tell whether the viewer leads the building or entrance that a claim is about."""
    led = {term.place_id for term in viewer.terms if "cases.lead" in term.capabilities}
    if not led or not claim.title:  # without a title it is only a draft: which place is not chosen yet
        return bool(led)
    place: Any = places(claim.community).by_id.get(claim.subject_id) if claim.subject_id else None
    return bool(led & {claim.subject_id, getattr(place, "building_id", None)})


@rule(_("the community, or the lead of this building or entrance"))
def may_offer(viewer: Any, claim: Claim) -> bool:
    return _may(viewer, claim, "people.keep", "places.draw") or (is_here(viewer, claim) and leads_at(viewer, claim))


@rule(_("who took it on"))
def is_holder(viewer: Any, claim: Claim) -> bool:
    return is_here(viewer, claim) and _is(viewer, claim.holder_id)


@rule(_("a neighbour who has no part in it yet"))
def may_join(viewer: Any, claim: Claim) -> bool:
    return is_resident(viewer, claim) and viewer.person_id not in claim.taking_part


@rule(_("who joined"))
def has_joined(viewer: Any, claim: Claim) -> bool:
    return is_resident(viewer, claim) and viewer.person_id in claim.persons


@rule(_("who offered it, or the community; nobody who did it"))
def may_judge(viewer: Any, claim: Claim) -> bool:
    if not is_here(viewer, claim) or (viewer.is_person and viewer.person_id in claim.had_part):
        return False
    return _is(viewer, claim.offered_by_id) or _may(viewer, claim, "people.keep", "places.draw")


@rule(_("the last days of a term, and nobody to follow"))
def can_go_on(viewer: Any, claim: Claim) -> bool:
    return _is_soon(claim.ends_on, claim, ASK_NEXT) and not claim.has_next


@rule(_("the last days of a term, and nobody to follow"))
def looks_for_next(viewer: Any, claim: Claim) -> bool:
    return claim.seeks_next and not claim.has_next


# ---- Memberships ----


@rule(_("the organisation's contact person"))
def is_contact(viewer: Any, noun: Any) -> bool:
    return bool(is_here(viewer, noun) and noun.organisation_id and _is(viewer, noun.organisation.contact_id))


@rule(_("the community, where it may read it"))
def may_approve(viewer: Any, affiliation: Affiliation) -> bool:
    # A branch of the Party is asked by its own contact person only.
    return affiliation.kind not in PLACED_KINDS and keeps(viewer, affiliation)


@rule(_("an organisation that was asked"))
def is_placed(viewer: Any, affiliation: Affiliation) -> bool:
    return affiliation.organisation_id is not None


@rule(_("somebody who has no branch yet"))
def is_not_placed(viewer: Any, affiliation: Affiliation) -> bool:
    return affiliation.organisation_id is None


# ---- Registrations, signs ----


@rule(_("the contact person of the organisation that registered them"))
def registered_them(viewer: Any, registration: Registration) -> bool:
    return is_contact(viewer, registration)


@rule(_("its last two months"))
def ends_soon(viewer: Any, noun: Any) -> bool:
    return _is_soon(noun.ends_on, noun, RENEW_WITHIN)
