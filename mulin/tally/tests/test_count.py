"""What is counted how, one behaviour each, and what cannot be counted."""

import pytest

from mulin.tally.ballots import Ballot, Hands, Option
from mulin.tally.malformed import Malformed
from mulin.tally.roll import Entry, Roll
from mulin.tally.ruleset import SAFE

from .made import (
    ABSTAIN,
    COUNCIL,
    NO,
    ORDINARY,
    REPS,
    YES,
    areas,
    asks,
    count,
    heads,
    outcome,
    replace,
    rules,
    said,
    say,
)  # fmt: skip

HALF_OF_ALL = rules(passes=(asks("yes", "members", 1, 2, strict=True),))
SILENT = rules(silence="with_majority")
TURNOUT = (asks("participating", "members", 2, 3),)


def refused(by, roll, ballots, **more):
    """Count what cannot be counted: the code and the way there."""
    with pytest.raises(Malformed) as caught:
        count(by, roll, ballots, **more)
    assert caught.value.said("en")
    assert caught.value.said("zh-hans") != caught.value.said("en")
    return caught.value.code, caught.value.path


def test_an_invalid_ballot_is_returned_and_takes_no_part():
    (one,) = count(rules(), heads(5), said(1, 1, 1, 1)).totals
    assert (one.members, one.cast, one.participating, one.invalid, one.silent) == (5, 4, 3, 1, 1)
    assert (one.yes, one.no, one.abstain, one.follow, one.chosen, one.silent_joined) == (1, 1, 1, 0, 0, 0)


def test_an_abstention_takes_part_and_is_no_yes():
    assert outcome(rules(), heads(4), say(YES, YES, NO, ABSTAIN)) == "rejected"  # 2·2 is not more than 4
    assert outcome(rules(), heads(4), [*say(YES, YES, NO), Ballot("R-4", 1, ("yes", "no"), False)]) == "adopted"


def test_what_was_marked_on_an_invalid_ballot_is_not_counted():
    assert outcome(rules(), heads(1), [Ballot("R-1", 1, YES, False)]) == "rejected"


def test_voting_again_replaces_the_earlier_ballot():
    ballots = [Ballot("R-1", 1, YES), Ballot("R-1", 2, NO), Ballot("R-2", 1, NO), Ballot("R-2", 3, YES)]
    result = count(rules(), heads(2), ballots)
    assert (result.ballots, result.counted, result.replaced) == (4, 2, 2)
    assert (result.totals[0].yes, result.totals[0].no) == (1, 1)


def test_a_later_ballot_that_is_not_valid_replaces_one_that_was():
    assert count(rules(), heads(1), [Ballot("R-1", 2, (), False), Ballot("R-1", 1, YES)]).totals[0].yes == 0


def test_nobody_decided_when_nobody_voted():
    by = rules(passes=(asks("yes", "participating", 1, 2),))
    result = count(by, heads(3), [])
    assert (result.outcome, result.passes[0].left, result.passes[0].right) == ("rejected", 0, 0)
    assert result.passes[0].met is False


def test_shares_are_a_measure_of_their_own():
    roll = Roll((Entry("R-1", 1, 0, 600), Entry("R-2", 1, 0, 400)))
    by = rules(measures=("shares",), passes=(asks("yes", "members", 1, 2, strict=True, measure="shares"),))
    assert outcome(by, roll, say(YES, NO)) == "adopted"
    assert outcome(by, roll, say(NO, YES)) == "rejected"


def test_without_enough_who_take_part_nothing_is_decided():
    by = rules(takes_part=TURNOUT)
    assert count(by, heads(3), said(1)).quorate is False
    assert count(by, heads(3), said(1)).passes[0].met is True
    assert outcome(by, heads(3), said(1)) == "no_quorum"
    assert count(by, heads(3), said(2)).quorate is True


# ---- Proxies ----

PROXIES = rules(proxies_allowed=True, proxy_cap=2)


def by_proxy(*holders):
    """One yes of each of R-1, R-2, … by these holders."""
    return [Ballot(f"R-{number}", 1, YES, True, "paper", holder) for number, holder in enumerate(holders, 1)]


def test_a_proxy_votes_for_as_many_as_the_rules_let():
    assert outcome(PROXIES, heads(4), by_proxy("P-1", "P-1", "P-2", "")) == "adopted"
    assert refused(PROXIES, heads(4), by_proxy("P-2", "P-1", "P-1", "P-1")) == ("proxy_cap", ("ballots", 1))


def test_a_ballot_that_was_replaced_no_longer_weighs_on_its_proxy():
    again = [*by_proxy("P-1", "P-1", "P-1"), Ballot("R-3", 2, NO)]
    assert count(PROXIES, heads(3), again).totals[0].yes == 2


