"""Which accounts stand behind persons, posts, capabilities, organisations and oversight."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from mulin.kernel.readers import Heard
from mulin.people.figures import today_in
from mulin.people.models import Organisation, Oversight, Person, PostKind, Term
from mulin.territory.models import Community
from mulin.territory.queries import UPWARDS


def accounts_of_persons(community_id: UUID, person_ids: Collection[UUID | None]) -> set[UUID]:
    """Name the accounts of persons, where they have one."""
    rows = Person.objects.filter(community=community_id, pk__in=[key for key in person_ids if key])
    return set(rows.exclude(account=None).values_list("account_id", flat=True))


def accounts_in(model: Any, *fields: str) -> Callable[[Heard], set[UUID]]:
    """Make a function that names the accounts of the persons in these fields of the row that a line is about."""

    def who(line: Heard) -> set[UUID]:
        row = model.objects.filter(pk=line.noun_id, community=line.community).values_list(*fields).get()
        return accounts_of_persons(line.community, row)

    return who


def accounts_that_hold(community_id: UUID, post_id: UUID) -> set[UUID]:
    """Name the accounts of those who hold a post today."""
    return _accounts(_held(community_id).filter(post=post_id))


def accounts_that_can(community_id: UUID, capability: str) -> set[UUID]:
    """Name the accounts of those whose post gives a capability today."""
    kinds = PostKind.objects.filter(community=community_id)
    able = [kind.pk for kind in kinds if capability in kind.capabilities]
    return _accounts(_held(community_id).filter(post__kind__in=able))


def accounts_that_oversee(community_id: UUID) -> set[UUID]:
    """Name the accounts that oversee a division above the community today."""
    community = _community(community_id)
    today = today_in(community)
    rows = Oversight.objects.filter(division__in=community.divisions_above, starts_on__lte=today, ends_on__gt=today)
    return set(rows.values_list("account_id", flat=True))


def accounts_of_organisation(community_id: UUID, organisation_id: UUID) -> set[UUID]:
    """Name the accounts of an organisation's contact and of those who hold a post of it today."""
    one = Organisation.objects.filter(community=community_id, pk=organisation_id)
    holders = _accounts(_held(community_id).filter(post__organisation=organisation_id))
    return holders | accounts_of_persons(community_id, one.values_list("contact", flat=True))


def _community(community_id: UUID) -> Community:
    return Community.objects.select_related(UPWARDS).get(pk=community_id)


def _held(community_id: UUID) -> Any:
    # Its own row is needed for its time zone alone.
    return Term.objects.filter(community=community_id).current(today_in(Community.objects.get(pk=community_id)))


def _accounts(terms: Any) -> set[UUID]:
    return set(terms.exclude(person__account=None).values_list("person__account_id", flat=True))
