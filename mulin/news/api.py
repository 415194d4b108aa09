"""What news offers to programs: one's notifications, which mails one wants, and group robots."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.api import bodies
from mulin.api.http import Call, answer
from mulin.api.openapi import SLUG, operation
from mulin.api.queries import PAGING, Filter, next_link, read
from mulin.api.resources import Plain, Resource
from mulin.api.simple import Shown, simple

from . import actions, queries
from .figures import MAILS, topics
from .forms import Choosing
from .models import Robot


class RobotShown(Shown, kw_only=True):
    """A group that hears of what happens; its address is told to nobody."""

    name: str
    service: str
    events: list[str]


class NotificationShown(msgspec.Struct):
    """One thing that the caller was told."""

    id: UUID
    kind: str
    noun_id: UUID
    verb: str
    topic: str
    what: str
    title: str
    page: str
    at: datetime
    read_at: datetime | None


class NotificationPage(msgspec.Struct):
    """Some of what the caller was told, and where the older is."""

    items: list[NotificationShown]
    unread: int
    next: str | None


class Read(msgspec.Struct):
    """How many were noted as read, and how many are left."""

    read: int
    unread: int


class Topic(msgspec.Struct):
    """Something that there is news about."""

    key: str
    label: str


class Wanted(msgspec.Struct):
    """Which mails the caller wants; `wanted` are topics."""

    mail: str
    wanted: list[str]
    morning: bool
    topics: list[Topic]


FILTERS = (
    Filter("unread", "boolean", "Only what was not read yet."),
    Filter("topic", "string", "Only about this.", lambda: tuple(topics())),
)


def notifications(call: Call) -> HttpResponse:
    """Answer what the caller was told, the newest first; what they may not see any more is left out."""
    viewer = _someone(call)
    asked = read(call, FILTERS)
    rows = queries.notifications(viewer)
    if asked["unread"] is not None:
        rows = rows.filter(read_at__isnull=asked["unread"])
    if asked["topic"]:
        rows = rows.filter(kind__startswith=f"{asked['topic']}.")
    if asked.after:
        rows = queries.older(rows, *asked.after)
    found = list(rows[: asked.limit + 1])
    kept = found[: asked.limit]
    further = next_link(call, kept[-1].at, kept[-1].pk) if len(found) > asked.limit else None
    items = [
        NotificationShown(
            row.pk, row.kind, row.noun_id, row.verb, row.kind.partition(".")[0], what, card.title, card.url, row.at,
            row.read_at,
        )
        for row, card, what in actions.look_through(kept, viewer)
    ]  # fmt: skip
    return answer(NotificationPage(items, queries.unread_count(viewer), further))


def note_read(call: Call) -> HttpResponse:
    """Note that some, or all, were read."""
    viewer = _someone(call)
    ids = bodies.read(call).data.get("ids")
    done = actions.read_all(viewer) if ids is None else actions.read_some(viewer, _keys(ids))
    return answer(Read(done, queries.unread_count(viewer)))


def _keys(ids: Any) -> list[UUID]:
    try:
        return [UUID(str(each)) for each in ids][:1000]
    except (ValueError, TypeError):
        raise bodies.invalid({"ids": [_("Send a list of ids, as the API gives them.")]}) from None


def choices(call: Call) -> HttpResponse:
    """Answer which mails the caller wants."""
    return answer(_wanted(_someone(call).account_id))


def choose(call: Call) -> HttpResponse:
    """Keep which mails the caller wants; what is not sent stays as it is."""
    viewer = _someone(call)
    kept = _wanted(viewer.account_id)
    body = bodies.read(call)
    sent = bodies.for_form(Choosing(), body)
    form = Choosing({"mail": kept.mail, "wanted": kept.wanted, "morning": kept.morning, **sent})
    if not form.is_valid():
        raise bodies.errors_of(form)
    actions.choose(viewer.account_id, **form.cleaned_data)
    return answer(_wanted(viewer.account_id))


def _wanted(account_id: UUID) -> Wanted:
    kept, known = queries.own_choices(account_id), topics()
    wanted = [topic for topic in known if topic not in kept.muted]
    return Wanted(kept.mail, wanted, kept.morning, [Topic(key, label) for key, label in known.items()])


def _someone(call: Call) -> Any:
    if not call.viewer.is_someone:
        raise Http404
    return call.viewer


RESOURCES: tuple[Resource, ...] = (simple("robots", Robot, RobotShown, create="add"),)


def _paths(known: dict[int, Any]) -> dict[str, Any]:
    """Describe the addresses for the API's document."""
    base, tag, told = "/api/v1/{slug}/notifications", "notifications", {"parameters": [SLUG]}
    page, read, wanted = (known[id(shape)] for shape in (NotificationPage, Read, Wanted))
    ids = {"type": "array", "items": {"type": "string", "format": "uuid"}, "description": _("Without it: all.")}
    topic, flag = {"type": "array", "items": {"type": "string"}}, {"type": "boolean"}
    chosen = {"mail": {"type": "string", "enum": list(MAILS)}, "wanted": topic, "morning": flag}
    listed = _("List what you were told, the newest first.")
    noted, kept = _("Note that some, or all, were read."), _("Choose which mails you want.")
    return {
        base: told | {"get": operation("list_notifications", listed, tag, page, filters=(*FILTERS, *PAGING))},
        f"{base}/read": told | {
            "post": operation("read_notifications", noted, tag, read, writes=True, body={"properties": {"ids": ids}}),
        },
        f"{base}/choices": told | {
            "get": operation("get_news_choices", _("Read which mails you want."), tag, wanted),
            "post": operation("set_news_choices", kept, tag, wanted, writes=True, body={"properties": chosen}),
        },
    }  # fmt: skip


NOTIFICATIONS = Plain(
    urls=(
        ("notifications", {"GET": notifications}),
        ("notifications/read", {"POST": note_read}),
        ("notifications/choices", {"GET": choices, "POST": choose}),
    ),
    types=(NotificationPage, Read, Wanted),
    paths=_paths,
    topic=("notifications", _l("Notifications")),
)
