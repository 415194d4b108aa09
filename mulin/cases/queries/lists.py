"""Queues and lists of cases, each kept to what its viewer may read, and single cases by what one knows of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, F, Q, QuerySet
from django.db.models.expressions import RawSQL

from mulin.kernel.models import OnceKey

from ..flow import OPEN, State
from ..models import Case, Category

# Written out, not bound: SQLite takes a partial index only where the statement itself says its condition.
_OPEN_STATES = ", ".join(f"'{state}'" for state in OPEN)
_IS_OPEN = RawSQL(f"cases_case.state IN ({_OPEN_STATES})", (), BooleanField())


def queue(viewer: Any) -> QuerySet[Case]:
    """Keep what waits for this viewer, the most urgent first."""
    cases = Case.objects.handled_by(viewer).filter(_IS_OPEN, community=viewer.community_id)
    return cases.order_by(F("due_at").asc(nulls_last=True), "id")


def figures_of_week(community_id: UUID, since: datetime) -> dict[str, Any]:
    """Count what was reported and solved since then, and how many stand open; one statement."""
    return Case.objects.filter(community=community_id).aggregate(
        reported=Count("id", filter=Q(happened_at__gte=since)),
        solved=Count("id", filter=Q(solved_at__gte=since)),
        open=Count("id", filter=Q(state__in=OPEN)),
    )


def similar(community: Any, lon: float | None, lat: float | None, category: Category | None) -> list[Case]:
    """Return open public cases of the same category within some 100 metres, for "has this been reported?"."""
    if lon is None or lat is None or category is None:
        return []
    near = 0.001
    found = Case.objects.filter(
        community=community, category=category, state__in=(*OPEN, State.SOLVED), is_public=True,
        lon__range=(lon - near, lon + near), lat__range=(lat - near, lat + near),
    )  # fmt: skip
    return list(found.for_list().order_by("-happened_at")[:3])


def by_number(community: Any, number: str) -> Case | None:
    """Find a case by the number that people say; who may open it is the caller's matter."""
    return Case.objects.filter(community=community, number=number).first()


def sent_case(community: Any, viewer: Any, id: UUID, *, opened: bool) -> Case | None:
    """Find a case just sent: for those who see it, and for who sent it on someone's behalf."""
    cases = Case.objects.all() if opened else Case.objects.visible_to(viewer)
    return cases.filter(community=community, pk=id).for_list().first()


def was_sent(community: Any, by: Any, key: str) -> bool:
    """Say whether a form with this key was sent before: a second click must not meet its own case as similar."""
    return bool(key) and OnceKey.objects.filter(community=community, actor=by.actor, key=key[:80]).exists()
