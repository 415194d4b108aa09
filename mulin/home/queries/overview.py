"""Figures over communities, or the grids of one, for those who help from above: matters and time, never people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from mulin.cases.flow import NEW, OPEN, State
from mulin.cases.models import Case
from mulin.cases.rules import TOP
from mulin.journal.models import Detail
from mulin.kernel.clock import now
from mulin.people.models import Oversight
from mulin.territory.models import Community
from mulin.territory.queries import UPWARDS

LATELY = timedelta(days=30)
WEEKS = 12
PLEASED = 3  # the best of three moods
MOST = 500  # communities on one page


@dataclass(frozen=True)
class Figures:
    """What stands open now, and how the last thirty days went."""

    open: int = 0
    late: int = 0
    up: int = 0  # came up and waits for those above
    reported: int = 0
    taken_on: int = 0
    solved: int = 0
    on_time: int = 0
    rated: int = 0
    pleased: int = 0

    def __add__(self, other: Figures) -> Figures:
        pairs = zip(self._all(), other._all(), strict=True)
        return Figures(*(mine + theirs for mine, theirs in pairs))

    def _all(self) -> tuple[int, ...]:
        return (
            self.open, self.late, self.up, self.reported, self.taken_on, self.solved, self.on_time, self.rated,
            self.pleased,
        )  # fmt: skip


@dataclass(frozen=True)
class Week:
    """What was reported and what was solved in seven days."""

    starts_at: datetime
    reported: int
    solved: int


def overseen(account_id: UUID | None) -> list[Community]:
    """List the communities below the divisions that an account oversees today, with what lies above them."""
    if account_id is None:
        return []
    today = timezone.localdate(now())
    held = Oversight.objects.filter(account=account_id, starts_on__lte=today, ends_on__gt=today)
    divisions = list(held.values_list("division", flat=True))
    if not divisions:
        return []
    below, above = Q(), "division"
    for _level in UPWARDS.split("__"):
        below, above = below | Q(**{f"{above}__in": divisions}), f"{above}__parent"
    return list(Community.objects.filter(below).select_related(UPWARDS).order_by("name")[:MOST])


def figures(communities: Iterable[UUID], by: str = "community") -> dict[UUID | None, Figures]:
    """Count the matters of communities by community or by grid; one statement.

    Solved on time is what no clock ever had to hand up.
    """
    moment = now()
    since = moment - LATELY
    went_up = Detail.objects.filter(community_id=OuterRef("community_id"), noun_id=OuterRef("pk"), verb="escalate")
    lately = Q(happened_at__gte=since)
    done = Q(solved_at__gte=since, state__in=(State.SOLVED, State.CLOSED))
    on_time = done & Q(~Exists(went_up))
    rated = done & Q(rating__isnull=False)
    rows: Any = Case.objects.filter(Q(state__in=OPEN) | lately | done, community__in=list(communities)).order_by()
    counted = rows.values_list(f"{by}_id").annotate(
        open=Count("id", filter=Q(state__in=OPEN)),
        late=Count("id", filter=Q(state__in=OPEN, due_at__lt=moment)),
        up=Count("id", filter=Q(state__in=NEW, level__gte=TOP)),
        reported=Count("id", filter=lately),
        taken_on=Count("id", filter=lately & Q(accepted_at__isnull=False)),
        solved=Count("id", filter=done),
        on_time=Count("id", filter=on_time),
        rated=Count("id", filter=rated),
        pleased=Count("id", filter=rated & Q(rating=PLEASED)),
    )
    return {key: Figures(*counts) for key, *counts in counted}


def weeks(communities: Iterable[UUID]) -> list[Week]:
    """Count what came in and what was solved in twelve times seven days, today being the last; one statement."""
    midnight = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    first = midnight + timedelta(days=1 - 7 * WEEKS)
    starts = [first + timedelta(days=7 * at) for at in range(WEEKS + 1)]
    asked: dict[str, Any] = {}
    for at, (start, end) in enumerate(pairwise(starts)):
        asked[f"in{at}"] = Count("id", filter=Q(happened_at__gte=start, happened_at__lt=end))
        asked[f"out{at}"] = Count("id", filter=Q(solved_at__gte=start, solved_at__lt=end))
    rows = Case.objects.filter(Q(happened_at__gte=first) | Q(solved_at__gte=first), community__in=list(communities))
    found = rows.order_by().aggregate(**asked)
    return [Week(starts[at], found[f"in{at}"], found[f"out{at}"]) for at in range(WEEKS)]
