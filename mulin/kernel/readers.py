"""Readers: how one module follows another without importing it.

What must happen together is one action. What merely follows is a reader: the engine leaves a job for it in the
same transaction, and the worker does the job after the commit, in order per reader and noun, until it succeeds.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from mulin.journal.models import Detail


@dataclass(frozen=True)
class Heard:
    """A line as a reader hears it."""

    community: UUID
    seq: int
    kind: str
    noun_id: UUID
    verb: str
    actor: str
    at: datetime
    before: str
    after: str
    details: dict[str, Any]

    @classmethod
    def of(cls, row: Detail) -> Heard:
        body = json.loads(row.body)
        return cls(
            row.community_id, row.seq, row.noun_kind, row.noun_id, row.verb, row.actor, row.at,
            body["from"], body["to"], body["details"],
        )  # fmt: skip


Reader = Callable[[Heard], None]
READERS: dict[str, tuple[Reader, str, frozenset[str]]] = {}


def reads(kind: str, *verbs: str) -> Callable[[Reader], Reader]:
    """Call the function for each line where one of the verbs (any, when none is named) happened to such a noun."""

    def register(reader: Reader) -> Reader:
        READERS[f"{reader.__module__}.{reader.__qualname__}"] = (reader, kind, frozenset(verbs))
        return reader

    return register


def readers_of(kind: str, verb: str) -> tuple[str, ...]:
    """Name the readers that hear this."""
    return tuple(name for name, (_, of, verbs) in READERS.items() if of == kind and (not verbs or verb in verbs))
