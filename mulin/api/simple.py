"""Most nouns need no more than this: their own fields, what can be done, and a list from the newest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Q, QuerySet

from mulin.kernel.models import Noun, pending_for

from .http import Call
from .queries import Asked, Filter, next_link
from .resources import Extra, Resource, Step, Timer, Waiting, address, steps, timers, waiting

Narrow = Callable[[Call, Asked, "QuerySet[Any]"], "QuerySet[Any]"]


class Shown(msgspec.Struct, kw_only=True):
    """What every noun answers with; a module's shape adds fields of its own. Lists leave out what can be done."""

    id: UUID
    state: str
    state_label: str
    version: int
    href: str
    created_at: datetime
    due_at: datetime | None = None
    clocks: list[Timer] = []
    waiting: list[Waiting] = []
    moves: list[Step] = []


def simple(
    name: str, model: type[Noun], shape: type[Shown], fill: Callable[[Call, Any], dict[str, Any]], *,
    create: str = "", draft: Callable[[Call], Any] | None = None, filters: tuple[Filter, ...] = (),
    narrow: Narrow | None = None, related: tuple[str, ...] = (), extras: tuple[Extra, ...] = (),
) -> Resource:  # fmt: skip
    """Offer a noun: `shape` adds fields to Shown, `fill` gives their values, `narrow` applies the filters.

    `create` names the move that makes one; its action takes by, community, once and the form's answers. The list
    may always be narrowed by `state`.
    """
    listed = msgspec.defstruct(f"{shape.__name__}Page", [("items", list[shape]), ("next", str | None, None)])  # type: ignore[valid-type]
    state = Filter("state", "string", "Where it stands.", lambda: tuple(model.flow.states.values))

    def nouns(call: Call) -> QuerySet[Any]:
        rows: QuerySet[Any] = model._default_manager.visible_to(call.viewer).filter(community=call.community)  # type: ignore[attr-defined]
        return rows.select_related(*related) if related else rows

    def shown(call: Call, noun: Any) -> dict[str, Any]:
        href = address(noun, name, call.community.slug)
        own = {"id": noun.pk, "state": noun.state, "state_label": noun.state_label, "version": noun.version}
        return {**own, "href": href, "created_at": noun.created_at, "due_at": noun.due_at, **fill(call, noun)}

    def show(call: Call, noun: Any) -> Shown:
        href = address(noun, name, call.community.slug)
        asked = waiting(call, noun, pending_for(noun), href) if call.viewer.is_person else []
        return shape(**shown(call, noun), clocks=timers(noun), waiting=asked, moves=steps(call, noun, href))

    def page(call: Call, asked: Asked) -> Any:
        rows = nouns(call)
        if asked["state"]:
            rows = rows.filter(state=asked["state"])
        if narrow:
            rows = narrow(call, asked, rows)
        if asked.after:
            at, key = asked.after
            rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=key))
        found = list(rows.order_by("-created_at", "-pk")[: asked.limit + 1])
        kept = found[: asked.limit]
        further = next_link(call, kept[-1].created_at, kept[-1].pk) if len(found) > asked.limit else None
        return listed(items=[shape(**shown(call, noun)) for noun in kept], next=further)

    return Resource(
        name=name, model=model, row=listed, shown=shape, nouns=nouns, page=page, show=show,
        filters=(state, *filters), create=create, draft=draft, extras=extras,
    )  # fmt: skip
