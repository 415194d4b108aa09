"""A turn: one transaction under the locked heads of its communities, and the keys that make a repeat harmless."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mulin import sql
from mulin.journal.log import Entry, append, lock
from mulin.journal.models import Head

from .clock import now
from .models import Noun, OnceKey, TenantModel
from .refusals import Refused

N = TypeVar("N", bound=Noun)


@dataclass
class Turn:
    """One transaction on one or more communities: their locked heads, and the lines written at its end."""

    heads: dict[UUID, Head]
    entries: dict[UUID, list[Entry]] = field(default_factory=dict)
    at: datetime = field(default_factory=now)
    named: dict[tuple[UUID, type[TenantModel]], set[UUID]] = field(default_factory=dict)  # what adopted rows point to
    sure: dict[UUID, set[UUID]] = field(default_factory=dict)  # of which it is known already, by community
    broken: bool = False

    def count(self, community: UUID, name: str) -> int:
        """Take the next number of a counter."""
        counters = self.heads[community].counters
        counters[name] = counters.get(name, 0) + 1
        return int(counters[name])

    def note(self, community: UUID, entry: Entry) -> None:
        """Have a line written at the end of the turn."""
        self.entries.setdefault(community, []).append(entry)

    def check_named(self) -> None:
        """Look up, all at once, whether what adopted rows point to is of their community. Raises Refused."""
        for (community, model), named in self.named.items():
            ids = named - self.sure.get(community, set())
            if len(sql.among(model, "id", community, "id", ids)) < len(ids):
                raise Refused("other_community", _("This belongs to another community."))


_turn: ContextVar[Turn | None] = ContextVar("turn", default=None)


@contextmanager
def writing(*communities: UUID) -> Iterator[Turn]:
    """Lock these communities' heads, in key order, for one transaction; nested calls join it.

    A refusal anywhere inside ends the whole turn, so that nothing is half done.
    """
    if outer := _turn.get():
        if not set(communities) <= set(outer.heads):
            raise RuntimeError("Name every community in the outermost turn: heads are locked in one order.")
        try:
            yield outer
        except Exception:
            outer.broken = True
            raise
        return
    with transaction.atomic():
        heads = {key: lock(key) for key in sorted(set(communities))}
        if None in heads.values():
            raise Refused("no_such_community", _("There is no such community."), status=404)
        turn = Turn({key: head for key, head in heads.items() if head})
        token = _turn.set(turn)
        try:
            yield turn
            if turn.broken:
                raise RuntimeError("An action inside this turn was refused and the refusal was swallowed.")
            turn.check_named()
            for community, entries in turn.entries.items():
                append(turn.heads[community], entries)
            for head in turn.heads.values():
                sql.update(head, "size", "frontier", "counters")
        finally:
            _turn.reset(token)


def current_turn() -> Turn:
    """Return the turn that is open. Raises RuntimeError outside of one."""
    if (turn := _turn.get()) is None:
        raise RuntimeError("Open a turn with writing() first.")
    return turn


@dataclass(frozen=True)
class Once:
    """A key that makes a repeated call harmless; `body` is whatever was asked, to tell a repeat from a reuse."""

    key: str
    body: bytes

    @property
    def digest(self) -> str:
        return sha256(self.body).hexdigest()


_EARLIER = "SELECT body_hash, noun_id FROM kernel_oncekey WHERE community_id = %s AND actor = %s AND key = %s"


def earlier(model: type[N], community: UUID, by: Any, once: Once) -> N | None:
    """Return what was made under this key before, if anything. Raises Refused if it was used for something else."""
    rows = sql.read(_EARLIER, community, by.actor, once.key)
    if not rows:
        return None
    body_hash, noun_id = rows[0]
    if body_hash != once.digest:
        words = _("This key was used for something else. Take a new one.")
        raise Refused("once_reused", words, status=422)
    found = model._default_manager.filter(pk=sql.key(noun_id), community_id=community).first()
    if found is not None:
        found.is_repeat = True
    return found


def remember(noun: Noun, by: Any, once: Once, at: datetime) -> None:
    """Keep which noun was made or moved under a key."""
    kept = OnceKey(
        community_id=noun.community_id, actor=by.actor, key=once.key, body_hash=once.digest, noun_id=noun.pk,
        created_at=at,
    )  # fmt: skip
    sql.insert(kept)


def fingerprint(data: Any) -> bytes:
    """Write what a call asked, so that a repeat can be told from a reuse of its key."""
    return json.dumps(data, sort_keys=True, default=str, ensure_ascii=False).encode()
