"""Cases worked out by hand from the texts of the law. Every number here is literal: nothing is computed."""

import pytest

from mulin.tally.ballots import Hands
from mulin.tally.loading import packs
from mulin.tally.problems import problems
from mulin.tally.roll import Entry, Roll

from .made import AFFECTED, COMMITTEE, COUNCIL, ORDINARY, REPS, SPECIAL, asks, count, heads, outcome, replace, said, say

# Twelve owners, 1,800.00 m² in all: two thirds are 8 owners and 1,200.00 m².
TWELVE = Roll(tuple(Entry(f"R-{number}", 1, 15000) for number in range(1, 13)))


@pytest.mark.parametrize(
    ("yes", "no", "abstain", "invalid", "wanted"),
    [
        (8, 0, 0, 0, "adopted"),  # 3·8 = 24 ≥ 2·12 = 24 take part; 2·8 = 16 > 8
        (7, 0, 0, 0, "no_quorum"),  # 3·7 = 21 < 24
        (7, 0, 0, 1, "no_quorum"),  # an invalid ballot takes no part
        (5, 3, 0, 0, "adopted"),  # 2·5 = 10 > 8
        (4, 4, 0, 0, "rejected"),  # 2·4 = 8 is not more than 8
        (4, 3, 1, 0, "rejected"),  # abstentions take part: still 8
        (5, 0, 3, 0, "adopted"),
        (6, 6, 0, 0, "rejected"),
        (7, 5, 0, 0, "adopted"),
        (4, 1, 3, 4, "rejected"),  # of 8 valid: 2·4 = 8
        (5, 1, 2, 4, "adopted"),
        (0, 0, 8, 0, "rejected"),
        (0, 0, 0, 0, "no_quorum"),
    ],
)
def test_ordinary_matters_art_278(yes, no, abstain, invalid, wanted):
    assert outcome(ORDINARY, TWELVE, said(yes, no, abstain, invalid)) == wanted


@pytest.mark.parametrize(
    ("yes", "no", "abstain", "wanted"),
    [
        (6, 2, 0, "adopted"),  # 4·6 = 24 ≥ 3·8 = 24: 以上 includes the number
        (5, 3, 0, "rejected"),  # 4·5 = 20 < 24
        (6, 1, 1, "adopted"),
        (9, 3, 0, "adopted"),  # 36 ≥ 36
        (8, 4, 0, "rejected"),  # 32 < 36
        (7, 2, 0, "adopted"),  # 28 ≥ 27
        (6, 3, 0, "rejected"),  # 24 < 27
        (7, 0, 0, "no_quorum"),
    ],
)
def test_special_matters_art_278(yes, no, abstain, wanted):
    assert outcome(SPECIAL, TWELVE, said(yes, no, abstain)) == wanted


def test_use_of_the_fund_is_ordinary_and_raising_it_special():
    # Seven of twelve: enough to use the fund (5), not enough to raise it (6).
    assert outcome(ORDINARY, TWELVE, said(7, 5)) == "adopted"
    assert outcome(SPECIAL, TWELVE, said(7, 5)) == "rejected"


# Four owners: one has 700.00 m², three 100.00 m² each.
ONE_LARGE = Roll((Entry("R-1", 1, 70000), Entry("R-2", 1, 10000), Entry("R-3", 1, 10000), Entry("R-4", 1, 10000)))


@pytest.mark.parametrize(
    ("choices", "wanted"),
    [
        (("yes", "no", "no", "no"), "rejected"),  # 700 of 1,000 m², but 1 of 4 heads
        (("no", "yes", "yes", "yes"), "rejected"),  # 3 of 4 heads, but 300 of 1,000 m²
        (("yes", "yes", "no", "no"), "rejected"),  # 2·2 = 4 is not more than 4
        (("yes", "yes", "yes", "no"), "adopted"),
        ((None, "yes", "yes", "yes"), "no_quorum"),  # 3 of 4 heads take part, 300 of 1,000 m²
        (("yes", "yes", None, None), "no_quorum"),  # 800 of 1,000 m², 2 of 4 heads
        (("yes", "yes", "yes", None), "adopted"),
    ],
)
def test_both_area_and_heads_must_agree(choices, wanted):
    ballots = say(*[None if one is None else (one,) for one in choices])
    assert outcome(ORDINARY, ONE_LARGE, ballots) == wanted


