"""The moves of a webhook. Details for the journal name no address and no secret."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from mulin.journal.log import size_of
from mulin.kernel.clock import now
from mulin.kernel.engine import Once, begin, moves, writing
from mulin.kernel.ids import uuid7
from mulin.kernel.refusals import Refused
from mulin.secrecy.fields import hash_of

from ..figures import DELIVERIES_KEPT, ENDED, MOST_OPEN, MOST_REPLAYED, OLD_SECRET_LIVES, new_secret
from ..flow import OPEN, WEBHOOK
from ..models import Delivery, Feed, Webhook


def make(
    *, by: Any, community: Any, name: str, url: str, events: list[str] | None = None, once: Once | None = None
) -> Webhook:
    """Make a webhook: its address gets a trial message, and once that is answered it hears what happens from now on."""
    secret = new_secret()
    webhook = Webhook(
        community=community, name=name, url=url, events=sorted(events or []), owner_id=by.person_id, secret=secret
    )
    with writing(community.pk) as turn:
        made = begin(webhook, by=by, verb="make", once=once, prepare=_has_room, details={"events": webhook.events})
        if not made.is_repeat:
            at, size = now(), turn.heads[community.pk].size
            Feed.objects.create(community=community, webhook=made, next_seq=size, leased_until=at)
            _trial(made)
            made.shown_secret = secret
    return made


def _has_room(turn: Any, webhook: Webhook) -> None:
    if webhook.owner_id is None:
        raise Refused("not_here", _("Who can do this: people of this community."), status=403)
    here = Webhook.objects.filter(community_id=webhook.community_id, state__in=OPEN)
    if here.filter(url_hash=hash_of("webhook-url", webhook.url)).exists():
        raise Refused("has_it", _("This address has a webhook already. Change that one, or end it first."))
    if here.count() >= MOST_OPEN:
        words = _("A community has at most %(most)s webhooks. End one that nobody needs.") % {"most": MOST_OPEN}
        raise Refused("too_many", words)


def _trial(webhook: Webhook) -> None:
    at, key = now(), uuid7()
    body = {"type": "ping", "timestamp": at.isoformat(), "data": {"community": webhook.community.slug}}
    Delivery.objects.create(
        community_id=webhook.community_id, webhook=webhook, kind="ping", message=f"ping_{key.hex}", event="ping",
        body=msgspec.json.encode(body).decode(), created_at=at, next_at=at,
    )  # fmt: skip


@moves(WEBHOOK)
def start(webhook: Webhook, *, by: Any) -> None:
    """Begin to send, since the address has answered."""


@moves(WEBHOOK)
def ping(webhook: Webhook, *, by: Any) -> None:
    """Send a trial message that says nothing but hello."""
    _trial(webhook)


@moves(WEBHOOK)
def pause(webhook: Webhook, *, by: Any) -> None:
    """Stop sending; what happens meanwhile is sent afterwards."""


@moves(WEBHOOK)
def suspend(webhook: Webhook, *, by: Any) -> None:
    """Stop sending, since every try failed for more than a day; the owner hears of it."""


@moves(WEBHOOK)
def resume(webhook: Webhook, *, by: Any) -> None:
    """Go on where it stopped; what failed is tried first."""
    rows = Delivery.objects.filter(webhook=webhook, kind="line").exclude(state="sent")
    rows.update(state="waiting", attempts=0, next_at=now())


@moves(WEBHOOK)
def change(webhook: Webhook, *, by: Any, name: str, events: list[str] | None = None) -> dict[str, Any]:
    """Change its name and what it hears from now on."""
    webhook.name, webhook.events = name, sorted(events or [])
    return {"events": webhook.events}


@moves(WEBHOOK)
def renew(webhook: Webhook, *, by: Any) -> None:
    """Make a new secret, shown once; the one before signs along for a day."""
    webhook.old_secret, webhook.old_until = webhook.secret, now() + OLD_SECRET_LIVES
    webhook.secret = webhook.shown_secret = new_secret()


@moves(WEBHOOK)
def again(webhook: Webhook, *, by: Any, delivery: Delivery) -> dict[str, Any]:
    """Send one message once more, under its old id."""
    rows = Delivery.objects.filter(pk=delivery.pk, webhook=webhook)
    rows.update(state="waiting", attempts=0, next_at=now())
    return {"message": delivery.message}


@moves(WEBHOOK)
def replay(webhook: Webhook, *, by: Any, first: int, last: int) -> dict[str, Any]:
    """Send a range of the log's lines once more, each under its old id."""
    newest = size_of(webhook.community_id)
    if first >= newest:
        raise Refused("out_of_bounds", _("The log has %(size)s lines now, counted from 0.") % {"size": newest})
    if last - first >= MOST_REPLAYED:
        words = _("Replay at most %(most)s lines at a time.") % {"most": MOST_REPLAYED}
        raise Refused("too_many", words, status=422)
    feeds = Feed.objects.filter(webhook=webhook)
    feeds.update(replay_seq=first, replay_end=min(last + 1, newest))
    return {"first": first, "last": last}


@moves(WEBHOOK)
def end(webhook: Webhook, *, by: Any) -> None:
    """End it for good; nothing is sent any more."""
    _forget(webhook.pk)


@moves(WEBHOOK)
def expire(webhook: Webhook, *, by: Any) -> None:
    """End it after a year, or when its address did not answer within a week."""
    _forget(webhook.pk)


def _forget(key: UUID) -> None:
    # What was never sent is on nobody's way any more.
    Delivery.objects.filter(webhook=key, state="waiting").update(state="failed", error=ENDED)


def tidy() -> None:
    """Forget what was sent or given up more than 30 days ago."""
    Delivery.objects.filter(created_at__lt=now() - DELIVERIES_KEPT).exclude(state="waiting").delete()
