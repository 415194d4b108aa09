"""What a count says: every number of every formula, and what follows."""

from __future__ import annotations

from typing import Literal

import msgspec

from .ruleset import Group, Measure, Whole

Outcome = Literal["adopted", "rejected", "no_quorum", "elected", "runoff", "tie"]


class Total(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much of one measure went where, as it was returned."""

    measure: Measure
    members: Whole
    present: Whole | None  # nobody said
    cast: Whole  # returned, invalid ones included
    participating: Whole  # returned and valid, abstentions included
    yes: Whole
    no: Whole
    abstain: Whole
    follow: Whole  # said: with the majority
    invalid: Whole
    silent: Whole
    silent_joined: Whole = 0  # of silent: counted with the majority by the rules
    chosen: Whole = 0  # said one option or more, where options are chosen


class Formula(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One test with its numbers: left = den × part, right = num × base."""

    measure: Measure
    part: Group
    base: Group
    num: Whole
    den: Whole
    strict: bool
    part_amount: Whole
    base_amount: Whole
    left: Whole
    right: Whole
    met: bool


class OptionCount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one option got, in the order of the measures."""

    key: str
    votes: tuple[Whole, ...]
    passes: tuple[Formula, ...]
    place: Whole  # 1 is first, equal ones share it; 0: a test is not met
    elected: bool


class Result(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A count. `without_silence` is the same count with no silence in it, where the rules count silence."""

    outcome: Outcome
    quorate: bool
    ballots: Whole  # rows
    counted: Whole  # entries that returned one
    replaced: Whole  # earlier ballots of the same entries
    totals: tuple[Total, ...]
    takes_part: tuple[Formula, ...]
    passes: tuple[Formula, ...]
    majority: Literal["", "yes", "no", "abstain"] = ""  # what silence goes with; empty: with nothing
    options: tuple[OptionCount, ...] = ()
    elected: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()  # equal at the last seat
    drawn: tuple[str, ...] = ()  # of those tied: in the order of the lot
    without_silence: Result | None = None
