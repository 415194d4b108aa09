"""The tree of divisions: what is below one, what begins with a word or a code, and which communities are here."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from mulin.kernel.clock import now

from ..models import Community, Division, DivisionCode

AFTER_ALL = "\U0010ffff"


def _today() -> date:
    return now().date()


def codes_of(rows: list[Division]) -> dict[UUID, str]:
    """Return the codes that are valid today, by division."""
    today = _today()
    valid = DivisionCode.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), starts_on__lte=today)
    return dict(valid.filter(division__in=[row.pk for row in rows]).values_list("division_id", "code"))


def divisions(parent: Division | None = None, q: str = "") -> QuerySet[Division]:
    """List the divisions right below one (None: the provinces), or those everywhere whose name or code begins so."""
    q = q.strip()
    if re.fullmatch(r"\d{1,12}", q):
        code = q.rstrip("0").ljust(2, "0") if len(q) == 12 else q
        today = _today()
        valid = DivisionCode.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), starts_on__lte=today)
        found = Division.objects.filter(pk__in=_begins(valid, "code", code).values("division"))
        return found.order_by("level", "name", "pk")
    if q:
        return _begins(Division.objects.all(), "name", q).order_by("level", "name", "pk")
    here = Division.objects.filter(parent=parent)
    # What is gone stays for those who hang on it; the tree shows what there is, and what never had a code.
    today = _today()
    codes = DivisionCode.objects.filter(division=OuterRef("pk"))
    valid = codes.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
    here = here.annotate(code=Subquery(valid.order_by("-starts_on").values("code")[:1]))
    return here.filter(Q(code__isnull=False) | ~Exists(codes)).order_by("code", "name", "pk")


def _begins(rows: QuerySet[Any], field: str, text: str) -> QuerySet[Any]:
    """Keep what begins so. SQLite's index serves only a span; PostgreSQL's own for beginnings serves LIKE."""
    if connection.vendor == "sqlite":
        return rows.filter(**{f"{field}__gte": text, f"{field}__lt": text + AFTER_ALL})
    return rows.filter(**{f"{field}__startswith": text})


def path_of(division: Division | None) -> list[Division]:
    """Return what a division lies in, from the province down to itself."""
    found: list[Division] = []
    while division is not None:
        found.insert(0, division)
        division = division.parent
    return found


def counts_below(rows: list[Division]) -> dict[UUID, int]:
    """Count the communities that are here, by the division of these that they lie in."""
    wanted = {row.pk for row in rows}
    counts: dict[UUID, int] = {}
    # Few divisions have communities here; each is walked up once.
    held = Community.objects.filter(division__isnull=False).values_list("division").annotate(Count("pk"))
    above = dict(held)
    while above:
        for pk, count in above.items():
            if pk in wanted:
                counts[pk] = counts.get(pk, 0) + count
        step: dict[UUID, int] = {}
        for pk, parent in Division.objects.filter(pk__in=list(above)).values_list("pk", "parent_id"):
            if parent is not None:
                step[parent] = step.get(parent, 0) + above[pk]
        above = step
    return counts


def division(pk: UUID) -> Division | None:
    """Return a division with all above it."""
    rows = Division.objects.select_related("parent__parent__parent__parent")
    return rows.filter(pk=pk).first()


def communities_in(division: Division) -> QuerySet[Community]:
    """List the communities that lie right in a division and are here."""
    return Community.objects.filter(division=division).order_by("name")
