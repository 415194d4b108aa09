"""The moves of a membership: said, confirmed, corrected, ended. The home of a person follows the main one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import Once, Turn, begin, moves, writing
from mulin.kernel.refusals import Refused
from mulin.kernel.turn import earlier
from mulin.people import actions as people
from mulin.people.figures import today_in
from mulin.people.models import Person
from mulin.territory.models import Community, Dwelling

from .. import queries
from ..figures import CONSENT_AGE, MOST_LISTED, MOST_SAID, How, Relation, is_under
from ..flow import MEMBERSHIP, OPEN, Member
from ..models import Household, Membership
from ..rules import KEEP, is_adult_there
from . import guardians, homes


def declare(
    *, by: Any, community: Community, dwelling: Dwelling, relation: str, is_second: bool = False,
    starts_on: date | None = None, person: Person | None = None, household: Household | None = None,
    once: Once | None = None,
) -> Membership:  # fmt: skip
    """Say that one lives behind a door; the household or the community confirms it."""
    people.belongs(community, dwelling, person, household)
    with writing(community.pk):
        if once and (found := earlier(Membership, community.pk, by, once)):
            return found
        who = person or Person.objects.filter(community=community, pk=by.person_id).first()
        if who is None:
            raise Refused("join_first", _("Join this community first: then you can say where you live."), 403)
        home = household or queries.formed_at(dwelling).first()
        home = home or homes.form(by=SYSTEM, community=community, dwelling=dwelling)
        draft = _draft(home, who, relation, is_second, starts_on)
        return begin(draft, by=by, verb="declare", once=once, prepare=_only_once if by is SYSTEM else _said_once)


def admit(
    *, by: Any, community: Community, household: Household, relation: str, name: str = "", phone: str = "",
    born_on: date | None = None, is_second: bool = False, starts_on: date | None = None, consent: str = "",
    guardian: Person | None = None, person: Person | None = None, once: Once | None = None,
) -> Membership:  # fmt: skip
    """Add someone to a household, a child under 14 with the consent of a guardian."""
    people.belongs(community, household, guardian, person)
    with writing(community.pk):
        if once and (found := earlier(Membership, community.pk, by, once)):
            return found
        household = Household.objects.select_related("community", "dwelling__entrance").get(
            community=community, pk=household.pk
        )  # fmt: skip
        may = MEMBERSHIP["admit"].who
        if not may(by, household):
            raise Refused("not_yours", _("Who can do this: %(who)s.") % {"who": may.label}, status=403)
        if by is not SYSTEM and not by.can(KEEP) and household.listed_lately >= MOST_LISTED:
            words = _("A household adds at most %(most)s people itself. Ask the community to add more.")
            raise Refused("too_many", words % {"most": MOST_LISTED})
        who = person or _someone(community, name, phone, born_on, by)
        if consent and is_under(who.born_on, CONSENT_AGE, today_in(community)):
            _agree(who, guardian, consent, by)
        draft = _draft(household, who, relation, is_second, starts_on)
        return begin(draft, by=by, verb="admit", once=once, prepare=_settle)


def _someone(community: Community, name: str, phone: str, born_on: date | None, by: Any) -> Person:
    # Only whoever keeps the list finds people by name and number: nobody else learns who is known here.
    known = queries.find_person(community, name, phone) if phone and by.can(KEEP) else None
    if known and born_on and not known.born_on:
        return people.correct(known, by=by, born_on=born_on)
    return known or people.add_person(by=SYSTEM, community=community, name=name, phone=phone, born_on=born_on)


def _agree(child: Person, guardian: Person | None, words: str, by: Any) -> None:
    keeps = by.can(KEEP)
    who = guardian if keeps else Person.objects.get(community=child.community_id, pk=by.person_id)
    if who is None:
        raise Refused("guardian_needed", _("Say which adult is the guardian of this child."), 422)
    how = How.HERE if who.pk == by.person_id else How.PAPER
    # A resident agrees for a child that they enter just now; whoever keeps the list names others only.
    named = guardians.name(by=by if keeps else SYSTEM, community=child.community, child=child, guardian=who)
    guardians.consent(named, by=by, words=words, how=how)


def _draft(home: Household, who: Person, relation: str, is_second: bool, starts_on: date | None) -> Membership:
    since = starts_on or today_in(home.community)
    return Membership(
        community=home.community, household=home, person=who, relation=Relation(relation), is_main=not is_second,
        starts_on=since,
    )  # fmt: skip


def _only_once(turn: Turn, membership: Membership) -> None:
    here = Membership.objects.filter(community=membership.community_id, person=membership.person_id, state__in=OPEN)
    if here.filter(household=membership.household_id).exists():
        raise Refused("lives_there", _("This person is in the household already, or waits to be confirmed."))


def _said_once(turn: Turn, membership: Membership) -> None:
    _only_once(turn, membership)
    said = Membership.objects.filter(community=membership.community_id, person=membership.person_id)
    if said.filter(state=Member.DECLARED).count() >= MOST_SAID:
        words = _("You said so of %(most)s homes that are not confirmed yet. Wait for an answer, or take one back.")
        raise Refused("too_many", words % {"most": MOST_SAID})


def _settle(turn: Turn, membership: Membership) -> None:
    _only_once(turn, membership)
    _move_in(membership)


def _move_in(membership: Membership) -> None:
    """Make this the only main home, if it is one, and let the person's place follow."""
    if not membership.is_main:
        return
    others = Membership.objects.filter(
        community=membership.community_id, person=membership.person_id, state=Member.MEMBER, is_main=True
    )
    for other in others.exclude(pk=membership.pk):
        # Whoever moves has one main home: the one before becomes a second one until they leave it.
        correct(other, by=SYSTEM, relation=other.relation, is_second=True)
    entrance = membership.household.dwelling.entrance
    if entrance and membership.person.entrance_id != entrance.pk:
        membership.person = people.move_home(membership.person, by=SYSTEM, entrance=entrance)


@moves(MEMBERSHIP)
def confirm(membership: Membership, *, by: Any) -> None:
    """Say that somebody lives here, as they said."""
    _move_in(membership)


@moves(MEMBERSHIP)
def decline(membership: Membership, *, by: Any) -> None:
    """Say that somebody does not live here."""
    _until(membership, None)


@moves(MEMBERSHIP)
def correct(
    membership: Membership, *, by: Any, relation: str, is_second: bool = False, starts_on: date | None = None
) -> dict[str, Any]:
    """Set right how somebody belongs to a household, and whether it is their main home."""
    # A child whose day of birth nobody wrote down would make itself an adult of the household.
    if membership.grows_up_as(relation) and by.actor == f"person:{membership.person_id}" and not by.can(KEEP):
        raise Refused("not_yours", _("Who can do this: %(who)s.") % {"who": is_adult_there.label}, status=403)
    was_main = membership.is_main
    membership.relation, membership.is_main = Relation(relation), not is_second
    membership.starts_on = starts_on or membership.starts_on
    if membership.state == Member.MEMBER and membership.is_main and not was_main:
        _move_in(membership)
    return {"is_main": membership.is_main}


@moves(MEMBERSHIP)
def leave(membership: Membership, *, by: Any, ends_on: date | None = None) -> None:
    """Note that somebody lives here no more."""
    _until(membership, ends_on)


@moves(MEMBERSHIP)
def lapse(membership: Membership, *, by: Any) -> None:
    """Drop what was said and confirmed by nobody for sixty days."""
    _until(membership, None)


def _until(membership: Membership, ends_on: date | None) -> None:
    membership.ends_on = max(membership.starts_on, ends_on or today_in(membership.community))
