"""Which of several options are chosen: those that pass, by their votes, and what becomes of ties."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256

from msgspec.structs import replace

from .formulas import formula
from .gathering import total
from .result import OptionCount, Outcome, Result
from .roll import Entry
from .ruleset import RuleSet


def choose(rules: RuleSet, result: Result, marks: Mapping[str, Collection[Entry]], lot: str) -> Result:
    """Choose so many options as there are seats; none when too few took part."""
    options = [_tested(rules, result, key, entries) for key, entries in marks.items()]
    passing = sorted((one for one in options if one.place), key=lambda one: one.votes, reverse=True)
    sure, tied = _last_seat(passing, rules.seats) if result.quorate else ([], [])
    drawn = draw(tied, lot) if tied and rules.ties == "lot" and lot else ()
    elected = (*sorted(sure), *drawn[: rules.seats - len(sure)])
    placed = [replace(one, place=_place(one, passing), elected=one.key in elected) for one in options]
    placed.sort(key=lambda one: (not one.place, one.place, one.key))
    outcome = _outcome(rules, bool(elected), bool(tied), bool(drawn)) if result.quorate else "no_quorum"
    return replace(
        result, outcome=outcome, options=tuple(placed), elected=elected, tied=tuple(sorted(tied)), drawn=drawn
    )


def draw(keys: Collection[str], lot: str) -> tuple[str, ...]:
    """Put options into the order of a lot: by the SHA-256 of the lot, a line feed and the option's key."""
    return tuple(sorted(keys, key=lambda key: sha256(f"{lot}\n{key}".encode()).digest()))


def _tested(rules: RuleSet, result: Result, key: str, entries: Collection[Entry]) -> OptionCount:
    votes = tuple(total(entries, measure) for measure in rules.measures)
    by_measure = dict(zip(rules.measures, votes, strict=True))
    passes = tuple(formula(rules, test, result.totals, "", votes=by_measure[test.measure]) for test in rules.passes)
    # An option that nobody marked is not chosen, even where there are seats left.
    stands = votes[0] > 0 and all(each.met for each in passes)
    return OptionCount(key, votes, passes, int(stands), False)


def _place(option: OptionCount, passing: Sequence[OptionCount]) -> int:
    return 1 + sum(other.votes > option.votes for other in passing) if option.place else 0


def _last_seat(passing: Sequence[OptionCount], seats: int) -> tuple[list[str], list[str]]:
    """Part those who are in whatever happens from those who are equal at the last seat."""
    if len(passing) <= seats:
        return [one.key for one in passing], []
    last = passing[seats - 1].votes
    sure = [one.key for one in passing if one.votes > last]
    equal = [one.key for one in passing if one.votes == last]
    return ([*sure, *equal], []) if len(sure) + len(equal) == seats else (sure, equal)


def _outcome(rules: RuleSet, elected: bool, tied: bool, drawn: bool) -> Outcome:
    if tied and rules.ties == "runoff":
        return "runoff"
    if tied and rules.ties == "lot" and not drawn:
        return "tie"
    return "elected" if elected else "rejected"
