"""From the log to messages: what is cleared, and only that, is written out for each webhook, in order."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from django.conf import settings

from mulin.api.resources import href_of
from mulin.journal.log import batches, size_of
from mulin.kernel.clock import now

from ..figures import event_of
from ..models import Delivery, Feed

AT_ONCE = 200  # lines read in one go
MOST_WAITING = 200  # messages kept ready; the log itself keeps the rest


def feed(row: Feed, lease: Any) -> int:
    """Write out the next lines of the log for a webhook, those to be replayed first; return how many were read."""
    if Delivery.objects.filter(webhook=row.webhook_id, state="waiting", kind="line").count() >= MOST_WAITING:
        return 0
    held = Feed.objects.filter(pk=row.pk, community=row.community_id, lease=lease)
    if row.replay_seq < row.replay_end:
        end = min(row.replay_seq + AT_ONCE, row.replay_end)
        _write(row, row.replay_seq, end)
        read, row.replay_seq = end - row.replay_seq, end
        # Somebody may have asked for another range meanwhile: that one stays.
        held.filter(replay_end=row.replay_end).update(replay_seq=end)
        return read
    end = min(row.next_seq + AT_ONCE, size_of(row.community_id))
    if end > row.next_seq:
        _write(row, row.next_seq, end)
        held.update(next_seq=end)
    read, row.next_seq = end - row.next_seq, max(end, row.next_seq)
    return read


def _write(row: Feed, start: int, end: int) -> None:
    """Write the messages of lines start..end-1; those that are there already wait once more."""
    at, made, wanted = now(), [], set(row.webhook.events)
    for lines in batches(row.community_id, start, end):
        for seq, _commitment, text in lines:
            cleared = json.loads(text)
            event = event_of(cleared)
            if event and (not wanted or event in wanted):
                made.append(_message(row.webhook, int(seq), event, cleared, at))
    Delivery.objects.bulk_create(made, ignore_conflicts=True)
    again = Delivery.objects.filter(webhook=row.webhook_id, message__in=[each.message for each in made])
    again.exclude(state="waiting").update(state="waiting", attempts=0, next_at=at)


def _message(webhook: Any, seq: int, event: str, cleared: dict[str, Any], at: Any) -> Delivery:
    kind, _colon, key = cleared["noun"].partition(":")
    slug = webhook.community.slug
    href = href_of(kind, key, slug)
    data = {"community": slug, "seq": seq, "kind": kind, "id": key, "verb": cleared["verb"], "to": cleared["to"]}
    body = {
        "type": event, "timestamp": cleared["at"],
        "data": {**data, "at": cleared["at"], "href": settings.SITE_URL + href if href else None},
    }  # fmt: skip
    return Delivery(
        community_id=webhook.community_id, webhook=webhook, kind="line", message=f"{slug}.{seq}"[:80], event=event,
        seq=seq, body=msgspec.json.encode(body).decode(), created_at=at, next_at=at,
    )  # fmt: skip