def test_a_vote_that_fails_by_a_hundredth_of_a_square_metre():
    roll = Roll((Entry("R-1", 1, 10001), Entry("R-2", 1, 10001), Entry("R-3", 1, 9999), Entry("R-4", 1, 10003)))
    # 3·(10001+10001+9999) = 90003 ≥ 2·40004 = 80008; yes 20002, twice 40004 > 30001.
    assert outcome(ORDINARY, roll, said(2, 1)) == "adopted"
    half = Roll((Entry("R-1", 1, 15000), Entry("R-2", 1, 15000), Entry("R-3", 1, 30000)))
    # Heads: 2·2 = 4 > 3. Area: 2·30000 = 60000 is not more than 60000.
    assert outcome(ORDINARY, half, said(2, 1)) == "rejected"
    more = Roll((Entry("R-1", 1, 15000), Entry("R-2", 1, 15001), Entry("R-3", 1, 30000)))
    assert outcome(ORDINARY, more, said(2, 1)) == "adopted"  # 60002 > 60001


@pytest.mark.parametrize(
    ("yes", "no", "abstain", "wanted"),
    [(6, 0, 0, "adopted"), (5, 0, 0, "rejected"), (5, 1, 0, "rejected"), (5, 0, 1, "rejected")],
)
def test_home_to_business_needs_all_who_are_affected_art_279(yes, no, abstain, wanted):
    assert outcome(AFFECTED, heads(6), said(yes, no, abstain)) == wanted


@pytest.mark.parametrize(
    ("members", "present", "yes", "wanted"),
    [
        (30, 20, 11, "adopted"),  # 3·20 = 60 ≥ 2·30 = 60; 2·11 = 22 > 20
        (30, 20, 10, "rejected"),  # 20 is not more than 20
        (30, 19, 19, "no_quorum"),  # 57 < 60
        (31, 21, 11, "adopted"),  # 63 ≥ 62; 22 > 21
        (31, 20, 20, "no_quorum"),  # 60 < 62
        (31, 31, 15, "rejected"),
        (31, 31, 16, "adopted"),
    ],
)
def test_meeting_of_representatives_art_29(members, present, yes, wanted):
    hands = Hands(yes=yes, no=0, abstain=0, present=present)
    assert outcome(REPS, heads(members), [], hands=hands) == wanted
    # The same by ballots: those present who return none still are the base.
    assert outcome(REPS, heads(members), said(yes), present=present) == wanted


@pytest.mark.parametrize(
    ("seats", "present", "yes", "wanted"),
    [
        (5, 3, 3, "adopted"),  # 2·3 = 6 > 5, both
        (5, 3, 2, "rejected"),
        (5, 2, 2, "no_quorum"),
        (6, 4, 4, "adopted"),
        (6, 4, 3, "rejected"),  # exactly half of all is not more
        (6, 3, 3, "no_quorum"),
        (7, 4, 4, "adopted"),
        (11, 6, 6, "adopted"),
        (11, 11, 5, "rejected"),
    ],
)
def test_meeting_of_the_owners_committee(seats, present, yes, wanted):
    assert outcome(COMMITTEE, heads(seats), said(yes), present=present) == wanted


@pytest.mark.parametrize(
    ("seats", "yes", "strict", "wanted"),
    [
        (37, 24, False, "rejected"), (37, 25, False, "adopted"), (37, 24, True, "rejected"), (37, 25, True, "adopted"),
        (36, 23, False, "rejected"), (36, 24, False, "adopted"), (36, 24, True, "rejected"), (36, 25, True, "adopted"),
        (45, 29, False, "rejected"), (45, 30, False, "adopted"), (45, 30, True, "rejected"), (45, 31, True, "adopted"),
    ],
)  # fmt: skip
def test_a_council_of_two_thirds_of_all_seats(seats, yes, strict, wanted):
    by = replace(COUNCIL, passes=(asks("yes", "members", 2, 3, strict=strict),))
    assert outcome(by, heads(seats), said(yes)) == wanted


