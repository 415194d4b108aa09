"""Telling people, and noting that they read it. Notifications are no nouns: they have no life of their own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from mulin.kernel.clock import now
from mulin.kernel.readers import Heard

from .models import Notification
from .queries import notifications


def tell(line: Heard, accounts: set[UUID]) -> list[UUID]:
    """Leave a notification for these accounts about a line; return those who did not have it yet."""
    had = set(Notification.objects.filter(community=line.community, seq=line.seq).values_list("account", flat=True))
    fresh = sorted(accounts - had)
    Notification.objects.bulk_create([
        Notification(
            community_id=line.community, account=account, kind=line.kind, noun_id=line.noun_id, seq=line.seq,
            verb=line.verb, at=line.at, details={"level": line.details.get("level")},
        )
        for account in fresh
    ])  # fmt: skip
    return fresh


def read_all(viewer: Any) -> int:
    """Note that everything was read."""
    return notifications(viewer).filter(read_at=None).update(read_at=now())


def read_about(viewer: Any, noun_id: UUID) -> int:
    """Note that what is told of one noun was read, since its page was opened."""
    return notifications(viewer).filter(read_at=None, noun_id=noun_id).update(read_at=now())
