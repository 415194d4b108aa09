"""Purposes with what a viewer decided, and who agreed to one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from mulin.kernel.viewer import Viewer
from mulin.territory.models import Community

from ..models import Consent, Purpose


def purposes(viewer: Viewer, community: Community) -> list[Purpose]:
    """List for what data is used here, what rests on consent first."""
    rows = Purpose.objects.visible_to(viewer).filter(community=community)
    return sorted(rows, key=lambda purpose: (purpose.basis != "consent", purpose.key))


def own(viewer: Viewer, community: Community) -> dict[UUID, Consent]:
    """Give the viewer's consents that stand today, by purpose."""
    if viewer.person_id is None:
        return {}
    rows = Consent.objects.current(community).filter(person=viewer.person_id)
    return {consent.purpose_id: consent for consent in rows}


def decisions(viewer: Viewer, community: Community) -> list[dict[str, Any]]:
    """List the purposes, each with the viewer's consent if it stands."""
    mine = own(viewer, community)
    return [{"purpose": purpose, "consent": mine.get(purpose.pk)} for purpose in purposes(viewer, community)]


def agreed(community: Community, key: str, persons: Iterable[UUID]) -> set[UUID]:
    """Name those of these persons whose consent to a purpose stands today."""
    rows = Consent.objects.current(community).filter(purpose__key=key, person__in=list(persons))
    return set(rows.values_list("person_id", flat=True))
