"""Telling people, and noting that they read it. Notifications are no nouns: they have no life of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from mulin.kernel.clock import now
from mulin.kernel.readers import Heard
from mulin.kernel.refs import Card
from mulin.web.http import noun_opened

from ..figures import evening, topic_of
from ..models import Choices, Notification
from ..queries import choices_of, notifications, reachable, shown, zone_of


def tell(line: Heard, accounts: set[UUID], voice: str = "") -> None:
    """Leave a notification for these accounts about a line, unless they have it; their mail waits to be sent."""
    had = set(Notification.objects.filter(community=line.community, seq=line.seq).values_list("account", flat=True))
    if new := accounts - had:
        mails = _mails(line.community, new, line.kind)
        Notification.objects.bulk_create([
            Notification(
                community_id=line.community, account=account, kind=line.kind, noun_id=line.noun_id, seq=line.seq,
                verb=line.verb, voice=voice, at=line.at, mail_at=mails.get(account),
            )
            for account in sorted(new)
        ])  # fmt: skip


def remind(nouns: Iterable[Any], verb: str, whose: dict[UUID, set[UUID]]) -> None:
    """Leave a notification about each noun for its accounts, without a line of the log."""
    for noun in nouns:
        mails = _mails(noun.community_id, whose[noun.pk], noun._meta.label_lower)
        Notification.objects.bulk_create([
            Notification(
                community_id=noun.community_id, account=account, kind=noun._meta.label_lower, noun_id=noun.pk,
                verb=verb, at=now(), mail_at=mails.get(account),
            )
            for account in sorted(whose[noun.pk])
        ])  # fmt: skip


def _mails(community: UUID, accounts: Collection[UUID], kind: str) -> dict[UUID, datetime]:
    """Say when each account that has a mail address, and wants mail about this, gets it."""
    at, later, topic = now(), None, topic_of(kind)
    chosen, found = choices_of(accounts), {}
    for account in reachable().filter(pk__in=accounts).values_list("pk", flat=True):
        choices = chosen.get(account) or Choices()
        if choices.mail == "never" or topic in choices.muted:
            continue
        if choices.mail == "daily":
            later = later or evening(zone_of(community), at)
        found[account] = later if choices.mail == "daily" and later else at
    return found


def read_all(viewer: Any) -> int:
    """Note that everything was read."""
    return notifications(viewer).filter(read_at=None).update(read_at=now())


def read_some(viewer: Any, keys: Collection[UUID]) -> int:
    """Note that some were read."""
    return notifications(viewer).filter(read_at=None, pk__in=keys).update(read_at=now())


def look_through(rows: list[Notification], viewer: Any) -> list[tuple[Notification, Card, str]]:
    """Give notifications as `shown` does; what the viewer may not see any more counts as read: nothing waits there."""
    found = shown(rows, viewer)
    if gone := {row.pk for row in rows} - {row.pk for row, _card, _what in found}:
        read_some(viewer, gone)
    return found


@receiver(noun_opened)
def read_about(noun: Any, viewer: Any, **_about: Any) -> None:
    """Note that what is told of one noun was read, since its page was opened."""
    told = notifications(viewer).filter(read_at=None, noun_id=noun.pk)
    if viewer.is_someone and told.exists():
        told.update(read_at=now())
