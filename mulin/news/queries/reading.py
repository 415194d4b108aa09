"""What waits for a viewer to be read, with titles and addresses of what they may see."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from mulin.kernel.refs import Card, Ref, cards

from ..figures import MAILS, sentence
from ..models import Choices, Notification


def notifications(viewer: Any) -> QuerySet[Notification]:
    """Return the viewer's notifications in this community, the newest first."""
    return Notification.objects.filter(community=viewer.community_id, account=viewer.account_id).order_by("-at", "-id")


def older(rows: QuerySet[Notification], at: datetime | None, key: UUID) -> QuerySet[Notification]:
    """Keep what comes behind a time and id in a list from the newest."""
    return rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=key) if at else Q(pk__lt=key))


def unread_count(viewer: Any) -> int:
    """Count the unread ones, up to 100."""
    if viewer.community_id is None or viewer.account_id is None:
        return 0
    return len(notifications(viewer).filter(read_at=None).order_by().values_list("pk", flat=True)[:100])


def shown(rows: list[Notification], viewer: Any) -> list[tuple[Notification, Card, str]]:
    """Give each notification the title and address of its noun, and its sentence; what may not be seen vanishes."""
    refs = {row.pk: Ref(row.community_id, row.kind, row.noun_id) for row in rows}
    titles = cards(set(refs.values()), viewer)
    return [
        (row, titles[refs[row.pk]], sentence(row.kind, row.verb, row.voice)) for row in rows if refs[row.pk] in titles
    ]


def tell_notifications(account_id: UUID) -> list[tuple[Any, Any, str, str]]:
    """List what someone was told, for the page of what is known of them."""
    rows = Notification.objects.filter(account=account_id).select_related("community").order_by("-at", "-id")
    return [
        (row.community, row.at.date(), sentence(row.kind, row.verb, row.voice), _page_of(row.community.slug))
        for row in rows
    ]


def tell_choices(account_id: UUID) -> list[tuple[Any, Any, str, str]]:
    """Say which mails someone wants, for the page of what is known of them."""
    rows = Choices.objects.filter(account=account_id)
    return [(None, row.updated_at.date(), str(MAILS[row.mail]), reverse("own_news:choices")) for row in rows]


def _page_of(slug: str) -> str:
    return reverse("news:notifications", args=[slug])
