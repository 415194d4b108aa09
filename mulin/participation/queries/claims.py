"""Claims and the places they are about: who keeps what, and where a viewer may look for someone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import Viewer
from mulin.people.figures import today_in
from mulin.people.models import Organisation
from mulin.territory.models import Community, Spot
from mulin.territory.queries import places

from ..figures import ANY_PLACES
from ..flow import HELD_CLAIMS, ClaimState
from ..models import Claim
from ..models.claim import ClaimQuerySet, place_model


def place(community: Community, kind: str, key: UUID) -> Any:
    """Find a place by its kind and id."""
    found = place_model(kind).objects.filter(community=community, pk=key).first() if kind in ANY_PLACES else None
    if found is None:
        raise Refused("no_place", _("There is no such place here. Choose one from the list."), 422)
    return found


def place_choices(community: Community, only: set[UUID] | None = None) -> list[tuple[Any, list[tuple[str, str]]]]:
    """List the places of a community for a choice, grouped by kind; `only`: no others than these."""
    known = places(community)
    rows: dict[str, Iterable[Any]] = {
        "grid": known.grids, "building": known.buildings, "entrance": known.entrances,
        "spot": Spot.objects.filter(community=community).order_by("name"),
    }  # fmt: skip
    groups = []
    for kind, label in ANY_PLACES.items():
        kept = [row for row in rows[kind] if only is None or {row.pk, getattr(row, "building_id", None)} & only]
        if kept:
            groups.append((label, [(f"{kind}:{row.pk}", str(row)) for row in kept]))
    return groups


def may_offer_anywhere(viewer: Viewer) -> bool:
    """Tell whether a viewer may look for someone in the whole community."""
    return viewer.can("people.keep") or viewer.can("places.draw")


def led_places(viewer: Viewer) -> set[UUID]:
    """Return the buildings and entrances that a viewer leads."""
    return {term.place_id for term in viewer.terms if "cases.lead" in term.capabilities and term.place_id}


def contact_of(viewer: Viewer) -> QuerySet[Organisation]:
    """List the organisations for which a viewer speaks."""
    if not getattr(viewer, "is_person", False):
        return Organisation.objects.none()
    rows = Organisation.objects.visible_to(viewer).living()
    kept: QuerySet[Organisation] = rows.filter(contact=viewer.person_id).order_by("name")
    return kept


def keepers_of(viewer: Viewer, community: Community, place_ids: Iterable[UUID]) -> dict[UUID, list[Claim]]:
    """Say who keeps each of these places, with the stand-in and the next one; two statements for all of them."""
    kept: dict[UUID, list[Claim]] = defaultdict(list)
    rows = Claim.objects.visible_to(viewer).filter(community=community, subject_id__in=list(place_ids))
    for claim in rows.keepers().filter(state__in=HELD_CLAIMS).for_list().order_by("title"):
        kept[claim.subject_id].append(claim)
    return dict(kept)


def ending(community: Community, within: timedelta) -> ClaimQuerySet:
    """List what is kept and ends within some days."""
    rows: ClaimQuerySet = Claim.objects.filter(community=community, state=ClaimState.KEPT)
    return rows.filter(ends_on__lte=today_in(community) + within)


def watched(viewer: Viewer, community: Community) -> ClaimQuerySet:
    """List what whoever looks for people should look at: lapsed, said to be done, or ending soon; soonest first."""
    rows: ClaimQuerySet = Claim.objects.visible_to(viewer).filter(community=community)
    soon = ending(community, timedelta(days=30)).values("pk")
    late = Q(state__in=(ClaimState.LAPSED, ClaimState.DONE)) | Q(pk__in=soon)
    if not may_offer_anywhere(viewer):
        late &= Q(offered_by=viewer.person_id)
    return rows.filter(late).order_by(F("due_at").asc(nulls_first=True), "pk")


def found(viewer: Viewer, community: Community, *, tab: str = "", words: str = "") -> ClaimQuerySet:
    """Narrow the claims that a viewer may see to one part of the list and to words."""
    rows: ClaimQuerySet = Claim.objects.visible_to(viewer).filter(community=community)
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(subject_name__icontains=words) | Q(duties__icontains=words))
    if tab == "mine":
        return rows.concerning(viewer)
    if tab == "kept":
        return rows.filter(state__in=HELD_CLAIMS)
    if tab == "done":
        return rows.filter(state__in=(ClaimState.DONE, ClaimState.CONFIRMED))
    if tab == "watch":
        return rows.filter(pk__in=watched(viewer, community).values("pk"))
    return rows.seeking().keepers() if tab == "places" else rows.seeking()
