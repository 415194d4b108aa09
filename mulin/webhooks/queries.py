"""Which events there are to hear, and which messages are due."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from mulin.api.resources import offered
from mulin.journal.models import Head
from mulin.kernel.clock import now
from mulin.kernel.flow import Flow

from .flow import OPEN, State
from .models import Delivery, Feed, Webhook


def events() -> list[tuple[str, list[tuple[str, str]]]]:
    """List what can be heard, by kind of noun: the moves that a public noun clears."""
    models = dict.fromkeys(resource.model for resource in offered())  # one may be offered twice
    return [
        (
            str(model.flow.noun),
            [(f"{model._meta.label_lower}.{move.name}", str(move.label)) for move in model.flow if move.public],
        )
        for model in models
        if model.flow.public is not Flow.public
    ]


def labels() -> dict[str, str]:
    """Give the words for each event."""
    return {event: f"{noun}{_(', ')}{label}" for noun, choices in events() for event, label in choices}


def to_do(limit: int) -> list[Feed]:
    """List the feeds with something to read or to send now that no worker has in hand, the longest waiting first."""
    at = now()
    due = Delivery.objects.filter(webhook=OuterRef("webhook"), state="waiting", next_at__lte=at)
    size = Head.objects.filter(key=OuterRef("community_id")).values("size")
    # The row that everything waits for may itself wait for its next try: then only a trial message is due.
    stuck = Delivery.objects.filter(webhook=OuterRef("webhook"), state="waiting", kind="line", next_at__gt=at)
    rows = Feed.objects.annotate(
        size=Subquery(size), has_due=Exists(due.filter(kind="line")), is_stuck=Exists(stuck),
        has_ping=Exists(due.filter(kind="ping")),
    ).filter(leased_until__lte=at, webhook__state__in=OPEN)  # fmt: skip
    new = Q(next_seq__lt=F("size")) | Q(replay_seq__lt=F("replay_end")) | Q(has_due=True)
    rows = rows.filter(Q(has_ping=True) | Q(new, webhook__state=State.ACTIVE, is_stuck=False))
    return list(rows.order_by("leased_until", "pk").select_related("webhook__community")[:limit])


def next_due(webhook: Webhook) -> Delivery | None:
    """Return the message to send now: a trial message, or the earliest line, which all later ones wait for."""
    at, waiting = now(), Delivery.objects.filter(webhook=webhook, state="waiting")
    ping: Delivery | None = waiting.filter(kind="ping", next_at__lte=at).order_by("next_at").first()
    if ping or webhook.state != State.ACTIVE:
        return ping
    first: Delivery | None = waiting.filter(kind="line").order_by("seq").first()
    return first if first and first.next_at <= at else None


def deliveries(webhook: Webhook, viewer: Any, state: str, after: Any, limit: int) -> list[Delivery]:
    """List the messages of a webhook, the newest first, from behind an id."""
    rows = Delivery.objects.visible_to(viewer).filter(webhook=webhook)
    if state:
        rows = rows.filter(state=state)
    if after:
        rows = rows.filter(pk__lt=after)
    return list(rows.order_by("-pk")[:limit])


def told(account_id: UUID) -> Iterable[tuple[Any, Any, str, str]]:
    """List the webhooks that an account's persons made, for the page of what is known of them."""
    rows = Webhook.objects.filter(owner__account=account_id).select_related("community")
    return [(row.community, row.created_at, row.name, row.get_absolute_url()) for row in rows]
