"""Which services a community offers to other programs, and what each asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from mulin.cases.models import Category
from mulin.cases.queries import leaves
from mulin.territory.models import Community
from mulin.territory.queries import community_by_slug

from ..models import Question, Service


@dataclass(frozen=True)
class Offer:
    """A category as other programs see it."""

    category: Category
    is_batch: bool = False
    asks: bool = False


def communities() -> list[Community]:
    """List the communities of this installation by their address."""
    return list(Community.objects.order_by("slug"))


def jurisdiction(asked: str) -> Community | None:
    """Find the community that a jurisdiction_id means; with only one here it means that one, whatever it says."""
    several = list(Community.objects.order_by("slug")[:2])
    if len(several) < 2:
        return several[0] if several else None
    return community_by_slug(asked) if len(asked) <= 40 else None


def is_alone() -> bool:
    """Tell whether this installation serves one community."""
    return Community.objects.count() == 1


def offers(community: Any) -> list[Offer]:
    """List what is offered; a household's own affairs never are. Two statements."""
    services = {row.category_id: row for row in Service.objects.filter(community=community)}
    asking = set(Question.objects.filter(community=community, is_active=True).values_list("category_id", flat=True))
    return [
        Offer(category, getattr(services.get(category.pk), "is_batch", False), category.pk in asking)
        for category in leaves(community.pk)
        if not category.is_household and getattr(services.get(category.pk), "is_offered", True)
    ]


def offer(community: Any, code: str) -> Offer | None:
    """Find one offered service by its code."""
    return next((one for one in offers(community) if one.category.key == code), None)


def questions(community: Any, category: UUID) -> list[Question]:
    """List what a category asks, in order."""
    rows = Question.objects.filter(community=community, category=category, is_active=True)
    return list(rows.order_by("place", "code"))


def settings_of(community: Any) -> list[tuple[Category, Service | None, int]]:
    """List every category that could be offered, how it is, and how much it asks; for the desk."""
    services = {row.category_id: row for row in Service.objects.filter(community=community)}
    asked: dict[UUID, int] = {}
    for key in Question.objects.filter(community=community, is_active=True).values_list("category_id", flat=True):
        asked[key] = asked.get(key, 0) + 1
    kinds = [row for row in leaves(community.pk) if not row.is_household]
    return [(row, services.get(row.pk), asked.get(row.pk, 0)) for row in kinds]
