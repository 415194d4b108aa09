"""Sums by month, grid or category, and the definitions that make rates of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Sum

from mulin.territory.models import Community

from ..figures import KEYS, Counts, Rate, pack
from ..flow import State
from ..models import COUNTED, Definition, Exclusion, Mark, Tally

_COLUMNS = {"month": "month", "grid": "grid_id", "category": "category_id"}


def counts(community: Community, first: date, last: date, by: str, **only: Any) -> dict[Any, Counts]:
    """Add up a community's months from the first to the last, by month, grid or category; one statement."""
    rows = Tally.objects.filter(community=community, month__range=(first, last), **only).order_by()
    sums = {name: Sum(name) for name in (*COUNTED, "left_out")}
    return {key: Counts(*found) for key, *found in rows.values_list(_COLUMNS[by]).annotate(**sums)}


def definitions(community: Community) -> list[Definition]:
    """Return how each rate is counted today: as the community published it, else as it is shipped."""
    own = {row.key: row for row in Definition.objects.filter(community=community, ends_on=None)}
    shipped = pack()
    return [own.get(key) or _shipped(community, shipped[key]) for key in KEYS]


def _shipped(community: Community, wording: Any) -> Definition:
    return Definition(
        community=community, key=wording.key, version=1, part=wording.part, whole=wording.whole, zh=wording.zh,
        en=wording.en, source=wording.source,
    )  # fmt: skip


def versions(community: Community) -> list[Definition]:
    """List what counted before, the latest first."""
    return list(Definition.objects.filter(community=community, ends_on__isnull=False).order_by("key", "-version"))


def rate(definition: Definition, found: Counts) -> Rate:
    """Make a rate of sums, as its definition says."""
    return Rate(getattr(found, definition.part), getattr(found, definition.whole))


def left_out(community: Community, first: datetime, last: datetime) -> dict[str, int]:
    """Count the cases reported between the two that are left out, by ground."""
    rows = Exclusion.objects.filter(community=community, state=State.LEFT_OUT, case__happened_at__range=(first, last))
    return dict(rows.order_by().values_list("ground").annotate(Count("id")))


def counted_at(community: Community) -> datetime | None:
    """Return when it was last counted."""
    return Mark.objects.filter(community=community).values_list("counted_at", flat=True).first()
