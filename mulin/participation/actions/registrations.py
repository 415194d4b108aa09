"""The moves of a registration: a volunteer registers with the community, or is registered by their organisation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.engine import Once, begin, moves, writing
from mulin.kernel.refusals import Refused
from mulin.people.figures import today_in
from mulin.people.models import Organisation, Person
from mulin.territory.models import Community

from ..figures import LASTS
from ..flow import REGISTRATION, RegistrationState
from ..models import Affiliation, Registration

Keys = Iterable[str]


def register(
    *, by: Any, community: Community, areas: Keys = (), post_kinds: Keys = (), words: str = "",
    person: Person | None = None, organisation: Organisation | None = None, once: Once | None = None,
) -> Registration:  # fmt: skip
    """Register as a volunteer for a year, or have one's organisation do it, which waits for the person's yes."""
    by_another = person is not None and person.pk != by.person_id
    draft = Registration(
        community=community, person_id=person.pk if person else by.person_id, organisation=organisation,
        areas=list(areas), post_kinds=list(post_kinds), words=words.strip(), ends_on=today_in(community) + LASTS,
        state=RegistrationState.REGISTERED if by_another else RegistrationState.ACTIVE,
    )  # fmt: skip
    return begin(draft, by=by, verb="register", once=once, prepare=_only_once)


def _only_once(turn: Any, registration: Registration) -> None:
    same = Registration.objects.filter(community_id=registration.community_id, person_id=registration.person_id)
    if same.exclude(state=RegistrationState.ENDED).exists():
        raise Refused("registered_already", _("The registration is there already. It can be changed."))


def register_members(organisation: Organisation, *, by: Any, persons: Iterable[Person]) -> list[Registration]:
    """Register members of an organisation as volunteers; each of them is asked for a yes."""
    community, chosen = organisation.community, list(persons)
    members = Affiliation.objects.active().filter(community=community, organisation=organisation)
    known = set(members.values_list("person_id", flat=True))
    if any(person.pk not in known for person in chosen):
        raise Refused("no_member", _("Choose members of your organisation."), 422)
    there = Registration.objects.filter(community=community, person__in=chosen).exclude(state=RegistrationState.ENDED)
    already = set(there.values_list("person_id", flat=True))
    with writing(community.pk):
        return [
            register(by=by, community=community, person=person, organisation=organisation)
            for person in chosen
            if person.pk not in already
        ]


@moves(REGISTRATION)
def accept(registration: Registration, *, by: Any) -> None:
    """Say yes to what one's organisation proposed."""
    registration.ends_on = today_in(registration.community) + LASTS


@moves(REGISTRATION)
def change_wishes(
    registration: Registration, *, by: Any, areas: Keys = (), post_kinds: Keys = (), words: str = ""
) -> None:
    """Change what one would like to do."""
    registration.areas, registration.post_kinds, registration.words = list(areas), list(post_kinds), words.strip()


@moves(REGISTRATION)
def extend(registration: Registration, *, by: Any) -> None:
    """Stay registered for another year."""
    registration.ends_on += LASTS


@moves(REGISTRATION)
def deregister(registration: Registration, *, by: Any) -> None:
    """End the registration, without giving a reason."""


@moves(REGISTRATION)
def expire(registration: Registration, *, by: Any) -> None:
    """End a registration on its last day, or one to which the person did not say yes."""
