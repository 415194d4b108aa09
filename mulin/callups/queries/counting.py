"""What call-ups came to: figures of each unit, twelve weeks, and what units think of the calls."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.timezone import localtime

from mulin.kernel.clock import now
from mulin.territory.models import Community
from mulin.web.counts import FEW

from ..figures import Told
from ..flow import CAME
from ..models import Turnout

YEAR, WEEKS = timedelta(days=365), 12


def _called(community: Community, only: frozenset[UUID] | None, days: timedelta = YEAR) -> QuerySet[Turnout]:
    rows: QuerySet[Turnout] = Turnout.objects.filter(community=community, called_at__gte=now() - days)
    return rows if only is None else rows.filter(organisation__in=only)


def counted(community: Community, only: frozenset[UUID] | None = None, topic: str = "") -> list[Told]:
    """Count what each unit's turnouts of a year came to, by name; `only` keeps some units."""
    rows = _called(community, only)
    rows = rows.filter(callup__topic=topic) if topic else rows
    found: Any = rows.order_by("organisation__name").values("organisation__name").annotate(
        called=Count("pk"),
        came=Count("pk", Q(reported_at__isnull=False)),
        in_time=Count("pk", Q(came_in_time=True)),
        finished=Count("pk", Q(done_at__isnull=False)),
        finished_in_time=Count("pk", Q(done_in_time=True)),
        refused=Count("pk", ~Q(refusal="") & Q(reported_at__isnull=True)),
        lapsed=Count("pk", Q(came_in_time=False, reported_at__isnull=True)),
        rated=Count("rating"),
        rating_sum=Sum("rating", default=0),
        resident_rated=Count("resident_rating"),
        resident_sum=Sum("resident_rating", default=0),
    )  # fmt: skip
    return [Told(name=row.pop("organisation__name"), **row) for row in found]


def judged(community: Community) -> dict[str, int] | None:
    """Count what units think of a year's calls: right, clear, needed; of few it says nothing."""
    row: dict[str, int] = _called(community, None).filter(was_needed__isnull=False).aggregate(
        n=Count("pk"), right=Count("pk", Q(was_right=True)), clear=Count("pk", Q(was_clear=True)),
        needed=Count("pk", Q(was_needed=True)),
    )  # fmt: skip
    return row if row["n"] >= FEW else None


def weeks(community: Community, only: frozenset[UUID] | None = None) -> list[tuple[Any, int, int]]:
    """Count for each of the last twelve weeks the units called and those that reported in in time."""
    today = localtime(now(), community.zone_info).replace(hour=0, minute=0, second=0, microsecond=0)
    first = today - timedelta(days=7 * WEEKS - 1)
    told: list[list[Any]] = [[first + timedelta(days=7 * week), 0, 0] for week in range(WEEKS)]
    rows = _called(community, only, timedelta(days=7 * WEEKS))
    listed: Any = rows.values_list("called_at", "came_in_time", "state")
    for called_at, in_time, state in listed:
        week = told[min(max((called_at - first).days // 7, 0), WEEKS - 1)]
        week[1] += 1
        week[2] += bool(in_time and state in CAME)
    return [(at, called, came) for at, called, came in told]
