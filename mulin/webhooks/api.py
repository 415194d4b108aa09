"""What webhooks offers to programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import Http404, HttpResponse

from mulin.api.http import Call, answer
from mulin.api.queries import PAGING, Filter, next_link, read
from mulin.api.resources import Extra, Resource
from mulin.api.simple import Shown, simple

from . import queries
from .models import Delivery, Webhook

STATES = ("waiting", "sent", "failed")


class WebhookShown(Shown, kw_only=True):
    """A webhook; `secret` stands in the one answer in which it was made, and never again."""

    name: str
    url: str
    events: list[str]
    secret: str | None = None


class DeliveryShown(msgspec.Struct):
    """A message to a webhook, and how it was taken."""

    id: UUID
    message: str
    event: str
    seq: int | None
    state: str
    attempts: int
    code: int | None
    error: str
    created_at: datetime
    next_at: datetime | None
    done_at: datetime | None


class DeliveryPage(msgspec.Struct):
    """Some deliveries, and where the older ones are."""

    items: list[DeliveryShown]
    next: str | None


def _fill(call: Call, webhook: Webhook) -> dict[str, Any]:
    return {"secret": webhook.shown_secret or None}


FILTERS = (Filter("state", "string", "Whether it waits, was sent or failed.", lambda: STATES),)


def deliveries(call: Call, id: UUID) -> HttpResponse:
    """Answer what was sent to a webhook, the newest first."""
    webhook = Webhook.objects.visible_to(call.viewer).filter(community=call.community, pk=id).first()
    if webhook is None:
        raise Http404
    asked = read(call, FILTERS)
    after = asked.after[1] if asked.after else None
    rows = queries.deliveries(webhook, call.viewer, asked["state"] or "", after, asked.limit + 1)
    kept = rows[: asked.limit]
    further = next_link(call, None, kept[-1].pk) if len(rows) > asked.limit else None
    return answer(DeliveryPage([_shown(each) for each in kept], further))


def _shown(row: Delivery) -> DeliveryShown:
    return DeliveryShown(
        row.pk, row.message, row.event, row.seq, row.state, row.attempts, row.code, row.error, row.created_at,
        row.next_at if row.state == "waiting" else None, row.done_at,
    )  # fmt: skip


RESOURCES: tuple[Resource, ...] = (
    replace(
        simple(
            "webhooks", Webhook, WebhookShown, _fill, create="make",
            extras=(
                Extra(
                    "webhooks/<uuid:id>/deliveries", deliveries, DeliveryPage,
                    "List what was sent in the last 30 days, and how it was taken.", (*FILTERS, *PAGING),
                ),
            ),
        ), scope="webhooks",
    ),
)  # fmt: skip
