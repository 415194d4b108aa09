"""Choosing some of several options."""

import pytest

from mulin.tally.ballots import Ballot, Option
from mulin.tally.choosing import draw
from mulin.tally.roll import Entry, Roll

from .made import ABSTAIN, ORDINARY, areas, asks, count, heads, replace, rules, say
from .test_count import refused

ABCD = [Option(key, f"Pitch {key}") for key in "ABCD"]


def choose(seats, **changes):
    """Rules that choose so many by their votes alone."""
    return rules(**{"ballot": "choose", "seats": seats, "passes": (), **changes})


def chosen(by, *marks, roll=None, **more):
    """Count ballots that mark these options, such as "AB"."""
    ballots = say(*[tuple(mark) if mark else () for mark in marks])
    return count(by, roll or heads(len(marks)), ballots, options=ABCD, **more)


def test_those_with_the_most_votes_are_chosen():
    result = chosen(choose(2), "AB", "AC", "A", "B", "")
    assert (result.outcome, result.elected, result.tied) == ("elected", ("A", "B"), ())
    assert [(one.key, one.votes, one.place, one.elected) for one in result.options] == [
        ("A", (3,), 1, True), ("B", (2,), 2, True), ("C", (1,), 3, False), ("D", (0,), 0, False)
    ]  # fmt: skip
    assert (result.totals[0].chosen, result.totals[0].invalid, result.totals[0].yes) == (4, 1, 0)
    assert result.quorate is True


def test_the_first_alone_is_chosen_for_one_seat():
    result = chosen(choose(1), "A", "A", "A", "B", "B", "C")
    assert (result.outcome, result.elected, result.tied) == ("elected", ("A",), ())


def test_options_are_listed_by_place_and_those_without_one_come_last():
    result = chosen(choose(1), "D", "D", "D", "C", "C", "B")
    assert [(one.key, one.place) for one in result.options] == [("D", 1), ("C", 2), ("B", 3), ("A", 0)]


def test_the_last_seat_is_free_for_whoever_has_it():
    assert chosen(choose(3), "ABC", "ABC", "ABD", "A").elected == ("A", "B", "C")  # 4, 3, 2, 1
    assert chosen(choose(3), "ABC", "ABC", "AD").elected == ("A", "B", "C")  # 3, 2, 2, 1
    tie = chosen(choose(3, ties="lot"), "ABC", "ABD", "A", lot="7")  # 3, 2, 1, 1
    assert (tie.tied, len(tie.elected), tie.elected[:2]) == (("C", "D"), 3, ("A", "B"))


def test_options_with_equal_votes_share_a_place():
    result = chosen(choose(1), "A", "A", "B", "C")
    assert [(one.key, one.place) for one in result.options] == [("A", 1), ("B", 2), ("C", 2), ("D", 0)]


def test_the_order_of_the_options_makes_no_difference():
    ballots = say(("A",), ("B",), ("B",))
    assert count(choose(1), heads(3), ballots, options=ABCD) == count(choose(1), heads(3), ballots, options=ABCD[::-1])


def test_nobody_is_chosen_without_a_vote():
    result = chosen(choose(3), "A", "B")
    assert (result.outcome, result.elected) == ("elected", ("A", "B"))
    assert chosen(choose(4), "A", "B").elected == ("A", "B")
    assert chosen(choose(2), "", "").outcome == "rejected"


def test_who_abstains_takes_part():
    by = choose(1, passes=(asks("yes", "participating", 1, 2, strict=True),))
    ballots = [*say(("A",), ("A",)), Ballot("R-3", 1, ABSTAIN), Ballot("R-4", 1, ABSTAIN)]
    result = count(by, heads(4), ballots, options=ABCD)
    assert (result.outcome, result.totals[0].abstain, result.totals[0].participating) == ("rejected", 2, 4)
    assert count(by, heads(4), ballots[:3], options=ABCD).elected == ("A",)


def test_each_option_must_pass_by_itself():
    by = choose(3, passes=(asks("yes", "participating", 1, 2, strict=True),))
    result = chosen(by, "ABC", "AB", "AD", "A")
    assert result.elected == ("A",)  # B has 2 of 4, which is not more than half
    assert [(one.key, one.place, one.passes[0].left, one.passes[0].right) for one in result.options] == [
        ("A", 1, 8, 4), ("B", 0, 4, 4), ("C", 0, 2, 4), ("D", 0, 2, 4)
    ]  # fmt: skip
    assert result.passes == ()


def test_members_of_an_owners_committee_pass_in_area_and_heads():
    by = replace(ORDINARY, ballot="choose", seats=2)
    roll = areas(6000, 1000, 1000, 1000)
    result = count(by, roll, say(("A", "B"), ("A", "C"), ("A", "C"), ("C",)), options=ABCD)
    # A: 3 of 4 heads, 80 of 90 m². C: 3 of 4 heads, 30 of 90 m². B: 1 of 4 heads, 60 of 90 m².
    assert result.elected == ("A",)
    assert [one.votes for one in result.options] == [(3, 8000), (1, 6000), (3, 3000), (0, 0)]
    assert [[each.met for each in one.passes] for one in result.options] == [
        [True, True], [True, False], [False, True], [False, False]
    ]  # fmt: skip


