"""Silence: counted only where the rules say so, and told both ways."""

from .made import ABSTAIN, FOLLOW, NO, ORDINARY, YES, areas, asks, count, heads, outcome, replace, rules, said, say
from .test_count import HALF_OF_ALL, SILENT, TURNOUT, refused


def test_silence_is_not_counted_unless_the_rules_say_so():
    assert outcome(HALF_OF_ALL, heads(5), said(2, 1)) == "rejected"
    by = replace(HALF_OF_ALL, silence="with_majority")
    result = count(by, heads(5), said(2, 1))
    assert (result.outcome, result.majority, result.totals[0].silent_joined) == ("adopted", "yes", 2)
    assert (result.without_silence.outcome, result.without_silence.majority) == ("rejected", "")
    assert result.passes[0].part_amount == 4


def test_silence_goes_with_the_noes_and_the_abstentions_too():
    result = count(SILENT, heads(9), said(1, 2))
    assert (result.outcome, result.majority) == ("rejected", "no")
    assert (result.passes[0].part_amount, result.passes[0].base_amount) == (1, 9)
    result = count(SILENT, heads(9), said(1, 0, 2))
    assert (result.majority, result.passes[0].part_amount, result.passes[0].base_amount) == ("abstain", 1, 9)


def test_silence_goes_nowhere_when_opinions_are_equal():
    result = count(SILENT, heads(9), said(2, 2))
    assert (result.majority, result.totals[0].silent_joined, result.passes[0].base_amount) == ("", 0, 4)


def test_silence_goes_nowhere_when_measures_disagree():
    by = replace(ORDINARY, silence="with_majority", takes_part=())
    result = count(by, areas(100, 100, 900, 50), say(YES, YES, NO))
    assert (result.majority, [one.silent_joined for one in result.totals]) == ("", [0, 0])
    assert count(by, areas(500, 500, 900, 50), say(YES, YES, NO)).majority == "yes"


def test_who_was_never_reached_is_not_silent():
    result = count(SILENT, heads(9), said(2, 1), unreached=["R-8", "R-9"])
    assert result.totals[0].silent_joined == 4
    assert result.totals[0].silent == 6


def test_silence_counts_towards_participation_only_where_the_rules_say_so():
    by = rules(takes_part=TURNOUT, silence="with_majority")
    assert outcome(by, heads(9), said(3, 1)) == "no_quorum"
    result = count(replace(by, silence="taking_part"), heads(9), said(3, 1))
    assert (result.outcome, result.takes_part[0].part_amount) == ("adopted", 9)
    assert result.without_silence.outcome == "no_quorum"


def test_silence_is_in_every_base_that_it_joins():
    by = rules(silence="with_majority", passes=(asks("yes", "cast", 1, 2, strict=True),))
    result = count(by, heads(9), said(2, 1, 0, 2))
    assert (result.passes[0].part_amount, result.passes[0].base_amount) == (6, 9)
    by = replace(by, passes=(asks("yes", "participating", 1, 2, strict=True),))
    assert count(by, heads(9), said(2, 1, 0, 2)).passes[0].base_amount == 7


def test_a_ballot_may_follow_where_the_rules_let_it():
    by = rules(follow=True)
    ballots = say(YES, YES, NO, FOLLOW, ABSTAIN, ABSTAIN)
    result = count(by, heads(6), ballots)
    assert (result.majority, result.totals[0].follow) == ("", 1)  # yes and abstentions are equal
    result = count(by, heads(6), ballots[:5])
    assert (result.majority, result.passes[0].part_amount, result.passes[0].base_amount) == ("yes", 3, 5)
    assert (result.outcome, result.without_silence.outcome) == ("adopted", "rejected")
    assert refused(rules(), heads(6), ballots)[0] == "ballot_option"


def test_who_follows_the_noes_is_no_yes():
    assert count(rules(follow=True), heads(4), say(YES, NO, NO, FOLLOW)).passes[0].part_amount == 1


def test_who_is_not_reached_must_be_on_the_roll_and_have_returned_nothing():
    assert refused(SILENT, heads(2), said(1), unreached=["R-3"]) == ("unreached_stranger", ("unreached",))
    assert refused(SILENT, heads(2), said(1), unreached=["R-1"]) == ("unreached_returned", ("unreached",))
    # also where silence is not counted: the file would contradict itself
    assert refused(rules(), heads(2), said(1), unreached=["R-1"]) == ("unreached_returned", ("unreached",))
