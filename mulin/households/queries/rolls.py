"""The roll of owners on a day, and how much of a dwelling is free."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from mulin.territory.models import Building, Community, Dwelling

from ..figures import OwnersRow, Share, free
from ..models import Ownership, Proxy


def free_share(dwelling: Dwelling, day: date, *, without: UUID | None = None) -> Share:
    """Say how much of a dwelling has no owner from a day on; below nothing when there is too much."""
    # Who owns it on any day from then on counts, so that no day has more owners than dwelling.
    rows = Ownership.objects.filter(community_id=dwelling.community_id, dwelling=dwelling)
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day)).exclude(pk=without)
    return free(rows.values_list("numerator", "denominator"))


def owners_roll(community: Community, day: date, *, building: Building | None = None) -> list[OwnersRow]:
    """List who owns what on a day, with areas and shares in whole numbers and who speaks for whom.

    One row for each ownership, in the order of buildings, doors and owners: the same for the same day whenever asked,
    as long as nobody sets an entry right.
    """
    rows = Ownership.objects.filter(community=community, starts_on__lte=day)
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    if building:
        rows = rows.filter(dwelling__building=building)
    spoken = _proxies(community, day)
    listed = rows.select_related("person", "organisation", "dwelling__building", "dwelling__entrance__building")
    return [_row(ownership, day, spoken) for ownership in sorted(listed, key=_place)]


def _place(ownership: Ownership) -> tuple[Any, ...]:
    dwelling = ownership.dwelling
    building, entrance = dwelling.building, dwelling.entrance.name if dwelling.entrance else ""
    number = building.number if building.number is not None else 100_000
    floor = dwelling.floor if dwelling.floor is not None else 0
    door = (number, building.name, len(entrance), entrance, floor, len(dwelling.name), dwelling.name, dwelling.pk)
    return *door, ownership.starts_on, ownership.pk


def _proxies(community: Community, day: date) -> dict[Any, Proxy]:
    rows = Proxy.objects.filter(community=community, starts_on__lte=day, ends_on__gt=day)
    return {proxy.ownership_id or proxy.owner_key: proxy for proxy in rows.order_by("created_at", "pk")}


def _row(ownership: Ownership, day: date, spoken: dict[Any, Proxy]) -> OwnersRow:
    dwelling = ownership.dwelling
    kind, owner = ownership.owner_key
    # What was said for this one dwelling goes before what was said for all of them.
    proxy = spoken.get(ownership.pk) or spoken.get(ownership.owner_key)
    return OwnersRow(
        dwelling=dwelling.pk, building=dwelling.building.name, door=str(dwelling), area=dwelling.area,
        ownership=ownership.pk, owner_kind=kind, owner=owner, owner_name=str(ownership.owner),
        numerator=ownership.numerator, denominator=ownership.denominator,
        delivered=ownership.delivered_on is not None and ownership.delivered_on <= day,
        proxy=proxy.pk if proxy else None, representative=proxy.holder_id if proxy else None,
    )  # fmt: skip
