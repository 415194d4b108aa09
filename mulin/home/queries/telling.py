"""What a viewer reported, who they can turn to, and where the log stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from mulin.cases.flow import OPEN
from mulin.cases.models import Case
from mulin.journal import log as journal_log
from mulin.journal import signing
from mulin.journal.models import Head, SignedHead
from mulin.people.figures import today_in
from mulin.people.models import Person, Term
from mulin.territory.models import Community

SHOWN = 6


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
