"""Fractions to seats: every edge in whole numbers, against the law's own words and against exact fractions."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulin.bodies.figures import KINDS, MATTERS, Rules, Share, fraction, years_later, yuan
from mulin.bodies.queries import rules_in_words

FRACTIONS = st.integers(1, 100).flatmap(lambda den: st.tuples(st.integers(1, den), st.just(den)))


@pytest.mark.parametrize(
    ("seats", "share", "least"),
    [
        # rules-of-votes: at least and more than two thirds of 37, 36 and 45.
        (37, Share(2, 3, False), 25), (37, Share(2, 3, True), 25),
        (36, Share(2, 3, False), 24), (36, Share(2, 3, True), 25),
        (45, Share(2, 3, False), 30), (45, Share(2, 3, True), 31),
        (25, Share(2, 3, False), 17),
        # 过半数 is more than half: of an even number one more than half, of an odd one the greater half.
        (37, Share(1, 2, True), 19), (36, Share(1, 2, True), 19), (45, Share(1, 2, True), 23),
        (36, Share(1, 2, False), 18), (5, Share(1, 2, True), 3), (11, Share(1, 2, True), 6), (3, Share(1, 2, True), 2),
        (36, Share(3, 4, False), 27), (37, Share(3, 4, False), 28), (36, Share(3, 4, True), 28),
        (36, Share(1, 3, False), 12), (37, Share(1, 3, False), 13), (45, Share(1, 3, True), 16),
        (37, Share(1, 1, False), 37), (1, Share(1, 2, True), 1),
    ],
)  # fmt: skip
def test_the_fewest_that_are_enough(seats, share, least):
    assert share.least(seats) == least
    assert share.is_met(least, seats)
    assert not share.is_met(least - 1, seats)


@given(FRACTIONS, st.booleans(), st.integers(0, 400), st.integers(0, 400))
def test_a_share_is_met_where_the_exact_fraction_says_so(parts, strict, part, whole):
    share, exact = Share(*parts, strict), Fraction(*parts) * whole
    assert share.is_met(part, whole) == (part > exact if strict else part >= exact)


@given(FRACTIONS, st.booleans(), st.sampled_from([36, 37, 45, *range(1, 301)]))
def test_the_least_is_enough_and_one_less_is_not(parts, strict, seats):
    share = Share(*parts, strict)
    least = share.least(seats)
    assert share.is_met(least, seats)
    assert not share.is_met(least - 1, seats)


@given(FRACTIONS, st.booleans(), st.integers(1, 300), st.integers(1, 9))
def test_it_does_not_matter_how_a_fraction_is_written(parts, strict, seats, times):
    num, den = parts
    assert Share(num, den, strict).least(seats) == Share(num * times, den * times, strict).least(seats)


@given(FRACTIONS, st.integers(1, 300))
def test_more_than_asks_for_at_most_one_more(parts, seats):
    at_least, more_than = (Share(*parts, strict).least(seats) for strict in (False, True))
    assert more_than - at_least in (0, 1)
    assert (more_than - at_least == 1) == (parts[0] * seats % parts[1] == 0)


@given(FRACTIONS, st.booleans(), FRACTIONS, st.booleans(), st.sampled_from(["seats", "present", "cast"]),
       st.integers(1, 60))  # fmt: skip
def test_no_rules_are_weaker_than_themselves(quorum, strict, decision, strictly, base, seats):
    rules = Rules(Share(*quorum, strict), Share(*decision, strictly, base))
    assert not rules.is_weaker(rules, seats)
    assert not Rules(rules.quorum, Share(*decision, True, base)).is_weaker(
        Rules(rules.quorum, Share(*decision, False, base)), seats
    )


def test_rules_are_weaker_where_fewer_are_there_or_say_yes():
    half = Share(1, 2, True)
    law = Rules(half, Share(1, 2, True, "seats"))
    assert Rules(Share(1, 2, False), law.decision).is_weaker(law, 6)  # three of six there
    assert not Rules(Share(1, 2, False), law.decision).is_weaker(law, 5)  # three of five either way
    assert Rules(half, Share(1, 2, True, "present")).is_weaker(law, 5)
    assert Rules(half, Share(1, 2, True, "cast")).is_weaker(Rules(half, Share(1, 2, True, "present")), 5)
    assert not Rules(Share(2, 3, False), Share(2, 3, False, "seats")).is_weaker(law, 5)


@pytest.mark.parametrize("said", ["0.6667", "66.67%", "2", "3/2", "0/3", "2/0", "1/101", "-1/2", "two/three", ""])
def test_what_is_no_exact_fraction_is_refused_with_what_would_work(said):
    with pytest.raises(ValueError, match="such as 2/3"):
        fraction(said)


def test_fractions_are_read_as_people_write_them():
    assert fraction("2/3") == fraction(" 2 ／ 3 ") == (2, 3)


def test_the_rules_stand_in_words_with_their_numbers():
    two_thirds = Share(2, 3, False)
    assert rules_in_words(Rules(two_thirds, Share(2, 3, False, "seats")), 37) == [
        "Of 37 seats, vacant ones counted, 25 must be there: at least 2/3.",
        "Of 37 seats, vacant ones counted, 25 must say yes: at least 2/3.",
    ]
    assert rules_in_words(Rules(two_thirds, Share(1, 2, True, "present")), 37)[1] == (
        "Of those who are there, more than 1/2 must say yes: 13 of 25, 19 of 37."
    )
    assert rules_in_words(Rules(two_thirds, Share(1, 1, False, "cast")), 37)[1] == (
        "Of the votes cast, all must be yes: 25 of 25, 37 of 37."
    )


def test_days_years_and_money():
    assert years_later(date(2026, 11, 23), 5) == date(2031, 11, 23)
    assert years_later(date(2028, 2, 29), 1) == date(2029, 3, 1)
    assert (yuan(3_000_000), yuan(50), yuan(0)) == ("30,000", "0.50", "0")


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_the_packs_are_whole(kind):
    assert kind.zh
    assert kind.en
    assert kind.source
    assert 1 <= kind.years <= 5
    assert kind.seat.keys() == {"key", "zh", "en"}
    assert not kind.rules.is_weaker(kind.rules, kind.fewest)
    assert MATTERS
