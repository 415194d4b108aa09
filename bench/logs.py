"""The log: appending, verifying from memory and from the database, and proofs, at two sizes."""

from __future__ import annotations

import os
import time
from uuid import UUID

from django.db import transaction

from mulin.journal.log import Entry, append, prove_inclusion, root
from mulin.journal.merkle import TILE, Frontier, canonical, commit, leaf
from mulin.journal.models import Detail, Head, Line, Tile
from mulin.journal.verify import verify
from mulin.kernel.clock import now
from mulin.kernel.ids import uuid7

from .results import Result

SUBJECT = "log"
AT_ONCE = 20_000


def measure(database: str, quick: bool) -> None:
    """Measure the log at each size."""
    sizes = (5_000, 50_000) if quick else (100_000, 1_000_000)
    # The tree is the same everywhere, and a million lines take a while: once is enough.
    for size in sizes[:1] if database == "postgresql" else sizes:
        _at(database, size)


def _at(database: str, size: int) -> None:
    def say(name: str, value: float, unit: str, note: str = "") -> None:
        Result(SUBJECT, database, f"{name}, {size:,} lines", value, unit, note).say()

    head, hashes, pushing = _grown(size)
    say("push into the tree", pushing / size * 1e6, "µs a line")
    at = time.process_time()
    frontier = Frontier()
    for one in hashes:
        frontier.push(one)
    took = time.process_time() - at
    assert frontier.root() == root(head)
    say("verify from memory", took, "s", f"{size / took:,.0f} lines/s")
    at = time.perf_counter()
    report = verify(head.key, details=False)
    took = time.perf_counter() - at
    assert report.ok, report.problems
    say("verify from the database", took, "s", f"{size / took:,.0f} lines/s")
    at = time.perf_counter()
    for seq in range(0, size, size // 50):
        prove_inclusion(head.key, seq, size)
    say("proof of a line", (time.perf_counter() - at) / 50 * 1000, "ms")
    for batch, name in ((1, "one a transaction"), (1000, "1,000 a transaction")):
        turns = 200 if batch == 1 else 3
        at = time.perf_counter()
        for _turn in range(turns):
            _append(head.key, batch)
        took = (time.perf_counter() - at) / turns / batch
        say(f"append, {name}", 1 / took, "lines/s", f"{took * 1e6:,.0f} µs a line")


def _append(key: UUID, count: int) -> None:
    with transaction.atomic():
        head = Head.objects.select_for_update().get(key=key)
        append(head, [Entry("bench.note", key, "note", "system", now()) for _one in range(count)])
        head.save()


def _grown(size: int) -> tuple[Head, list[bytes], float]:
    """Make a log of this size with the journal's own hashes; the rows go in at one go, since only reading is timed."""
    key, frontier, hashes, pushing = uuid7(), Frontier(), [], 0.0
    with transaction.atomic():
        head = Head.objects.create(key=key)
        for first in range(0, size, AT_ONCE):
            lines, tiles = [], []
            for seq in range(first, min(first + AT_ONCE, size)):
                commitment = commit(os.urandom(16), b'{"actor":"system","verb":"note"}')
                cleared = canonical({"kind": "bench.note", "seq": seq})
                item = leaf(seq, commitment, cleared)
                hashes.append(item)
                at = time.process_time()
                tile = frontier.push(item)
                pushing += time.process_time() - at
                lines.append((seq, commitment, cleared.decode()))
                if tile:
                    tiles.append(Tile(community=head, index=seq // TILE, hash=tile))
            _insert_lines(head, lines)
            Tile.objects.bulk_create(tiles)
        head.size, head.frontier = frontier.size, frontier.pack()
        head.save()
    assert not Detail.objects.filter(community=key).exists()
    return head, hashes, pushing


def _insert_lines(head: Head, lines: list[tuple[int, bytes, str]]) -> None:
    from django.db import connection

    postgres = connection.vendor == "postgresql"
    names = f"{Line._meta.db_table} (id, community_id, seq, commitment, cleared)"
    with connection.cursor() as cursor:
        if postgres:
            with cursor.copy(f"COPY {names} FROM STDIN") as copy:
                for seq, commitment, cleared in lines:
                    copy.write_row((uuid7(), head.key, seq, commitment, cleared))
        else:
            rows = [(uuid7().hex, head.key.hex, *line) for line in lines]
            cursor.executemany(f"INSERT INTO {names} VALUES (%s, %s, %s, %s, %s)", rows)
