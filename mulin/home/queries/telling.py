"""What waits for a viewer, and where the log stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mulin.cases.flow import OPEN
from mulin.cases.models import Case
from mulin.journal import log as journal_log
from mulin.journal import signing
from mulin.journal.models import Head, SignedHead
from mulin.people.figures import today_in
from mulin.people.models import Oversight, Person, PostKind, Term
from mulin.territory.models import Community

from ..models import Notification

SHOWN = 6


def notifications(viewer: Any) -> QuerySet[Notification]:
    """Return the viewer's notifications in this community, the newest first."""
    return Notification.objects.filter(community=viewer.community_id, account=viewer.account_id).order_by("-at", "-id")


def communities(most: int = 200) -> list[Community]:
    """List the communities of this installation by name, with how many matters stand open in each."""
    opened = Case.objects.filter(community=OuterRef("pk"), state__in=OPEN).order_by().values("community")
    count = Coalesce(Subquery(opened.annotate(n=Count("id")).values("n")), 0)
    return list(Community.objects.annotate(open=count).order_by("name")[:most])


def own_cases(community: Any, viewer: Any, most: int = 30) -> list[Case]:
    """List what the viewer reported, the newest first."""
    if not viewer.account_id:
        return []
    return Case.objects.filter(community=community, reporter_account=viewer.account_id).newest(most)


def where_the_log_stands(community_id: UUID) -> dict[str, Any]:
    """Return the log's size and root, the key that signs, and the newest signed heads."""
    head = Head.objects.get(key=community_id)
    signed = SignedHead.objects.filter(community=community_id).order_by("-size")[:5]
    return {
        "size": head.size,
        "root": journal_log.root(head).hex(),
        "public_key": signing.public_key().hex(),
        "signed": [(row, bytes(row.root).hex()) for row in signed],
    }


def unread_count(viewer: Any) -> int:
    """Count the unread ones, up to 100."""
    if viewer.community_id is None or viewer.account_id is None:
        return 0
    return len(notifications(viewer).filter(read_at=None).order_by().values_list("pk", flat=True)[:100])


def accounts_that_hold(community: Any, post_id: UUID) -> set[UUID]:
    """Name the accounts of those who hold a post today."""
    return _accounts(_held(community).filter(post=post_id))


def accounts_that_can(community: Any, capability: str) -> set[UUID]:
    """Name the accounts of those whose post gives a capability today."""
    kinds = PostKind.objects.filter(community=community)
    able = [kind.pk for kind in kinds if capability in kind.capabilities]
    return _accounts(_held(community).filter(post__kind__in=able))


def accounts_of_persons(community: Any, persons: set[UUID]) -> set[UUID]:
    """Name the accounts of persons, where they have one."""
    rows = Person.objects.filter(community=community, pk__in=persons).exclude(account=None)
    return set(rows.values_list("account_id", flat=True))


def accounts_that_oversee(community: Any) -> set[UUID]:
    """Name the accounts that oversee a division above the community today."""
    today = today_in(community)
    rows = Oversight.objects.filter(division__in=community.divisions_above, starts_on__lte=today, ends_on__gt=today)
    return set(rows.values_list("account_id", flat=True))


def home_of(community: Any, viewer: Any) -> Person | None:
    """Find who the viewer is here, with the entrance they live at."""
    if not viewer.person_id:
        return None
    persons = Person.objects.filter(community=community, pk=viewer.person_id)
    return persons.select_related("entrance__building").first()


def reachable(community: Any, home: Person | None) -> list[Term]:
    """List who can be turned to: holders of the community's own posts, and of those at someone's home."""
    near = Q(post__place_kind="community")
    if home and home.entrance:
        building = home.entrance.building
        near |= Q(post__place_id__in=[key for key in (home.entrance_id, building.pk, building.grid_id) if key])
    terms = _held(community).filter(near).select_related("post__kind", "person").order_by("post__title", "person__name")
    able = [term for term in terms if {"cases.handle", "cases.lead"} & set(term.post.kind.capabilities)]
    return sorted(able, key=lambda term: term.post.place_kind == "community")[:SHOWN]


def _held(community: Any) -> Any:
    return Term.objects.filter(community=community).current(today_in(community))


def _accounts(terms: Any) -> set[UUID]:
    return set(terms.exclude(person__account=None).values_list("person__account_id", flat=True))
