"""What a module offers to the API: one `Resource` per kind of noun, from which addresses and document are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.http.response import HttpResponseBase

from mulin.kernel.clock import now
from mulin.kernel.clocks import entries
from mulin.kernel.doors import form_of
from mulin.kernel.models import Noun, Pending
from mulin.kernel.rules import the_clock, the_system

from .http import Call
from .queries import Asked, Filter
from .schemas import Ask, asks_of


class Step(msgspec.Struct, omit_defaults=True):
    """A move that the caller can make now, where, and what it asks."""

    name: str
    label: str
    href: str
    asks: list[Ask]
    main: bool = False
    second: bool = False


class Timer(msgspec.Struct):
    """A promise with a time: when it is due, or how many seconds were left when it was paused."""

    name: str
    label: str
    due_at: datetime | None
    seconds_left: int | None


class Waiting(msgspec.Struct):
    """A move that waits for a second person."""

    name: str
    label: str
    asked_at: datetime
    expires_at: datetime
    href: str
    may_agree: bool


@dataclass(frozen=True)
class Extra:
    """A further read of a resource: its handler, the type it answers with, and a sentence for the document."""

    path: str
    get: Callable[..., HttpResponseBase]
    answers: Any
    summary: str


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One kind of noun as the API offers it."""

    name: str  # in the address
    model: type[Noun]
    row: Any  # the type of a page of the list
    shown: Any  # the type of one
    nouns: Callable[[Call], Any]  # the queryset that this call may see
    page: Callable[[Call, Asked], Any]
    show: Callable[[Call, Any], Any]
    filters: tuple[Filter, ...] = ()
    create: str = ""  # the move that makes one
    draft: Callable[[Call], Any] | None = None
    code_of: Callable[[Any], str] | None = None  # the hash of the code that opens one to whoever holds it
    extras: tuple[Extra, ...] = ()


def is_for_people(move: Any) -> bool:
    """Tell whether somebody can ask for this move, and not only time or the program itself."""
    return move.who not in (the_clock, the_system)


def address(noun: Any, resource: str, slug: str) -> str:
    """Write the API's address of a noun."""
    return f"/api/v1/{slug}/{resource}/{noun.pk}"


def steps(call: Call, noun: Any, base: str) -> list[Step]:
    """List the moves that this caller can make now, with what each asks."""
    if call.viewer.scopes is not None and "write" not in call.viewer.scopes:
        return []
    return [
        Step(
            move.name, str(move.label), f"{base}/{move.name}", asks_of(form_of(noun, move.name, by=call.viewer)),
            move.main, move.second is not None,
        )
        for move in noun.flow.moves_for(call.viewer, noun)
    ]  # fmt: skip


def timers(noun: Any) -> list[Timer]:
    """List the noun's clocks."""
    return [
        Timer(
            name, str(noun.flow.limit(name).label),
            datetime.fromisoformat(entry["due"]) if "due" in entry else None, entry.get("left"),
        )
        for name, entry in entries(noun).items()
    ]  # fmt: skip


def waiting(call: Call, noun: Any, pending: list[Pending], base: str) -> list[Waiting]:
    """List the moves that wait for a second person."""
    listed = []
    for row in pending:
        if row.expires_at <= now():
            continue
        move = noun.flow[row.verb]
        may = bool(move.second and row.actor != call.viewer.actor and move.second(call.viewer, noun))
        listed.append(Waiting(row.verb, str(move.label), row.asked_at, row.expires_at, f"{base}/{row.verb}/agree", may))
    return listed
