"""What comes: how much becomes due in the next days and how much of it is likely to be late; where reports heap up."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from mulin.cases.flow import OPEN
from mulin.cases.models import Case
from mulin.kernel.clock import now
from mulin.territory.models import Community

from ..figures import FORECAST_DAYS, LATELY
from ..models import Fact

PRIOR = 5  # a category that was rarely reported is judged mostly by all others
CELL = 0.0005  # degrees, some 50 metres
MOST_POINTS = 20_000
SPOTS = 10
FEWEST = 3  # reports in one place that make a hot spot


@dataclass(frozen=True)
class Coming:
    """One day: how many promises end then, and how many of them will be broken if all goes on as it did lately."""

    day: date
    due: int
    likely_late: int  # rounded


@dataclass(frozen=True)
class Spot:
    """A place where reports heaped up lately, told by the points that everyone may see."""

    lon: float
    lat: float
    count: int
    before: int  # in as many days before
    kind: UUID  # the category that was reported most


def coming(community: Community) -> tuple[int, list[Coming]]:
    """Return how many promises are broken already, and what the next seven days bring; two statements.

    The share that was late of each category in the last ninety days, drawn to the share of all, tells what is likely.
    """
    moment = now()
    until = moment + timedelta(days=FORECAST_DAYS)
    zone = community.zone_info
    today = moment.astimezone(zone).date()
    open_cases = Case.objects.filter(community=community, state__in=OPEN, due_at__lte=until)
    shares, everywhere = _late_shares(community, today)
    days: dict[date, list[float]] = defaultdict(list)
    late = 0
    for due_at, category in open_cases.values_list("due_at", "category_id"):
        if due_at < moment:
            late += 1
        else:
            days[due_at.astimezone(zone).date()].append(shares.get(category, everywhere))
    listed = [today + timedelta(days=each) for each in range(FORECAST_DAYS)]
    return late, [Coming(day, len(days[day]), round(sum(days[day]))) for day in listed]


def _late_shares(community: Community, today: date) -> tuple[dict[UUID, float], float]:
    since = (today - LATELY).replace(day=1)
    rows = Fact.objects.filter(community=community, month__gte=since, ended=True, is_left_out=False).order_by()
    found = list(rows.values_list("category_id").annotate(every=Count("id"), late=Count("id", filter=Q(on_time=False))))
    whole = sum(count for _category, count, _late in found)
    everywhere = sum(late for *_rest, late in found) / whole if whole else 0.0
    return {
        category: (late + PRIOR * everywhere) / (count + PRIOR) for category, count, late in found
    }, everywhere  # fmt: skip


def hot_spots(community: Community, days: int = 30) -> list[Spot]:
    """List the places with the most public reports of the last days, the most first; one statement."""
    moment = now()
    middle, start = moment - timedelta(days=days), moment - timedelta(days=2 * days)
    rows = Case.objects.filter(
        community=community, is_public=True, happened_at__gte=start, shown_lon__isnull=False, shown_lat__isnull=False
    ).exclude(state__in=("merged", "withdrawn", "refused"))
    wanted = rows.order_by("-happened_at").values_list("shown_lon", "shown_lat", "happened_at", "category_id")
    points: Any = wanted[:MOST_POINTS]
    cells: dict[tuple[int, int], list[tuple[float, float, UUID]]] = defaultdict(list)
    before: Counter[tuple[int, int]] = Counter()
    for lon, lat, at, category in points:
        cell = (round(lon / CELL), round(lat / CELL))
        if at >= middle:
            cells[cell].append((lon, lat, category))
        else:
            before[cell] += 1
    heaps = sorted(cells.items(), key=lambda each: (-len(each[1]), each[0]))[:SPOTS]
    return [_spot(found, before[cell]) for cell, found in heaps if len(found) >= FEWEST]


def _spot(found: list[tuple[float, float, UUID]], before: int) -> Spot:
    lon, lat = (sum(values) / len(found) for values in zip(*((x, y) for x, y, _kind in found), strict=True))
    kind = Counter(each[2] for each in found).most_common(1)[0][0]
    return Spot(lon, lat, len(found), before, kind)