def test_an_owner_may_hold_proxies_besides_the_own_voice():
    assert outcome(PROXIES, heads(3), by_proxy("", "R-1", "R-1")) == "adopted"


def test_proxies_are_refused_where_the_rules_have_none():
    assert refused(rules(), heads(2), by_proxy("", "P-1")) == ("proxy_none", ("ballots", 1))
    # also on a ballot that was replaced
    assert refused(rules(), heads(1), [*by_proxy("P-1"), Ballot("R-1", 2, YES)]) == ("proxy_none", ("ballots", 0))


def test_nobody_is_their_own_proxy_and_a_proxy_has_a_key():
    assert refused(PROXIES, heads(1), by_proxy("R-1")) == ("proxy_self", ("ballots", 0))
    assert refused(PROXIES, heads(1), by_proxy("Mrs Li")) == ("proxy_key", ("ballots", 0))


# ---- Who is present ----


def test_rules_that_count_those_present_must_know_them():
    assert refused(REPS, heads(3), said(3)) == ("present_unknown", ("present",))
    for part, base in (("yes", "present"), ("yes", "members")):
        by = rules(takes_part=(asks("present", "members", 1, 2),), passes=(asks(part, base, 1, 2),))
        assert refused(by, heads(3), said(3))[0] == "present_unknown"


def test_those_present_are_named_or_numbered():
    named = count(REPS, heads(3), said(2), present=["R-3", "R-1", "R-2"])
    assert named.totals[0].present == 3
    assert named == count(REPS, heads(3), said(2), present=3)
    assert count(rules(), heads(3), said(2), present=["R-1", "R-2"]).totals[0].present == 2


def test_those_present_have_areas_too():
    result = count(ORDINARY, areas(100, 200, 300), say(YES), present=["R-1", "R-3"])
    assert [one.present for one in result.totals] == [2, 400]
    assert refused(ORDINARY, areas(100, 200), say(YES), present=2) == ("present_number", ("present",))


def test_who_votes_in_a_meeting_is_there():
    assert refused(REPS, heads(3), said(2), present=["R-1", "R-3"]) == ("present_not", ("present",))
    assert refused(REPS, heads(3), said(1), present=["R-1", "R-4"]) == ("present_stranger", ("present",))
    assert refused(REPS, heads(3), said(2), present=1) == ("present_amount", ("present",))
    assert refused(REPS, heads(3), said(2), present=4) == ("present_amount", ("present",))
    assert outcome(REPS, heads(3), said(2), present=2) == "adopted"


# ---- A show of hands ----


def test_a_show_of_hands_counts_heads():
    result = count(REPS, heads(9), [], hands=Hands(yes=4, no=2, abstain=1, present=8))
    (one,) = result.totals
    assert (one.members, one.present, one.cast, one.participating, one.silent) == (9, 8, 7, 7, 2)
    assert (one.yes, one.no, one.abstain, one.invalid, one.follow) == (4, 2, 1, 0, 0)
    assert (result.ballots, result.counted, result.replaced, result.outcome) == (0, 0, 0, "rejected")
    assert outcome(REPS, heads(9), [], hands=Hands(yes=5, no=2, abstain=1, present=8)) == "adopted"
    assert count(COUNCIL, heads(5, 7), [], hands=Hands(yes=5, no=0, abstain=0, present=5)).totals[0].members == 7


def test_a_show_of_hands_has_no_more_hands_than_people():
    for hands in (Hands(yes=3, no=1, abstain=1, present=4), Hands(yes=1, no=0, abstain=0, present=6)):
        assert refused(REPS, heads(5), [], hands=hands) == ("hands_amount", ("hands",))
    assert outcome(REPS, heads(5), [], hands=Hands(yes=3, no=1, abstain=1, present=5)) == "adopted"


def test_a_show_of_hands_stands_alone():
    hands = Hands(yes=1, no=0, abstain=0, present=1)
    assert refused(REPS, heads(5), said(1), hands=hands) == ("hands_ballots", ("hands",))
    assert refused(REPS, heads(5), [], hands=hands, present=1) == ("hands_present", ("hands",))
    assert refused(ORDINARY, areas(1, 1), [], hands=hands) == ("hands_rules", ("hands",))
    assert refused(SILENT, heads(5), [], hands=hands) == ("hands_rules", ("hands",))
    options = [Option("A", "A"), Option("B", "B")]
    by = rules(ballot="choose", seats=1, passes=())
    assert refused(by, heads(5), [], hands=hands, options=options) == ("hands_rules", ("hands",))


