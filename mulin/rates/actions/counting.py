"""Counting: what happened to cases since the last time becomes facts, and the months that changed are added up anew.

It follows the log by a mark of its own, so that a report costs nothing more, and a case that moved ten times since is
counted once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from mulin.cases.flow import State
from mulin.cases.models import Case
from mulin.journal.models import Detail, Head
from mulin.kernel.clock import now
from mulin.territory.models import Community

from ..figures import FACTS, month_of
from ..flow import State as Left
from ..models import Exclusion, Fact, Mark, Tally

AT_ONCE = 5_000
UNCOUNTED = (State.MERGED, State.WITHDRAWN)
DONE = (State.SOLVED, State.CLOSED)
ENDED = (*DONE, State.REFUSED)
_FACT_FIELDS = [
    "month", "grid_id", "category_id", "promised_at", *tuple(FACTS)[1:], "is_left_out",
]  # fmt: skip
_KINDS = ("cases.case", "rates.exclusion")


def count_all() -> None:
    """Count on in every community in which something happened; the worker's chore."""
    marks = {mark.community_id: mark for mark in Mark.objects.all()}
    sizes = dict(Head.objects.values_list("key", "size"))
    for community in Community.objects.filter(pk__in=sizes):
        mark = marks.get(community.pk)
        if mark is None or mark.seq < sizes[community.pk] or _over(community).exists():
            while count_on(community):
                pass


def count_on(community: Community) -> bool:
    """Count the next lines of a community's log; tell whether there may be more. Safe to run beside itself."""
    with transaction.atomic():
        mark, _new = Mark.objects.get_or_create(community=community, defaults={"seq": 0, "counted_at": now()})
        size = Head.objects.values_list("size", flat=True).get(key=community.pk)
        until = min(size, mark.seq + AT_ONCE)
        # Whoever comes first takes these lines; another process finds the mark moved on, and leaves them.
        held = Mark.objects.filter(pk=mark.pk, community=community, seq=mark.seq)
        if not held.update(seq=until, counted_at=now()):
            return True
        touched = _touched(community.pk, mark.seq, until) | set(_over(community).values_list("case", flat=True))
        changed = _months_of(community.pk, touched)
        _count(community, touched)
        for month in changed | _months_of(community.pk, touched):
            _add_up(community.pk, month)
        return until < size


def _over(community: Community) -> Any:
    """Keep the facts of cases whose promised time has passed since they were counted."""
    return Fact.objects.filter(community=community, due=False, promised_at__lte=now())


def _touched(community: UUID, start: int, end: int) -> set[UUID]:
    lines = Detail.objects.filter(community=community, seq__gte=start, seq__lt=end, noun_kind__in=_KINDS)
    named: dict[str, set[UUID]] = {kind: set() for kind in _KINDS}
    for kind, noun in lines.values_list("noun_kind", "noun_id"):
        named[kind].add(noun)
    cases, left = named["cases.case"], named["rates.exclusion"]
    if left:
        cases |= set(Exclusion.objects.filter(community=community, pk__in=left).values_list("case", flat=True))
    return cases


def _months_of(community: UUID, cases: set[UUID]) -> set[date]:
    found: set[date] = set()
    for some in _some(cases):
        rows = Fact.objects.filter(community=community, case__in=some).order_by()
        found |= set(rows.values_list("month", flat=True).distinct())
    return found


def _count(community: Community, touched: set[UUID]) -> None:
    for some in _some(touched):
        # History from elsewhere knows no promises and no answers: it is no part of the rates.
        counted = Case.objects.filter(community=community, pk__in=some, source="").exclude(state__in=UNCOUNTED)
        rows = list(counted.select_related("category"))
        seen = _seen(community.pk, some)
        left = Exclusion.objects.filter(community=community, case__in=some, state=Left.LEFT_OUT)
        left_out = set(left.values_list("case", flat=True))
        Fact.objects.bulk_create(
            [_fact(community, case, seen.get(case.pk, {}), case.pk in left_out) for case in rows],
            update_conflicts=True, unique_fields=["community", "case"], update_fields=_FACT_FIELDS,
        )  # fmt: skip
        gone = set(some) - {case.pk for case in rows}
        Fact.objects.filter(community=community, case__in=gone).delete()


def _seen(community: UUID, cases: Iterable[UUID]) -> dict[UUID, dict[str, datetime]]:
    """Read from the log which cases a clock handed up, and when one was refused: the row does not tell."""
    found: dict[UUID, dict[str, datetime]] = {}
    lines = Detail.objects.filter(community=community, noun_id__in=cases, verb__in=("escalate", "refuse"))
    for noun, verb, at in lines.values_list("noun_id", "verb", "at"):
        found.setdefault(noun, {})[verb] = at
    return found


def _fact(community: Community, case: Case, seen: dict[str, datetime], is_left_out: bool) -> Fact:
    promised = community.calendar.add(case.happened_at, timedelta(minutes=case.category.accept_minutes))
    answered_at = case.accepted_at or seen.get("refuse") or case.solved_at
    fixed = case.state == State.CLOSED and case.rating is not None
    return Fact(
        community_id=community.pk, case_id=case.pk, grid_id=case.grid_id, category_id=case.category_id,
        month=month_of(case.happened_at.astimezone(community.zone_info).date()), promised_at=promised,
        due=answered_at is not None or promised <= now(), answered=answered_at is not None and answered_at <= promised,
        ended=case.state in ENDED, on_time=case.state in DONE and "escalate" not in seen,
        judged=fixed or case.reopened > 0, fixed=fixed, content=fixed and (case.rating or 0) >= 2,
        pleased=fixed and case.rating == 3, is_left_out=is_left_out,
    )  # fmt: skip


def _add_up(community: UUID, month: date) -> None:
    facts = Fact.objects.filter(community=community, month=month).order_by()
    counted = Q(is_left_out=False)
    sums: dict[str, Any] = {
        name: Count("id", filter=counted if name == "reported" else counted & Q(**{name: True})) for name in FACTS
    }
    rows = facts.values("grid_id", "category_id").annotate(**sums, left_out=Count("id", filter=Q(is_left_out=True)))
    made = [Tally(community_id=community, month=month, **row) for row in rows]
    Tally.objects.filter(community=community, month=month).delete()
    Tally.objects.bulk_create(made)


def _some(cases: set[UUID], most: int = 500) -> Iterable[list[UUID]]:
    listed = sorted(cases)
    return (listed[at : at + most] for at in range(0, len(listed), most))
