"""Properties of the count, against a second way of counting by fractions."""

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulin.tally.ballots import Ballot
from mulin.tally.roll import Entry, Roll, Unit, pool, roll_of

from .made import ABSTAIN, FOLLOW, NO, ORDINARY, SPECIAL, YES, asks, count, heads, outcome, replace, rules, said

EDGES = [(1, 2), (2, 3), (3, 4), (1, 3)]
CHOICES = [YES, NO, ABSTAIN, ()]


@pytest.mark.parametrize(("num", "den"), EDGES)
@given(of=st.integers(1, 60))
def test_exactly_at_a_fraction_passes_unless_more_is_asked(num, den, of):
    base, at = of * den, of * num
    exact = rules(passes=(asks("yes", "participating", num, den),))
    more = rules(passes=(asks("yes", "participating", num, den, strict=True),))
    roll = heads(base)
    assert outcome(exact, roll, said(at, base - at)) == "adopted"
    assert outcome(more, roll, said(at, base - at)) == "rejected"
    assert outcome(exact, roll, said(at - 1, base - at + 1)) == "rejected"
    assert outcome(more, roll, said(at + 1, base - at - 1)) == "adopted"


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(("num", "den"), EDGES)
@given(base=st.integers(1, 200), data=st.data())
def test_a_test_is_a_comparison_of_fractions(num, den, strict, base, data):
    yes = data.draw(st.integers(0, base))
    by = rules(passes=(asks("yes", "members", num, den, strict=strict),))
    share, wanted = Fraction(yes, base), Fraction(num, den)
    met = share > wanted if strict else share >= wanted
    assert outcome(by, heads(base), said(yes)) == ("adopted" if met else "rejected")


@st.composite
def votes(draw):
    """Owners with areas, and what each of them returned, if anything."""
    amounts = draw(st.lists(st.integers(1, 40_000), min_size=1, max_size=12))
    roll = Roll(tuple(Entry(f"R-{number}", 1, area, area % 7 + 1) for number, area in enumerate(amounts)))
    ballots = []
    for entry in roll.entries:
        for number, choices in enumerate(draw(st.lists(st.sampled_from(CHOICES), max_size=3)), 1):
            ballots.append(Ballot(entry.key, number, choices, bool(choices)))
    return roll, ballots


def by_fractions(roll, ballots, wanted, strict):
    """Count an owners' vote a second time, in another way."""
    last = {}
    for ballot in sorted(ballots, key=lambda ballot: ballot.number):
        last[ballot.entry] = ballot
    verdicts = []
    for weight in (lambda entry: entry.heads, lambda entry: entry.area):
        every = sum(weight(entry) for entry in roll.entries)
        valid = sum(weight(entry) for entry in roll.entries if entry.key in last and last[entry.key].valid)
        yes = sum(weight(entry) for entry in roll.entries if entry.key in last and last[entry.key].choices == YES)
        share = Fraction(yes, valid) if valid else Fraction(0)
        verdicts.append((Fraction(valid, every) >= Fraction(2, 3), share > wanted if strict else share >= wanted))
    if not all(enough for enough, _passes in verdicts):
        return "no_quorum"
    return "adopted" if all(passes for _enough, passes in verdicts) else "rejected"


@given(votes())
def test_owners_votes_are_counted_as_by_fractions(made):
    roll, ballots = made
    assert outcome(ORDINARY, roll, ballots) == by_fractions(roll, ballots, Fraction(1, 2), strict=True)
    assert outcome(SPECIAL, roll, ballots) == by_fractions(roll, ballots, Fraction(3, 4), strict=False)


@given(votes(), st.randoms(use_true_random=False))
def test_order_makes_no_difference(made, chance):
    roll, ballots = made
    shuffled, entries = list(ballots), list(roll.entries)
    chance.shuffle(shuffled)
    chance.shuffle(entries)
    assert count(ORDINARY, Roll(tuple(entries)), shuffled) == count(ORDINARY, roll, ballots)


@given(votes())
def test_every_amount_goes_somewhere_once(made):
    roll, ballots = made
    for one in count(ORDINARY, roll, ballots).totals:
        assert one.members == one.cast + one.silent
        assert one.cast == one.participating + one.invalid
        assert one.participating == one.yes + one.no + one.abstain
        assert one.present is None
    result = count(ORDINARY, roll, ballots)
    assert result.ballots == len(ballots) == result.counted + result.replaced


@given(votes(), st.sampled_from(CHOICES))
def test_the_ballot_with_the_highest_number_counts(made, choices):
    roll, ballots = made
    key = roll.entries[0].key
    last = Ballot(key, 99, choices, bool(choices))
    without = [ballot for ballot in ballots if ballot.entry != key]
    assert count(ORDINARY, roll, [last, *ballots]).totals == count(ORDINARY, roll, [*without, last]).totals


@given(votes())
def test_a_yes_more_never_harms(made):
    roll, ballots = made
    changed = [replace(ballot, choices=YES) if ballot.choices == NO else ballot for ballot in ballots]
    if outcome(ORDINARY, roll, ballots) == "adopted":
        assert outcome(ORDINARY, roll, changed) == "adopted"


@given(st.lists(st.tuples(st.integers(1, 30_000), st.integers(0, 3), st.booleans()), min_size=1, max_size=12))
def test_a_pool_has_each_dwelling_once(made):
    units = [
        Unit(f"D-{at:02}", area, (f"P-{owner}",), developer=unsold) for at, (area, owner, unsold) in enumerate(made)
    ]
    pooled = pool(units)
    assert sum(one.entry.area for one in pooled) == sum(area for area, _owner, _unsold in made)
    assert sorted(door for one in pooled for door in one.dwellings) == [unit.dwelling for unit in units]
    buyers = {owner for _area, owner, unsold in made if not unsold}
    assert len(pooled) == len(buyers) + any(unsold for _area, _owner, unsold in made)
    assert pool(random.Random(1).sample(units, len(units))) == pooled
    assert len({one.entry.key for one in pooled}) == len(pooled)
    assert all(one.entry.heads == 1 for one in pooled)
    assert roll_of(pooled) == Roll(tuple(one.entry for one in pooled))


SILENT = replace(ORDINARY, silence="with_majority")
TURNOUT = replace(ORDINARY, silence="taking_part")


@given(votes())
def test_silence_is_told_both_ways(made):
    roll, ballots = made
    plain = count(ORDINARY, roll, ballots)
    assert plain.without_silence is None
    for by in (SILENT, TURNOUT, replace(ORDINARY, follow=True)):
        assert count(by, roll, ballots).without_silence == plain


@given(votes())
def test_silence_helps_participation_only_where_the_rules_say_so(made):
    roll, ballots = made
    assert count(SILENT, roll, ballots).takes_part == count(ORDINARY, roll, ballots).takes_part
    turnout = count(TURNOUT, roll, ballots)
    if turnout.majority:
        assert [each.part_amount for each in turnout.takes_part] == [
            one.participating + one.silent for one in reversed(turnout.totals)
        ]


@given(votes())
def test_who_follows_is_counted_as_if_they_had_said_it(made):
    roll, ballots = made
    by = replace(ORDINARY, follow=True)
    extra = Roll((*roll.entries, Entry("R-x", 1, 5)))
    followed = count(by, extra, [*ballots, Ballot("R-x", 1, FOLLOW)])
    if followed.majority == "yes":
        assert followed.outcome == outcome(ORDINARY, extra, [*ballots, Ballot("R-x", 1, YES)])
    else:
        assert followed.outcome == outcome(ORDINARY, extra, [*ballots, Ballot("R-x", 1, ABSTAIN)])