# ---- What cannot be counted ----


def test_a_ballot_of_another_vote_is_refused():
    assert refused(rules(), heads(2), [*said(1), Ballot("R-3", 1, YES)]) == ("ballot_stranger", ("ballots", 1))
    assert refused(rules(), heads(2), [*said(2), Ballot("A-1", 1, YES)]) == ("ballot_stranger", ("ballots", 2))


def test_two_ballots_with_one_number_are_refused():
    double = [Ballot("R-1", 1, YES), Ballot("R-2", 1, YES), Ballot("R-1", 1, NO)]
    code, path = refused(rules(), heads(2), double)
    assert (code, path[0]) == ("ballot_double", "ballots")
    assert path[1] in (0, 2)


def test_a_ballot_says_one_thing():
    assert refused(rules(), heads(1), [Ballot("R-1", 1, ())]) == ("ballot_empty", ("ballots", 0))
    assert refused(rules(), heads(1), [Ballot("R-1", 1, ("yes", "no"))]) == ("ballot_several", ("ballots", 0))
    assert refused(rules(), heads(1), [Ballot("R-1", 1, ("maybe",))]) == ("ballot_option", ("ballots", 0))
    assert refused(rules(), heads(1), [Ballot("R-1", 1, ("maybe",), False)]) == ("ballot_option", ("ballots", 0))


def test_what_was_replaced_must_be_a_ballot_too():
    ballots = [Ballot("R-1", 2, YES), Ballot("R-1", 1, ("maybe",))]
    assert refused(rules(), heads(1), ballots) == ("ballot_option", ("ballots", 1))


def test_a_roll_must_hold_somebody_once():
    assert refused(rules(), Roll(()), []) == ("roll_empty", ("roll", "entries"))
    double = Roll((Entry("R-2"), Entry("R-1"), Entry("R-3"), Entry("R-2", 2)))
    assert refused(rules(), double, []) == ("roll_double", ("roll", "entries", 3))


@pytest.mark.parametrize("key", ["", "R 1", "R-1\n", "户", "x" * 41, "R/1"])
def test_a_key_is_plain(key):
    assert refused(rules(), Roll((Entry("A"), Entry(key))), []) == ("roll_key", ("roll", "entries", 1))


def test_a_key_may_have_forty_characters():
    assert outcome(rules(), Roll((Entry("x" * 40),)), [Ballot("x" * 40, 1, YES)]) == "adopted"


def test_whatever_is_measured_is_there():
    assert refused(rules(), Roll((Entry("A", 0),)), []) == ("roll_heads", ("roll", "entries", 0))
    assert refused(ORDINARY, Roll((Entry("A", 1, 1), Entry("B"))), []) == ("roll_area", ("roll", "entries", 1))
    assert refused(ORDINARY, Roll((Entry("A", 1, -1), Entry("B", 1, 1))), []) == ("roll_area", ("roll", "entries", 0))
    by = rules(measures=("shares",), passes=(asks("yes", "members", 1, 2, measure="shares"),))
    assert refused(by, Roll((Entry("A", 1, 5, 0),)), []) == ("roll_shares", ("roll", "entries", 0))
    assert outcome(rules(), Roll((Entry("A", 1, 0, 0),)), []) == "rejected"  # areas are not asked for


def test_amounts_stay_within_what_every_language_counts_exactly():
    # A thousandth of 2^53 - 1 is 9,007,199,254,740.99.
    assert SAFE == 9_007_199_254_740_991
    assert outcome(ORDINARY, areas(9_007_199_254_739, 1), said(2)) == "adopted"
    assert refused(ORDINARY, areas(9_007_199_254_739, 2), said(2)) == ("roll_huge", ("roll", "entries"))


def test_a_body_has_no_fewer_seats_than_people():
    assert refused(COUNCIL, heads(3, seats=2), []) == ("roll_seats", ("roll", "seats"))
    assert outcome(COUNCIL, heads(3, seats=3), said(2)) == "adopted"
    assert outcome(COUNCIL, heads(3, seats=4), said(2)) == "rejected"


def test_seats_are_heads_and_no_area():
    by = replace(ORDINARY, takes_part=())
    result = count(by, Roll((Entry("A", 1, 10), Entry("B", 1, 10)), seats=5), [])
    assert [one.members for one in result.totals] == [5, 20]


def test_rules_that_cannot_be_lived_through_count_nothing():
    by = rules(passes=(asks("yes", "members", 2, 3), asks("yes", "members", 67, 100)))
    assert refused(by, heads(2), []) == ("test_rounded", ("rules", "passes", 1, "num"))
