"""Whom a line about a notice or an objection concerns, who is in charge, and what is known of someone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q

from mulin.kernel.readers import Heard
from mulin.news.queries import accounts_of_persons, accounts_that_can

from ..flow import TO_ANSWER, State
from ..models import Notice, Objection
from ..rules import KEEPS


def keepers(line: Heard) -> set[UUID]:
    """Name those who post notices."""
    return accounts_that_can(line.community, KEEPS)


def of_poster(line: Heard) -> set[UUID]:
    """Name who posted a notice; of one that a second person did not agree to, who asked."""
    if line.verb == "post_list.declined":
        kind, _colon, key = str(line.details.get("asked_by", "")).partition(":")
        return accounts_of_persons(line.community, [UUID(key)]) if kind == "person" else set()
    rows = Notice.objects.filter(community=line.community, pk=line.noun_id)
    return accounts_of_persons(line.community, rows.values_list("poster", flat=True))


def the_objector(line: Heard) -> set[UUID]:
    """Name who objected."""
    rows = Objection.objects.filter(community=line.community, pk=line.noun_id)
    return accounts_of_persons(line.community, rows.values_list("objector", flat=True))


def who_post(rows: list[Notice]) -> dict[UUID, set[UUID]]:
    """Say whom to tell that a notice is about to end: who posted it, else those who post notices."""
    found = {}
    for row in rows:
        if row.state == State.POSTED:
            own = accounts_of_persons(row.community_id, [row.poster_id])
            found[row.pk] = own or accounts_that_can(row.community_id, KEEPS)
    return found


def in_charge(rows: list[Objection]) -> dict[UUID, set[UUID]]:
    """Say who has to answer: those who post notices, and not whoever objected or gave the first answer."""
    found = {}
    for row in rows:
        if row.state in TO_ANSWER:
            barred = accounts_of_persons(row.community_id, [row.objector_id, row.answered_by_id])
            found[row.pk] = accounts_that_can(row.community_id, KEEPS) - barred
    return found


def tell_notices(account: UUID) -> list[tuple[Any, Any, str, str]]:
    """Tell which notices someone posted."""
    rows = Notice.objects.filter(poster__account=account).select_related("community").order_by("-created_at")
    return [(row.community, row.created_at, f"{row} ({row.state_label})", row.get_absolute_url()) for row in rows]


def tell_objections(account: UUID) -> list[tuple[Any, Any, str, str]]:
    """Tell which objections someone raised or answered."""
    ways = Q(objector__account=account) | Q(answered_by__account=account)
    rows = Objection.objects.filter(ways).select_related("community", "notice__community").order_by("-created_at")
    return [(row.community, row.created_at, f"{row} ({row.state_label})", row.get_absolute_url()) for row in rows]
