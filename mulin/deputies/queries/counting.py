"""What suggestions came to, department by department in the order of their names; nothing is counted of deputies."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from mulin.people.figures import today_in
from mulin.territory.models import Community

from ..figures import FAIRLY, NOT_SATISFIED, SATISFIED, Told
from ..flow import UNANSWERED
from ..models import Suggestion


def years(community: Community) -> list[int]:
    """List the years in which suggestions were handed on, the latest first; this one always."""
    rows = Suggestion.objects.filter(community=community, handed_on__isnull=False)
    return sorted({today_in(community).year, *(day.year for day in rows.dates("handed_on", "year"))}, reverse=True)


def counted(community: Community, year: int) -> list[Told]:
    """Count what the suggestions handed on in a year came to, for each department that had one."""
    rows = Suggestion.objects.filter(community=community, handed_on__year=year, department__isnull=False)
    late = Q(state__in=UNANSWERED, answer_by__lt=today_in(community))
    found: Any = rows.order_by("department__name").values("department__name").annotate(
        handed=Count("pk"),
        answered=Count("pk", Q(in_time__isnull=False)),
        on_time=Count("pk", Q(in_time=True)),
        overdue=Count("pk", late),
        done=Count("pk", Q(klass="A")),
        planned=Count("pk", Q(klass="B")),
        kept_for_reference=Count("pk", Q(klass="C")),
        satisfied=Count("pk", Q(judgement=SATISFIED)),
        fairly=Count("pk", Q(judgement=FAIRLY)),
        not_satisfied=Count("pk", Q(judgement=NOT_SATISFIED)),
        promise_kept=Count("pk", Q(kept=True)),
        not_kept=Count("pk", Q(kept=False)),
    )  # fmt: skip
    return [
        Told(name=row.pop("department__name"), in_time=row.pop("on_time"), kept=row.pop("promise_kept"), **row)
        for row in found
    ]
