"""Memberships: what is registered, how many belong where, who is placed; and registrations."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from mulin.kernel.viewer import Viewer
from mulin.people.figures import ORGANISATION_KINDS
from mulin.people.models import Organisation, Person, PostKind
from mulin.territory.models import Community
from mulin.web.counts import few

from .. import figures
from ..figures import GROUP_KINDS, PLACED_KINDS, Branch
from ..flow import OPEN_AFFILIATIONS, AffiliationState, RegistrationState
from ..models import Affiliation, Registration
from ..models.member import AffiliationQuerySet


def kind_label(kind: str) -> str:
    """Name a kind of organisation."""
    return str(ORGANISATION_KINDS.get(kind, kind))


def organisations(community: Community) -> Any:
    """List the registered organisations that somebody can belong to."""
    return Organisation.objects.living().filter(community=community).order_by("kind", "name")


def post_kinds(community: Community) -> QuerySet[PostKind]:
    """List the kinds of posts of a community."""
    return PostKind.objects.filter(community=community).order_by("name_zh")


def organisation_tree(community: Community) -> list[Branch]:
    """List the organisations as a tree with counts of members down the tree, none of them small."""
    rows = list(organisations(community))
    # Counted whole and shown only in figures that hide what is small.
    counts = Affiliation.objects.active().filter(community=community).values("organisation").annotate(n=Count("pk"))
    own = {row["organisation"]: row["n"] for row in counts}
    return figures.tree(rows, own)


def groups(community: Community, words: str = "") -> list[Branch]:
    """List the groups that neighbours founded, with counts."""
    rows = organisations(community).filter(kind__in=GROUP_KINDS).select_related("contact", "founder")
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(about__icontains=words))
    keys = [row.pk for row in rows]
    counts = Affiliation.objects.active().filter(community=community, organisation__in=keys)
    own = {row["organisation"]: row["n"] for row in counts.values("organisation").annotate(n=Count("pk"))}
    return [Branch(row, own=own.get(row.pk, 0), count=few(own.get(row.pk, 0))) for row in rows]


def coverage_of(community: Community, kind: str = PLACED_KINDS[0]) -> dict[str, str]:
    """Say how many of those who call themselves members are placed in a branch, without small numbers."""
    said = Affiliation.objects.filter(community=community, kind=kind, state__in=OPEN_AFFILIATIONS)
    placed = Count("person", distinct=True, filter=Q(state=AffiliationState.ACTIVE))
    counted = said.aggregate(said=Count("person", distinct=True), placed=placed)
    return figures.coverage(counted["said"], counted["placed"])


def registered_count(community: Community) -> str:
    """Say how many are registered as volunteers."""
    return few(Registration.objects.filter(community=community, state=RegistrationState.ACTIVE).count())


def members_of(viewer: Viewer, organisation: Organisation) -> AffiliationQuerySet:
    """List the members of an organisation whom the viewer may read, those who wait for an answer first."""
    rows: AffiliationQuerySet = Affiliation.objects.visible_to(viewer).filter(organisation=organisation)
    return rows.filter(state__in=OPEN_AFFILIATIONS).for_list().order_by("-state", "person__name", "pk")


def registrable(viewer: Viewer, organisation: Organisation) -> QuerySet[Person]:
    """List the members of an organisation who are not registered as volunteers yet."""
    members = members_of(viewer, organisation).active().values("person")
    open_ones = Registration.objects.filter(community=organisation.community_id).exclude(state=RegistrationState.ENDED)
    rows: QuerySet[Person] = Person.objects.filter(community=organisation.community_id, pk__in=members)
    return rows.exclude(pk__in=open_ones.values("person")).order_by("name")
