"""Most nouns need no more than this: their own fields, what can be done, and a list from the newest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Q, QuerySet

from mulin.kernel.models import Noun, pending_for

from .http import Call
from .queries import Asked, Filter, next_link
from .resources import Extra, Resource, Step, Timer, Waiting, address, steps, timers, waiting

Fill = Callable[[Call, Any], dict[str, Any]]
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


@dataclass(frozen=True)
class _Simple:
    """What a simple resource answers with, from what its module says of it."""

    name: str
    model: type[Noun]
    shape: type[Shown]
    fill: Fill
    narrow: Narrow | None
    related: tuple[str, ...]
    listed: Any

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """Name the fields that an answer cannot do without."""
        return tuple(field.name for field in msgspec.structs.fields(self.shape) if field.required)

    def nouns(self, call: Call) -> QuerySet[Any]:
        manager: Any = self.model._default_manager
        rows: QuerySet[Any] = manager.visible_to(call.viewer).filter(community=call.community)
        return rows.select_related(*self.related) if self.related else rows

    def show(self, call: Call, noun: Any) -> Shown:
        href = address(noun, self.name, call.community.slug)
        asked = waiting(call, noun, pending_for(noun), href) if call.viewer.is_person else []
        return self.shape(**self._shown(call, noun), clocks=timers(noun), waiting=asked, moves=steps(call, noun, href))

    def page(self, call: Call, asked: Asked) -> Any:
        rows = self.nouns(call)
        if asked["state"]:
            rows = rows.filter(state=asked["state"])
        if self.narrow:
            rows = self.narrow(call, asked, rows)
        if asked.after:
            at, key = asked.after
            # Lists without a time go on behind an id; such an address, taken here, is no reason to fall over.
            rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=key) if at else Q(pk__lt=key))
        found = list(rows.order_by("-created_at", "-pk")[: asked.limit + 1])
        kept = found[: asked.limit]
        further = next_link(call, kept[-1].created_at, kept[-1].pk) if len(found) > asked.limit else None
        return self.listed(items=[self.shape(**self._shown(call, noun)) for noun in kept], next=further)

    def _shown(self, call: Call, noun: Any) -> dict[str, Any]:
        href = address(noun, self.name, call.community.slug)
        own = {"id": noun.pk, "state": noun.state, "state_label": noun.state_label, "version": noun.version}
        told = {**own, "href": href, "created_at": noun.created_at, "due_at": noun.due_at, **self.fill(call, noun)}
        return {**{name: getattr(noun, name) for name in self.needed if name not in told}, **told}


def _nothing(call: Call, noun: Any) -> dict[str, Any]:
    return {}


def simple(
    name: str, model: type[Noun], shape: type[Shown], fill: Fill = _nothing, *,
    create: str = "", draft: Callable[[Call], Any] | None = None, filters: tuple[Filter, ...] = (),
    narrow: Narrow | None = None, related: tuple[str, ...] = (), extras: tuple[Extra, ...] = (),
    asks_first: bool = True,
) -> Resource:  # fmt: skip
    """Offer a noun: `shape` adds fields to Shown, `fill` says what does not stand in the noun, `narrow` filters.

    `create` names the move that makes one; its action takes by, community, once and the form's answers. `draft` is
    what it begins with, where the community alone is not enough. The list may always be narrowed by `state`.
    """
    listed = msgspec.defstruct(f"{shape.__name__}Page", [("items", list[shape]), ("next", str | None, None)])  # type: ignore[valid-type]
    state = Filter("state", "string", "Where it stands.", lambda: tuple(model.flow.states.values))

    def _draft(call: Call) -> Any:
        return model(community=call.community)

    views = _Simple(name, model, shape, fill, narrow, related, listed)
    return Resource(
        name=name, model=model, row=listed, shown=shape, nouns=views.nouns, page=views.page, show=views.show,
        filters=(state, *filters), create=create, draft=draft if draft or not create else _draft, extras=extras,
        asks_first=asks_first,
    )  # fmt: skip
