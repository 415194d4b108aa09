"""What cases know of someone, told to them; and who handles a case, to be told of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from mulin.news import queries as news

from ..models import Case, Part
from ..rules import COMMUNITY, TOP

Row = tuple[Any, date | None, str, str]


def handlers(case: Case, *, holders: bool = True, desk: bool = False) -> set[UUID]:
    """Name the accounts that handle a case: its post's, the desk's from its level on, those above from theirs."""
    here, found = case.community_id, set[UUID]()
    if case.post_id and holders:
        found |= news.accounts_that_hold(here, case.post_id)
    if case.post_id is None or case.level >= COMMUNITY or desk:
        found |= news.accounts_that_can(here, "cases.desk")
    return found | (news.accounts_that_oversee(here) if case.level >= TOP else set())


def reported(account: UUID) -> Iterable[Row]:
    """Tell someone what they reported, or lead."""
    mine = Q(reporter_account=account) | Q(reporter__account=account) | Q(leader__account=account)
    rows = Case.objects.filter(mine).select_related("community", "category").order_by("-created_at")
    return [(case.community, case.created_at, f"{case.number} {case.title}", case.get_absolute_url()) for case in rows]


def joined(account: UUID) -> Iterable[Row]:
    """Tell someone in which matters they take part."""
    rows = Part.objects.filter(person__account=account).select_related("community", "case").order_by("-pk")
    return [(part.community, None, f"{part.case.number}", part.case.get_absolute_url()) for part in rows]