def test_too_few_who_take_part_choose_nobody():
    by = choose(1, takes_part=(asks("participating", "members", 2, 3),))
    result = chosen(by, "A", "A", roll=heads(4))
    assert (result.outcome, result.elected, result.tied, result.quorate) == ("no_quorum", (), (), False)
    assert result.options[0].place == 1
    tie = chosen(replace(by, ties="runoff"), "A", "B", roll=heads(4))
    assert (tie.outcome, tie.tied) == ("no_quorum", ())


def test_the_next_measure_parts_those_who_are_equal():
    by = choose(1, measures=("heads", "area"))
    assert count(by, areas(5, 7), say(("A",), ("B",)), options=ABCD).elected == ("B",)
    by = replace(by, measures=("area", "heads"))
    roll = Roll((Entry("R-1", 1, 9), Entry("R-2", 1, 4), Entry("R-3", 1, 4)))
    assert count(by, roll, say(("A",), ("B",), ("B",)), options=ABCD).elected == ("A",)


def test_those_who_are_equal_at_the_last_seat_fail():
    result = chosen(choose(2), "A", "A", "B", "C")
    assert (result.outcome, result.elected, result.tied, result.drawn) == ("elected", ("A",), ("B", "C"), ())
    result = chosen(choose(1), "A", "B")
    assert (result.outcome, result.elected, result.tied) == ("rejected", (), ("A", "B"))


def test_those_who_are_equal_and_all_have_a_seat_are_in():
    result = chosen(choose(2), "A", "B", "AB", "C")
    assert (result.outcome, result.elected, result.tied) == ("elected", ("A", "B"), ())
    result = chosen(choose(3), "A", "A", "B", "C")
    assert (result.outcome, result.elected, result.tied) == ("elected", ("A", "B", "C"), ())


def test_those_who_are_equal_go_into_a_second_ballot():
    result = chosen(choose(2, ties="runoff"), "A", "A", "B", "C")
    assert (result.outcome, result.elected, result.tied) == ("runoff", ("A",), ("B", "C"))
    assert chosen(choose(2, ties="runoff"), "A", "B").outcome == "elected"


def test_a_lot_is_waited_for_and_then_decides():
    by = choose(2, ties="lot")
    waiting = chosen(by, "A", "A", "B", "C")
    assert (waiting.outcome, waiting.elected, waiting.tied, waiting.drawn) == ("tie", ("A",), ("B", "C"), ())
    drawn = chosen(by, "A", "A", "B", "C", lot="7")
    assert (drawn.outcome, drawn.tied) == ("elected", ("B", "C"))
    assert drawn.drawn == draw(["B", "C"], "7")
    assert drawn.elected == ("A", drawn.drawn[0])
    assert [one.key for one in drawn.options if one.elected] == list(drawn.elected)
    assert chosen(by, "A", "A", "B", lot="7").drawn == ()  # no tie, no lot
    assert chosen(choose(2), "A", "A", "B", "C", lot="7").elected == ("A",)  # the rules draw none


def test_a_lot_is_the_order_of_its_hashes():
    # printf '2026112307\nA' | sha256sum, and so on: 95cf…, 0d08…, 0fc0…, in hexadecimal
    from hashlib import sha256

    hashes = {key: sha256(f"2026112307\n{key}".encode()).hexdigest() for key in "ABC"}
    assert draw(["C", "A", "B"], "2026112307") == tuple(sorted("ABC", key=hashes.get))


def test_every_option_can_win_a_lot():
    assert {draw("ABC", str(lot))[0] for lot in range(40)} == {"A", "B", "C"}


def test_a_ballot_marks_options_once_and_no_more_than_there_are_seats():
    def of(*choices):
        return refused(choose(2), heads(1), [Ballot("R-1", 1, choices)], options=ABCD)

    assert of("A", "A") == ("ballot_twice", ("ballots", 0))
    assert of("A", "B", "C") == ("ballot_many", ("ballots", 0))
    assert of("A", "abstain") == ("ballot_mixed", ("ballots", 0))
    assert of("yes") == ("ballot_mixed", ("ballots", 0))
    assert of("E") == ("ballot_option", ("ballots", 0))
    assert of() == ("ballot_empty", ("ballots", 0))


def test_too_many_marks_make_an_invalid_ballot():
    result = count(choose(1), heads(2), [Ballot("R-1", 1, ("A", "B"), False), Ballot("R-2", 1, ("C",))], options=ABCD)
    assert (result.elected, result.totals[0].invalid) == (("C",), 1)


@pytest.mark.parametrize("key", ["yes", "abstain", "", "甲", "A B"])
def test_the_key_of_an_option_is_plain_and_no_opinion(key):
    options = [ABCD[0], Option(key, "x")]
    assert refused(choose(1), heads(1), [], options=options) == ("option_key", ("question", "options", 1))


def test_there_is_something_to_choose():
    where = ("question", "options")
    assert refused(choose(1), heads(1), [], options=[]) == ("options_few", where)
    assert refused(choose(1), heads(1), [], options=ABCD[:1]) == ("options_few", where)
    assert refused(choose(3), heads(1), [], options=ABCD[:2]) == ("options_few", where)
    assert refused(rules(), heads(1), [], options=ABCD[:2]) == ("options_none", where)
    assert refused(choose(1), heads(1), [], options=[*ABCD, ABCD[1]]) == ("option_double", (*where, 4))
    assert count(choose(2), heads(1), say(("A", "B")), options=ABCD[:2]).elected == ("A", "B")
