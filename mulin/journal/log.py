"""Writing lines under a locked head, and reading heads and proofs back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef

from mulin import sql

from . import signing
from .ids import numbers, uuid7
from .merkle import TILE, Frontier, canonical, commit, consistency, hash_lines, inclusion, leaf
from .models import Detail, Head, Job, Line, SignedHead, Tile


@dataclass(frozen=True)
class Entry:
    """One thing that happened, before it is written down. `cleared` is what the world may know of it."""

    kind: str
    noun_id: UUID
    verb: str
    actor: str
    at: datetime
    before: str = ""
    after: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    cleared: dict[str, Any] = field(default_factory=dict)
    readers: tuple[str, ...] = ()

    def body(self) -> bytes:
        """Write everything about it as canonical JSON: what the commitment hides."""
        return canonical({
            "actor": self.actor, "at": self.at.isoformat(), "details": self.details, "from": self.before,
            "noun": f"{self.kind}:{self.noun_id}", "to": self.after, "verb": self.verb,
        })  # fmt: skip


IN_PART = "WHERE community_id = %s AND seq BETWEEN %s AND %s"
_HEAD = "SELECT size, frontier, counters FROM journal_head WHERE key = %s"


def lock(key: UUID) -> Head | None:
    """Lock a community's head until the transaction ends; whoever locks several takes them in key order."""
    last = " FOR UPDATE" if connection.vendor == "postgresql" else ""  # SQLite has one writer anyway
    for size, frontier, counters in sql.read(_HEAD + last, key):
        return Head(key, size, frontier, json.loads(counters))
    return None


def append(head: Head, entries: Sequence[Entry]) -> None:
    """Write the entries behind the community's last line; the caller holds the head's lock and saves it."""
    frontier = Frontier.unpack(head.size, bytes(head.frontier))
    lines, details, tiles, jobs = [], [], [], []
    # As they lie in the database, and at one go: imports write very many lines.
    community, ids = sql.kept(head.key), iter(sql.keys(numbers(2 * len(entries))))
    salts = memoryview(os.urandom(16 * len(entries)))
    for at, entry in enumerate(entries):
        seq, salt, body = frontier.size, bytes(salts[16 * at : 16 * at + 16]), entry.body()
        cleared, commitment = canonical(entry.cleared), commit(salt, body)
        lines.append((next(ids), community, seq, commitment, cleared.decode()))
        what = (entry.kind, entry.noun_id, entry.verb, entry.actor, entry.at)
        details.append((next(ids), community, seq, *what, salt, body.decode()))
        if tile := frontier.push(leaf(seq, commitment, cleared)):
            tiles.append((uuid7(), community, seq // TILE, tile))
        jobs += [(uuid7(), community, seq, reader, entry.noun_id, entry.at, 0, "") for reader in entry.readers]
    for model, rows in ((Line, lines), (Detail, details), (Tile, tiles), (Job, jobs)):
        if rows:
            sql.insert_rows(model, rows)
    head.size, head.frontier = frontier.size, frontier.pack()


def batches(community: UUID, start: int, end: int, size: int = TILE * 8) -> Iterator[list[tuple[int, bytes, str]]]:
    """Read (seq, commitment, cleared) of lines start..end-1 in order, straight from the table."""
    query = f"SELECT seq, commitment, cleared FROM journal_line {IN_PART} ORDER BY seq"
    # By ranges instead of one long cursor: flat in memory, and no writer waits for the reader.
    for first in range(start, end, size):
        yield sql.read(query, community, first, min(first + size, end) - 1)


def leaves(community: UUID, start: int, end: int) -> Iterator[bytes]:
    """Read leaf hashes start..end-1 straight from the lines."""
    for rows in batches(community, start, end):
        yield from hash_lines(rows)


def span(community: UUID, start: int, end: int) -> bytes:
    """Return the root over lines start..end-1, from tiles where they are whole."""
    frontier, whole = Frontier(), start
    if start % TILE == 0 and end - start >= TILE:
        rows = Tile.objects.filter(community=community, index__gte=start // TILE, index__lt=end // TILE)
        for packed in rows.order_by("index").values_list("hash", flat=True):
            frontier.push(bytes(packed), TILE.bit_length() - 1)
            whole += TILE
    for item in leaves(community, whole, end):
        frontier.push(item)
    return frontier.root()


def root(head: Head) -> bytes:
    """Return the root of a head."""
    return Frontier.unpack(head.size, bytes(head.frontier)).root()


def size_of(community: UUID) -> int:
    """Return how many lines a log has."""
    return int(Head.objects.values_list("size", flat=True).get(key=community))


def line_at(community: UUID, seq: int) -> Line:
    """Return one line. Raises Line.DoesNotExist."""
    return Line.objects.get(community=community, seq=seq)


def prove_inclusion(community: UUID, seq: int, size: int) -> list[bytes]:
    """Return the path from a line to the root over the first `size` lines."""
    return inclusion(seq, 0, size, lambda start, end: span(community, start, end))


def prove_consistency(community: UUID, first: int, second: int) -> list[bytes]:
    """Return the proof that nothing in the first lines changed since."""
    return consistency(first, second, lambda start, end: span(community, start, end))


def sign_head(community: UUID, at: datetime) -> SignedHead:
    """Sign where the log stands, once for each size, and keep what was signed."""
    head = Head.objects.get(key=community)
    value = root(head)
    signed, _ = SignedHead.objects.get_or_create(
        community=head, size=head.size,
        defaults={"root": value, "at": at, "signature": signing.sign(community, head.size, value, at)},
    )  # fmt: skip
    return signed


def sign_grown(at: datetime | None = None) -> list[SignedHead]:
    """Sign the head of every log that has grown since it was last signed."""
    last = SignedHead.objects.filter(community=OuterRef("pk"), size=OuterRef("size"))
    grown = Head.objects.filter(~Exists(last), size__gt=0).order_by("key").values_list("key", flat=True)
    return [sign_head(key, at or datetime.now(UTC)) for key in grown]
