"""The file of a vote: what it was counted from, its hashes and its result, in one layout."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from .ballots import Ballot, Hands, Question
from .count import count
from .hashes import Hashes, ballot_rows, ballots_hash, canonical, entry_rows, question_hash, roll_hash, rules_hash
from .result import Result
from .roll import Roll
from .ruleset import RuleSet, Text, Whole

FORMAT: Literal["mulin-vote/1"] = "mulin-vote/1"
Difference = tuple[str, Any, Any]


class Vote(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that a vote is counted from. Hashes and result may be missing: then nothing is compared with them."""

    format: Literal["mulin-vote/1"] = FORMAT
    question: Question
    rules: RuleSet
    roll: Roll
    ballots: tuple[Ballot, ...]
    present: tuple[Text, ...] | Whole | None = None
    hands: Hands | None = None
    unreached: tuple[Text, ...] = ()
    lot: Text = ""  # what was drawn, as the minutes have it
    hashes: Hashes | None = None
    result: Result | None = None


class Rows(msgspec.Struct, frozen=True):
    """Roll and ballots in canonical JSON: written once, for hashing and for the file."""

    entries: bytes
    ballots: bytes


def recount(vote: Vote) -> Result:
    """Count what is in the file. Raises Malformed."""
    return count(
        vote.rules, vote.roll, vote.ballots, present=vote.present, hands=vote.hands, unreached=vote.unreached,
        options=vote.question.options, lot=vote.lot,
    )  # fmt: skip


def rows_of(vote: Vote) -> Rows:
    """Write roll and ballots canonically."""
    return Rows(entry_rows(vote.roll.entries), ballot_rows(vote.ballots))


def hashes_of(vote: Vote, rows: Rows | None = None) -> Hashes:
    """Hash the parts of a vote."""
    rows = rows or rows_of(vote)
    returned = ballots_hash(
        (), present=vote.present, hands=vote.hands, unreached=vote.unreached, lot=vote.lot, rows=rows.ballots
    )
    return Hashes(question_hash(vote.question), rules_hash(vote.rules), roll_hash(vote.roll, rows.entries), returned)


def document(vote: Vote, rows: Rows | None = None) -> bytes:
    """Write the file: one row of roll and ballots a line, so that lines can be named and compared."""
    rows = rows or rows_of(vote)
    return _written(vote, Rows(_lines(rows.entries), _lines(rows.ballots)))


def is_complete(raw: bytes, vote: Vote, rows: Rows) -> bool:
    """Tell whether bytes hold all that a vote says, in whatever lines: then nothing was left to be guessed."""
    # JSON has no bare line feed inside a string, so taking them out changes nothing that is said.
    return _written(vote, rows).replace(b"\n", b"") == raw.replace(b"\n", b"")


def _written(vote: Vote, rows: Rows) -> bytes:
    roll = b'{\n"seats":' + canonical(vote.roll.seats) + b',\n"entries":' + rows.entries + b"}"
    present = vote.present if vote.present is None or isinstance(vote.present, int) else sorted(vote.present)
    parts = {
        "format": canonical(vote.format), "question": _pretty(vote.question), "rules": _pretty(vote.rules),
        "roll": roll, "ballots": rows.ballots, "present": canonical(present),
        "hands": canonical(vote.hands), "unreached": canonical(sorted(vote.unreached)), "lot": canonical(vote.lot),
        "hashes": _pretty(vote.hashes), "result": _pretty(vote.result),
    }  # fmt: skip
    return b"{\n" + b",\n".join(b'"' + name.encode() + b'":' + written for name, written in parts.items()) + b"\n}\n"


def differences(said: Any, found: Any, where: str = "") -> Iterator[Difference]:
    """Compare two results as plain data: where they differ, what was said and what was found."""
    if isinstance(said, dict) and isinstance(found, dict):
        for name in {**said, **found}:
            yield from differences(said.get(name), found.get(name), f"{where}.{name}" if where else name)
    elif isinstance(said, list | tuple) and isinstance(found, list | tuple) and len(said) == len(found):
        for at, (one, other) in enumerate(zip(said, found, strict=True)):
            yield from differences(one, other, f"{where}[{at}]")
    elif said != found:
        yield where, said, found


def _lines(rows: bytes) -> bytes:
    """Put each row on a line; no key contains a bracket, so this never falls inside one."""
    return rows.replace(b"],[", b"],\n[").replace(b"[[", b"[\n[").replace(b"]]", b"]\n]")


def _pretty(value: Any) -> bytes:
    return msgspec.json.format(canonical(value), indent=1)
