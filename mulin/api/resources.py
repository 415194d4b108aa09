"""What a module offers to the API: one `Resource` per kind of noun, from which addresses and document are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

import msgspec
from django.conf import settings
from django.http.response import HttpResponseBase

from mulin.kernel.clock import now
from mulin.kernel.clocks import entries
from mulin.kernel.models import Noun, Pending
from mulin.kernel.rules import the_clock, the_system

from .http import Call
from .queries import Asked, Filter
from .schemas import Ask, asked_of
from .scopes import WRITE, Area


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
    summary: str  # in English; the catalogue finds it here, too
    filters: tuple[Filter, ...] = ()
    topic: tuple[str, Any] = ("", "")  # its tag and name for people, where it stands apart from the resource
    kind: str = "image/jpeg"  # what it is, where it answers with no type but with a file


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
    asks_first: bool = True  # whether the draft tells who may make one, before the answers are read
    code_of: Callable[[Any], str] | None = None  # the hash of the code that opens one to whoever holds it
    extras: tuple[Extra, ...] = ()
    scope: str = ""  # a key's scope that alone opens all of it

    @property
    def area(self) -> Area:
        """Say what its addresses are about, for the scopes of a key."""
        return Area(self.name, self.scope)


@dataclass(frozen=True, kw_only=True)
class Plain:
    """Addresses below a community that are about no noun: their handlers, their types, their part of the document.

    `above`: addresses of the whole installation; a key, which is of one community, opens nothing there.
    """

    urls: tuple[tuple[str, dict[str, Callable[..., HttpResponseBase]]], ...]
    types: tuple[Any, ...]
    paths: Callable[[dict[int, Any]], dict[str, Any]]
    topic: tuple[str, Any] = ("", "")  # its tag and its name for people
    above: tuple[tuple[str, dict[str, Callable[..., HttpResponseBase]]], ...] = ()


_offered: dict[str, Resource] = {}
plain: list[Plain] = []


def offer(resources: tuple[Resource, ...], others: tuple[Plain, ...] = ()) -> None:
    """Keep what the addresses of the site offer; config says it once, by its routes."""
    plain[:] = others
    _offered.clear()
    _offered.update({resource.name: resource for resource in resources})


def offered() -> tuple[Resource, ...]:
    """List what the site offers to programs."""
    import_module(settings.ROOT_URLCONF)  # a worker has not read the addresses yet
    return tuple(_offered.values())


def areas() -> list[Area]:
    """List what the scopes of a key can be about."""
    return [resource.area for resource in offered()]


def href_of(kind: str, id: str, slug: str) -> str:
    """Write the API's address of a noun by its kind, as lines of the log name it; empty where it has none."""
    for resource in offered():
        if resource.model._meta.label_lower == kind:
            return f"/api/v1/{slug}/{resource.name}/{id}"
    return ""


def is_for_people(move: Any) -> bool:
    """Tell whether somebody can ask for this move, and not only time or the program itself."""
    return move.who not in (the_clock, the_system)


def address(noun: Any, resource: str, slug: str) -> str:
    """Write the API's address of a noun."""
    return f"/api/v1/{slug}/{resource}/{noun.pk}"


def steps(call: Call, noun: Any, base: str) -> list[Step]:
    """List the moves that this caller can make now, with what each asks."""
    if not _offered_area(base).opens_to(call.viewer.scopes, WRITE):
        return []
    return [
        Step(
            move.name, str(move.label), f"{base}/{move.name}", asked_of(noun, move.name, by=call.viewer),
            move.main, move.second is not None,
        )
        for move in noun.flow.moves_for(call.viewer, noun)
    ]  # fmt: skip


def _offered_area(base: str) -> Area:
    # An address is /api/v1/<community>/<resource>/<id>.
    found = _offered.get(base.split("/")[4])
    return found.area if found else Area()


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
