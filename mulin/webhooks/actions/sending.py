"""The worker's part: takes a lease on what is due, sends it, writes down what came back. No transaction stays open."""

from __future__ import annotations

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from django.db.models import Exists

from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.ids import uuid7
from mulin.kernel.refusals import Refused
from mulin.wire.calls import Reply, post

from ..figures import LEASE, UNREACHED, headers, next_try
from ..flow import State
from ..models import Delivery, Feed, Webhook
from ..queries import next_due, to_do
from .feeding import feed
from .life import start, suspend

log = logging.getLogger(__name__)
AT_ONCE = 8  # webhooks served at the same time
BUDGET = 8.0  # seconds until the worker looks at its clock again
GONE = 410


def send_due(budget: float = BUDGET) -> int:
    """Send what is due to webhooks, each in order; return how many messages were sent."""
    until, sent = time.monotonic() + budget, 0
    held = [(row, lease) for row in to_do(AT_ONCE) if (lease := _take(row))]
    if not held:
        return 0
    with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="webhook") as pool:
        while held and time.monotonic() < until:
            ready = []
            for row, lease in held:
                if (message := _next(row, lease)) is None:
                    _let_go(row, lease)
                else:
                    ready.append((row, lease, message))
            replies = list(pool.map(_send, [(row.webhook, message) for row, _lease, message in ready]))
            for (row, lease, message), reply in zip(ready, replies, strict=True):
                record(row.webhook, message, reply, lease=lease)
            sent += len(ready)
            held = [(row, lease) for row, lease, _message in ready if _take(row, lease)]
    for row, lease in held:
        _let_go(row, lease)
    return sent


def _take(row: Feed, lease: UUID | None = None) -> UUID | None:
    # A conditional update: of two workers only one sees a row changed.
    at, key = now(), lease or uuid7()
    rows = Feed.objects.filter(pk=row.pk, community=row.community_id)
    rows = rows.filter(lease=lease) if lease else rows.filter(leased_until=row.leased_until)
    return key if rows.update(lease=key, leased_until=at + LEASE) else None


def _let_go(row: Feed, lease: UUID) -> None:
    Feed.objects.filter(pk=row.pk, community=row.community_id, lease=lease).update(lease=None, leased_until=now())


def _next(row: Feed, lease: UUID) -> Delivery | None:
    row.webhook = Webhook.objects.select_related("community").get(pk=row.webhook_id, community=row.community_id)
    if row.webhook.state == State.ACTIVE:
        feed(row, lease)
    return next_due(row.webhook) if row.webhook.state != State.ENDED else None


def _send(one: tuple[Webhook, Delivery]) -> Reply:
    # Runs in a thread of its own: the database is not for here.
    webhook, message = one
    at, body = now(), message.body.encode()
    keys = [webhook.secret]
    if webhook.old_secret and webhook.old_until and webhook.old_until > at:
        keys.append(webhook.old_secret)
    return post(webhook.url, headers(keys, message.message, at, body), body)


def record(webhook: Webhook, message: Delivery, reply: Reply, *, lease: UUID) -> None:
    """Write down how a message was taken: done, tried again later, or given up and the webhook paused.

    Whose lease ran out writes nothing: another worker has the webhook in hand, and sends the message once more.
    """
    at, tries = now(), message.attempts + 1
    held = Feed.objects.filter(community=message.community_id, webhook=webhook, lease=lease)
    rows = Delivery.objects.filter(Exists(held), pk=message.pk, community=message.community_id, state="waiting")
    if reply.error:  # names of machines and what stands behind them are for whoever runs this, not for the page
        log.info("Webhook %s, message %s: %s", webhook.pk, message.message, reply.error)
    told = {"attempts": tries, "code": reply.code, "error": UNREACHED if reply.error else ""}
    later = None if reply.is_good or reply.code == GONE else next_try(tries, at)
    if later is not None:
        rows.update(next_at=later, **told)
    elif not rows.update(state="sent" if reply.is_good else "failed", done_at=at, **told):
        log.info("Webhook %s: its lease ran out before message %s was noted", webhook.pk, message.message)
    elif reply.is_good and webhook.state == State.MADE:
        _make(start, webhook)
    elif not reply.is_good and webhook.state == State.ACTIVE and message.kind == "line":
        _make(suspend, webhook)


def _make(move: object, webhook: Webhook) -> None:
    try:
        move(webhook, by=SYSTEM)  # type: ignore[operator]
    except Refused as refused:
        log.info("Webhook %s stays as it is: %s", webhook.pk, refused.code)
