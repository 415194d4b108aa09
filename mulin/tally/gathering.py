"""Who said what: one ballot for each entry, and whatever cannot be counted refused."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import compress, islice, pairwise
from operator import attrgetter, eq
from typing import NamedTuple

from .ballots import ABSTAIN, FOLLOW, OPINIONS, Ballot, Option
from .malformed import Malformed
from .roll import Entry, Roll
from .ruleset import MOST_DEN, SAFE, Measure, RuleSet

KEY = re.compile(r"[A-Za-z0-9._-]{1,40}", re.ASCII)
_STRANGE = re.compile(r"[^A-Za-z0-9._-]", re.ASCII)  # a character that no key has
MOST = SAFE // MOST_DEN  # of one measure in all, so that every number of a formula stays safe
INVALID, CHOSEN = "invalid", "chosen"
Entries = list[Entry]
Says = tuple[tuple[str, ...], bool]


class Gathered(NamedTuple):
    """What was returned, sorted by what it says."""

    said: dict[str, Entries]  # by opinion, "invalid" or "chosen"
    marks: dict[str, Entries]  # by option
    newest: Sequence[Ballot]
    replaced: int

    def returned(self) -> set[str]:
        """Name the entries that returned a ballot."""
        return {ballot.entry for ballot in self.newest}


def gather(rules: RuleSet, entries: Sequence[Entry], ballots: Sequence[Ballot], keys: Collection[str]) -> Gathered:
    """Take the newest ballot of each entry and sort them by what they say. Raises Malformed."""
    newest, options = _newest(ballots), frozenset(keys)
    for ballot in ballots if len(newest) < len(ballots) else ():
        _opinion(rules, ballot, ballots, options)  # also what was replaced must be a ballot
    _check_proxies(rules, ballots, newest)
    opinions: dict[Says, str] = {}
    alike: dict[Says, Entries] = {}
    for entry, ballot in zip(_voters(entries, ballots, newest), newest, strict=True):
        says = ballot.choices, ballot.valid
        if says not in alike:
            alike[says], opinions[says] = [], _opinion(rules, ballot, ballots, options)
        alike[says].append(entry)
    said: dict[str, Entries] = defaultdict(list)
    marks: dict[str, Entries] = {key: [] for key in keys}
    for says, whose in alike.items():
        said[opinions[says]] += whose
        for option in says[0] if opinions[says] == CHOSEN else ():
            marks[option] += whose
    return Gathered(said, marks, newest, len(ballots) - len(newest))


def _newest(ballots: Sequence[Ballot]) -> Sequence[Ballot]:
    """Take the ballot with the highest number of each entry, in the order of their keys."""
    ordered = sorted(ballots)
    keys = list(map(attrgetter("entry"), ordered))
    if not any(map(eq, keys, islice(keys, 1, None))):
        return ordered
    for earlier, later in pairwise(ordered):
        if (earlier.entry, earlier.number) == (later.entry, later.number):
            raise Malformed("ballot_double", _place(ballots, later), entry=later.entry, number=later.number)
    return [earlier for earlier, later in pairwise(ordered) if earlier.entry != later.entry] + ordered[-1:]


def _voters(entries: Sequence[Entry], ballots: Sequence[Ballot], newest: Sequence[Ballot]) -> Sequence[Entry]:
    """Find the entries that returned a ballot; both lie in the order of their keys. Raises Malformed."""
    keys, names = [entry.key for entry in entries], [ballot.entry for ballot in newest]
    if keys == names:
        return entries
    known = set(keys)
    for ballot in newest if not known.issuperset(names) else ():
        if ballot.entry not in known:
            raise Malformed("ballot_stranger", _place(ballots, ballot), entry=ballot.entry)
    return list(compress(entries, map(set(names).__contains__, keys)))


def _opinion(rules: RuleSet, ballot: Ballot, ballots: Sequence[Ballot], options: frozenset[str]) -> str:
    """Say what a ballot says. Raises Malformed."""
    for choice in ballot.choices:
        if choice not in options and (choice not in OPINIONS or (choice == FOLLOW and not rules.follow)):
            raise Malformed("ballot_option", _place(ballots, ballot), entry=ballot.entry, option=choice)
    if not ballot.valid:
        return INVALID
    if not ballot.choices:
        raise Malformed("ballot_empty", _place(ballots, ballot), entry=ballot.entry)
    alone = len(ballot.choices) == 1
    if alone and (rules.ballot == "yes_no" or ballot.choices == (ABSTAIN,)):
        return ballot.choices[0]
    if not alone and rules.ballot == "yes_no":
        raise Malformed("ballot_several", _place(ballots, ballot), entry=ballot.entry)
    if not options.issuperset(ballot.choices):
        raise Malformed("ballot_mixed", _place(ballots, ballot), entry=ballot.entry)
    if len(set(ballot.choices)) < len(ballot.choices):
        raise Malformed("ballot_twice", _place(ballots, ballot), entry=ballot.entry)
    if len(ballot.choices) > rules.seats:
        raise Malformed("ballot_many", _place(ballots, ballot), entry=ballot.entry, most=rules.seats)
    return CHOSEN


def _check_proxies(rules: RuleSet, ballots: Sequence[Ballot], newest: Sequence[Ballot]) -> None:
    """Refuse proxies where there are none, oneself as a proxy, and more entries than a holder may vote for."""
    by_proxy = [ballot for ballot in ballots if ballot.proxy]
    for ballot in by_proxy:
        if not rules.proxies_allowed:
            raise Malformed("proxy_none", _place(ballots, ballot), entry=ballot.entry)
        if ballot.proxy == ballot.entry:
            raise Malformed("proxy_self", _place(ballots, ballot), entry=ballot.entry)
        if not KEY.fullmatch(ballot.proxy):
            raise Malformed("proxy_key", _place(ballots, ballot), entry=ballot.entry)
    held = Counter(ballot.proxy for ballot in newest if ballot.proxy) if by_proxy else {}
    for holder, count in sorted(held.items()):
        if count > rules.proxy_cap:
            where = _place(ballots, next(ballot for ballot in by_proxy if ballot.proxy == holder))
            raise Malformed("proxy_cap", where, holder=holder, count=count, cap=rules.proxy_cap)


def _place(ballots: Sequence[Ballot], ballot: Ballot) -> tuple[str | int, ...]:
    return ("ballots", ballots.index(ballot))


def check_roll(rules: RuleSet, roll: Roll) -> Sequence[Entry]:
    """Look a roll through and give its entries in the order of their keys. Raises Malformed."""
    if not roll.entries:
        raise Malformed("roll_empty", ("roll", "entries"))
    entries = sorted(roll.entries)
    keys = list(map(attrgetter("key"), entries))
    if any(map(eq, keys, islice(keys, 1, None))):
        double = next(later for earlier, later in pairwise(entries) if earlier.key == later.key)
        raise Malformed("roll_double", _entry_place(roll, double), entry=double.key)
    if not keys[0] or _STRANGE.search("".join(keys)) or max(map(len, keys)) > 40:
        raise Malformed("roll_key", _entry_place(roll, next(one for one in entries if not KEY.fullmatch(one.key))))
    for measure in rules.measures:
        _check_amounts(roll, measure)
    heads = total(entries, "heads")
    if roll.seats is not None and roll.seats < heads:
        raise Malformed("roll_seats", ("roll", "seats"), seats=roll.seats, heads=heads)
    return entries


def _entry_place(roll: Roll, entry: Entry) -> tuple[str | int, ...]:
    return ("roll", "entries", roll.entries.index(entry))


def _check_amounts(roll: Roll, measure: Measure) -> None:
    amounts = list(map(attrgetter(measure), roll.entries))
    if min(amounts) < 1:
        nothing = roll.entries[amounts.index(min(amounts))]
        raise Malformed(f"roll_{measure}", _entry_place(roll, nothing), entry=nothing.key)
    if sum(amounts) > MOST:
        raise Malformed("roll_huge", ("roll", "entries"), most=f"{MOST:,}")


def check_options(rules: RuleSet, options: Sequence[Option]) -> tuple[str, ...]:
    """Look the options through and give their keys. Raises Malformed."""
    keys = tuple(option.key for option in options)
    for at, key in enumerate(keys):
        if key in OPINIONS or not KEY.fullmatch(key):
            raise Malformed("option_key", ("question", "options", at), option=key)
        if key in keys[:at]:
            raise Malformed("option_double", ("question", "options", at), option=key)
    if rules.ballot == "yes_no" and keys:
        raise Malformed("options_none", ("question", "options"))
    if rules.ballot == "choose" and len(keys) < max(2, rules.seats):
        raise Malformed("options_few", ("question", "options"), seats=rules.seats)
    return keys


def total(entries: Collection[Entry], measure: Measure) -> int:
    """Add up one measure."""
    return sum(map(attrgetter(measure), entries))
