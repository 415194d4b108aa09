"""Counting an owners' vote again from its file, as `mulin tally` does, beside the bare reading of the same bytes."""

from __future__ import annotations

import hashlib
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from mulin.tally.ballots import Ballot, Question
from mulin.tally.files import Vote, document, hashes_of, recount
from mulin.tally.loading import packs
from mulin.tally.reading import read
from mulin.tally.resting import at_rest
from mulin.tally.roll import Entry, Roll
from mulin.tally.sheet import as_text, sheet

from .results import Result

SUBJECT = "tally"
OPINIONS = [("yes",)] * 7 + [("no",)] * 2 + [("abstain",)]


def measure(database: str, quick: bool) -> None:
    """Measure a vote in which everybody voted, and one in which a tenth were silent and a tenth voted again."""
    if database != "sqlite":  # no database is asked
        return
    size = 100_000 if quick else 1_000_000
    with tempfile.TemporaryDirectory(prefix="mulin-bench-") as folder:
        file = Path(folder) / "vote.json"
        for name, silent, again in (("everybody voted once", 0.0, 0.0), ("silent and replaced", 0.1, 0.1)):
            file.write_bytes(document(_vote(size, silent, again)))
            raw = file.read_bytes()
            bare = _least(lambda raw=raw: (hashlib.sha256(raw).digest(), msgspec.json.decode(raw)))  # type: ignore[misc]
            took = _least(lambda: _whole(file))
            note = f"{len(raw) / 1e6:.0f} MB; {took / bare:.1f} times reading it as plain JSON with its hash"
            Result(SUBJECT, database, f"{size:,} entries, {name}", took, "s CPU", note).say()


def _vote(size: int, silent: float, again: float) -> Vote:
    chance = random.Random(7)
    roll = Roll(tuple(Entry(f"R-{at:07}", 1, 5_000 + chance.randrange(10_000)) for at in range(1, size + 1)))
    ballots = []
    for entry in roll.entries:
        if chance.random() < silent:
            continue
        for number in range(1, 3 if chance.random() < again else 2):
            ballots.append(Ballot(entry.key, number, chance.choice(OPINIONS)))
    vote = Vote(
        question=Question("2026-0001", "A roof for bicycles"), rules=packs()["CN-278-ordinary"], roll=roll,
        ballots=tuple(ballots),
    )  # fmt: skip
    return replace(vote, result=recount(vote), hashes=hashes_of(vote))


def _whole(file: Path) -> str:
    """Read, look everything through, count, compare the hashes, and write the proof sheet."""
    with at_rest():
        said = read(file)
        result = said.located(recount)
        assert hashes_of(said.vote, said.rows) == said.vote.hashes
        return as_text(sheet(said.vote.question, said.vote.rules, result))


def _least(act: Callable[[], Any]) -> float:
    """Return the least CPU time of three runs, in seconds."""
    times = []
    for _again in range(3):
        at = time.process_time()
        act()
        times.append(time.process_time() - at)
    return min(times)
