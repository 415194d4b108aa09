"""The count: pure, in whole numbers, whatever the order of roll and ballots."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from .ballots import ABSTAIN, FOLLOW, NO, YES, Ballot, Hands, Option
from .choosing import choose
from .formulas import formula, majority_of, tests_of
from .gathering import CHOSEN, INVALID, Gathered, check_options, check_roll, gather, total
from .malformed import Malformed
from .problems import problems
from .result import Outcome, Result, Total
from .roll import Entry, Roll
from .ruleset import Measure, RuleSet

Present = Collection[str] | int | None


def count(
    rules: RuleSet, roll: Roll, ballots: Sequence[Ballot], *, present: Present = None, hands: Hands | None = None,
    unreached: Collection[str] = (), options: Sequence[Option] = (), lot: str = "",
) -> Result:  # fmt: skip
    """Count a vote; `unreached` are entries that no ballot reached, whose silence says nothing. Raises Malformed."""
    for problem in problems(rules):
        raise Malformed(problem.code, ("rules", *problem.path), **problem.values)
    entries, keys = check_roll(rules, roll), check_options(rules, options)
    if hands is not None:
        shown = _show_of_hands(rules, roll, hands, ballots, present)
        return _result(rules, (shown,), {}, (0, 0, 0), lot)
    gathered = gather(rules, entries, ballots, keys)
    here = None if present is None else _present(rules, entries, gathered, present)
    if rules.counts_presence and here is None:
        raise Malformed("present_unknown", ("present",))
    totals = tuple(_total(measure, roll, gathered, here) for measure in rules.measures)
    never = _never_reached(entries, gathered, unreached)
    rows = (len(ballots), len(gathered.newest), gathered.replaced)
    if not rules.counts_silence:
        return _result(rules, totals, gathered.marks, rows, lot)
    plain = _result(replace(rules, silence="not_counted", follow=False), totals, gathered.marks, rows, lot)
    if rules.silence != "not_counted" and majority_of(totals):
        heard = never | gathered.returned()
        reached = [one for one in entries if one.key not in heard]
        totals = tuple(replace(one, silent_joined=total(reached, one.measure)) for one in totals)
    return replace(_result(rules, totals, gathered.marks, rows, lot), without_silence=plain)


def _result(
    rules: RuleSet, totals: tuple[Total, ...], marks: Mapping[str, Collection[Entry]], rows: tuple[int, int, int],
    lot: str,
) -> Result:  # fmt: skip
    """Test the totals, and choose where options are chosen."""
    majority = majority_of(totals) if rules.counts_silence else ""
    takes_part = tuple(formula(rules, test, totals, majority, turnout=True) for test in rules.takes_part)
    quorate = all(each.met for each in takes_part)
    ballots, counted, replaced = rows
    result = Result(
        outcome="no_quorum", quorate=quorate, ballots=ballots, counted=counted, replaced=replaced, totals=totals,
        takes_part=takes_part, passes=(), majority=majority,
    )  # fmt: skip
    if rules.ballot == "choose":
        return choose(rules, result, marks, lot)
    passes = tuple(formula(rules, test, totals, majority) for test in tests_of(rules))
    outcome: Outcome = "adopted" if all(each.met for each in passes) else "rejected"
    return replace(result, passes=passes, outcome=outcome if quorate else "no_quorum")


def _total(measure: Measure, roll: Roll, gathered: Gathered, here: Collection[Entry] | int | None) -> Total:
    """Add up who said what in one measure."""
    said = {opinion: total(entries, measure) for opinion, entries in gathered.said.items()}
    on_roll, cast, invalid = total(roll.entries, measure), sum(said.values()), said.get(INVALID, 0)
    present = here if here is None or isinstance(here, int) else total(here, measure)
    return Total(
        measure=measure, members=_members(roll, on_roll, measure), present=present, cast=cast,
        participating=cast - invalid, yes=said.get(YES, 0), no=said.get(NO, 0), abstain=said.get(ABSTAIN, 0),
        follow=said.get(FOLLOW, 0), invalid=invalid, silent=on_roll - cast, chosen=said.get(CHOSEN, 0),
    )  # fmt: skip


def _members(roll: Roll, on_roll: int, measure: Measure) -> int:
    """Take all seats for the heads of a body, the vacant ones with them."""
    return roll.seats if measure == "heads" and roll.seats is not None else on_roll


def _present(
    rules: RuleSet, entries: Sequence[Entry], gathered: Gathered, present: Collection[str] | int
) -> Collection[Entry] | int:
    """Say who was there: entries, or a number of heads. Raises Malformed."""
    where, returned = ("present",), gathered.returned()
    if isinstance(present, int):
        if rules.measures != ("heads",):
            raise Malformed("present_number", where)
        least = total([one for one in entries if one.key in returned], "heads")
        if not least <= present <= total(entries, "heads"):
            raise Malformed("present_amount", where, present=present, returned=least)
        return present
    here = set(present)
    for stranger in sorted(here - {one.key for one in entries}):
        raise Malformed("present_stranger", where, entry=stranger)
    for absent in sorted(returned - here):
        raise Malformed("present_not", where, entry=absent)
    return [one for one in entries if one.key in here]


def _never_reached(entries: Sequence[Entry], gathered: Gathered, unreached: Collection[str]) -> set[str]:
    """Take who no ballot reached. Raises Malformed."""
    never = set(unreached)
    for stranger in sorted(never - {one.key for one in entries}) if never else ():
        raise Malformed("unreached_stranger", ("unreached",), entry=stranger)
    for voter in sorted(never & gathered.returned()) if never else ():
        raise Malformed("unreached_returned", ("unreached",), entry=voter)
    return never


def _show_of_hands(rules: RuleSet, roll: Roll, hands: Hands, ballots: Sequence[Ballot], present: Present) -> Total:
    """Take a show of hands for the total of heads. Raises Malformed."""
    where, raised = ("hands",), hands.yes + hands.no + hands.abstain
    if rules.measures != ("heads",) or rules.ballot != "yes_no" or rules.counts_silence:
        raise Malformed("hands_rules", where)
    if ballots:
        raise Malformed("hands_ballots", where)
    if present is not None:
        raise Malformed("hands_present", where)
    on_roll = total(roll.entries, "heads")
    if not raised <= hands.present <= on_roll:
        raise Malformed("hands_amount", where, raised=raised, present=hands.present, members=on_roll)
    return Total(
        measure="heads", members=_members(roll, on_roll, "heads"), present=hands.present, cast=raised,
        participating=raised, yes=hands.yes, no=hands.no, abstain=hands.abstain, follow=0, invalid=0,
        silent=on_roll - raised,
    )  # fmt: skip
