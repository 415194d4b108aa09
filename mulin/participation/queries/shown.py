"""What people show of themselves: one's own things, a neighbour's page, signs at doors, talents on offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from mulin.kernel.viewer import Viewer
from mulin.people.models import Person
from mulin.territory.models import Community

from ..flow import (
    HELD_CLAIMS,
    OPEN_AFFILIATIONS,
    AffiliationState,
    ClaimState,
    RegistrationState,
    SignState,
    TalentState,
)
from ..models import Affiliation, Claim, Registration, Sign, Talent
from ..models.shown import TalentQuerySet


@dataclass(frozen=True)
class Mine:
    """What a person took on and offers."""

    claims: list[Claim]
    memberships: list[Affiliation]
    registration: Registration | None
    talents: list[Talent]
    signs: list[Sign]


def mine(viewer: Viewer, community: Community) -> Mine:
    """List what the viewer took on and offers here, leaving out what is over."""
    if not viewer.is_person:
        return Mine([], [], None, [], [])
    claims = Claim.objects.visible_to(viewer).filter(community=community, state__in=(*HELD_CLAIMS, ClaimState.DONE))
    own = {"community": community, "person": viewer.person_id}
    memberships = Affiliation.objects.visible_to(viewer).filter(**own, state__in=OPEN_AFFILIATIONS)
    registrations = Registration.objects.visible_to(viewer).filter(**own).exclude(state=RegistrationState.ENDED)
    talents_ = Talent.objects.visible_to(viewer).filter(**own).exclude(state=TalentState.WITHDRAWN)
    signs = Sign.objects.visible_to(viewer).filter(**own, state=SignState.SHOWN)
    return Mine(
        list(claims.concerning(viewer).for_list().order_by("ends_on", "pk")),
        list(memberships.for_list().order_by("starts_on")),
        registrations.for_list().first(),
        list(talents_.for_list().order_by("title")),
        list(signs.for_list().order_by("kind")),
    )


def talents(viewer: Viewer, community: Community, *, kind: str = "", words: str = "") -> TalentQuerySet:
    """Find talents that are on offer to the viewer."""
    rows: TalentQuerySet = Talent.objects.visible_to(viewer).filter(community=community, state=TalentState.OFFERED)
    if kind:
        rows = rows.filter(kind=kind)
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(words__icontains=words))
    return rows.for_list()


def neighbour(viewer: Viewer, community: Community, person_id: UUID) -> dict[str, Any] | None:
    """Say what a neighbour shows of themselves; None where it is nothing."""
    about = {"community": community, "person": person_id}
    signs = list(Sign.objects.visible_to(viewer).filter(**about, state=SignState.SHOWN, on_page=True).for_list())
    offered = list(talents(viewer, community).filter(person=person_id).order_by("title"))
    kept = Claim.objects.visible_to(viewer).filter(community=community, holder=person_id, state__in=HELD_CLAIMS)
    keeps = list(kept.for_list().order_by("title")) if viewer.is_person else []
    if not (signs or offered or keeps):
        return None
    person = Person.objects.get(community=community, pk=person_id)
    # Only what they show is told; in which branch somebody is, is not among it.
    return {"name": person.name, "signs": signs, "talents": offered, "keeps": keeps}


def signs_at(viewer: Viewer, entrance_ids: Iterable[UUID]) -> dict[UUID, list[Sign]]:
    """Say which signs hang at these doors: each kind once, without names and without counts."""
    hung: dict[UUID, dict[str, Sign]] = defaultdict(dict)
    rows = Sign.objects.visible_to(viewer).filter(state=SignState.SHOWN, entrance__in=list(entrance_ids))
    for sign in rows.order_by("kind", "-scope"):
        hung[sign.entrance_id].setdefault(sign.kind, sign)
    return {key: list(kinds.values()) for key, kinds in hung.items()}


def unplaced(viewer: Viewer, community: Community) -> list[Affiliation]:
    """List those who look for a branch and asked the community for it."""
    rows = Affiliation.objects.visible_to(viewer).filter(community=community, organisation=None)
    return list(rows.filter(state=AffiliationState.DECLARED).for_list().order_by("created_at"))
