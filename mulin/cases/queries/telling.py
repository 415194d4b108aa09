"""What cases know of someone, told to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import Case, Part

Row = tuple[Any, date | None, str, str]


def reported(account: UUID) -> Iterable[Row]:
    """Tell someone what they reported, or lead."""
    mine = Q(reporter_account=account) | Q(reporter__account=account) | Q(leader__account=account)
    rows = Case.objects.filter(mine).select_related("community", "category").order_by("-created_at")
    return [(case.community, case.created_at, f"{case.number} {case.title}", case.get_absolute_url()) for case in rows]


def joined(account: UUID) -> Iterable[Row]:
    """Tell someone in which matters they take part."""
    rows = Part.objects.filter(person__account=account).select_related("community", "case").order_by("-pk")
    return [(part.community, None, f"{part.case.number}", part.case.get_absolute_url()) for part in rows]