def test_the_base_of_two_thirds_makes_the_difference():
    def by(base):
        return replace(COUNCIL, passes=(asks("yes", base, 2, 3),))

    # 37 seats, 25 present, 20 return a ballot, 1 of them not valid.
    assert outcome(by("members"), heads(37), said(17, 2, 0, 1), present=25) == "rejected"  # needs 25
    assert outcome(by("present"), heads(37), said(17, 2, 0, 1), present=25) == "adopted"  # needs 17: 51 ≥ 50
    assert outcome(by("present"), heads(37), said(16, 3, 0, 1), present=25) == "rejected"
    assert outcome(by("cast"), heads(37), said(14, 5, 0, 1)) == "adopted"  # needs 14 of 20: 42 ≥ 40
    assert outcome(by("cast"), heads(37), said(13, 6, 0, 1)) == "rejected"  # 39 < 40
    assert outcome(by("participating"), heads(37), said(13, 6, 0, 1)) == "adopted"  # 13 of 19: 39 ≥ 38


def test_vacant_seats_are_counted():
    assert outcome(COUNCIL, heads(30, seats=37), said(25)) == "adopted"
    assert outcome(COUNCIL, heads(30, seats=37), said(24)) == "rejected"
    assert outcome(COUNCIL, heads(30), said(20)) == "adopted"  # of 30 seats, 20 are enough


@pytest.mark.parametrize("key", [*packs()])
def test_every_pack_can_be_lived_through(key):
    assert problems(packs()[key]) == ()
    assert packs()[key].key == key


def test_these_packs_come_with_us():
    assert set(packs()) == {
        "CN-278-ordinary", "CN-278-special", "all-affected", "CN-RC-reps-meeting", "CN-YWH-committee-meeting",
        "council-2/3",
    }  # fmt: skip


@pytest.mark.parametrize("key", ["CN-278-ordinary", "CN-278-special", "all-affected"])
def test_owners_vote_in_their_time_and_by_three_proxies_at_most(key):
    by = packs()[key]
    assert (by.electorate, by.headcount, by.silence, by.follow) == ("owners", "by_owner", "not_counted", False)
    assert (by.proxies_allowed, by.proxy_cap, by.proxies_barred) == (True, 3, ("manager_staff",))
    assert (by.notice_days, by.open_days_min, by.open_days_max, by.result_days) == (15, 5, 60, 3)


@pytest.mark.parametrize("key", ["CN-RC-reps-meeting", "CN-YWH-committee-meeting", "council-2/3"])
def test_nobody_votes_for_another_in_a_meeting(key):
    assert (packs()[key].proxies_allowed, packs()[key].proxy_cap, packs()[key].electorate) == (False, 0, "seats")


def test_the_numbers_of_every_formula_are_told():
    result = count(SPECIAL, ONE_LARGE, said(1, 1, 1))
    area, by_head = result.takes_part
    assert (area.part_amount, area.base_amount, area.left, area.right, area.met) == (
        90000,
        100000,
        270000,
        200000,
        True,
    )
    assert (by_head.part_amount, by_head.base_amount, by_head.left, by_head.right, by_head.met) == (3, 4, 9, 8, True)
    area, by_head = result.passes
    assert (area.part_amount, area.base_amount, area.left, area.right, area.met) == (70000, 90000, 280000, 270000, True)
    assert (by_head.part_amount, by_head.base_amount, by_head.left, by_head.right) == (1, 3, 4, 9)
    assert by_head.met is False
    assert [(one.part, one.base, one.num, one.den, one.strict) for one in result.passes] == [
        ("yes", "participating", 3, 4, False), ("yes", "participating", 3, 4, False)
    ]  # fmt: skip
