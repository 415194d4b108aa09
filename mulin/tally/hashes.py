"""Hashes of what a vote is counted from: SHA-256 over canonical JSON (RFC 8785), whatever the order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import sha256

import msgspec

from .ballots import Ballot, Hands, Question
from .roll import Entry, Roll
from .ruleset import RuleSet, Text

# Keys of Structs are ASCII, numbers are safe integers and there are no floats: then sorting is all that RFC 8785 asks.
canonical = msgspec.json.Encoder(order="sorted").encode


class Hashes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hashes in lower-case hexadecimal; the first three are known before the first ballot."""

    question: Text
    rules: Text
    roll: Text
    ballots: Text


class Returned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that is hashed with the ballots, in its canonical order."""

    ballots: msgspec.Raw
    hands: Hands | None
    lot: str
    present: tuple[str, ...] | int | None
    unreached: tuple[str, ...]


def question_hash(question: Question) -> str:
    """Hash what is asked; options keep their order."""
    return _hash(canonical(question))


def rules_hash(rules: RuleSet) -> str:
    """Hash the rules with all their fields."""
    return _hash(canonical(rules))


def roll_hash(roll: Roll, rows: bytes | None = None) -> str:
    """Hash the roll; `rows` are its entries if they are already written."""
    entries = entry_rows(roll.entries) if rows is None else rows
    return _hash(b'{"entries":' + entries + b',"seats":' + canonical(roll.seats) + b"}")


def ballots_hash(
    ballots: Sequence[Ballot], *, present: Collection[str] | int | None = None, hands: Hands | None = None,
    unreached: Collection[str] = (), lot: str = "", rows: bytes | None = None,
) -> str:  # fmt: skip
    """Hash what was returned and what else is needed to count it."""
    here = present if present is None or isinstance(present, int) else tuple(sorted(present))
    written = msgspec.Raw(ballot_rows(ballots) if rows is None else rows)
    return _hash(canonical(Returned(written, hands, lot, here, tuple(sorted(unreached)))))


def entry_rows(entries: Sequence[Entry]) -> bytes:
    """Write the entries in the order of their keys."""
    return canonical(sorted(entries))


def ballot_rows(ballots: Sequence[Ballot]) -> bytes:
    """Write the ballots in the order of entry and number."""
    return canonical(sorted(ballots))


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()
