"""Who shares one head: joint owners, several dwellings, the developer."""

import pytest

from mulin.tally.ballots import Ballot
from mulin.tally.malformed import Malformed
from mulin.tally.roll import Unit, pool, roll_of

from .made import ORDINARY, outcome


def pooled(units, **more):
    """Dwellings and area of each entry."""
    return [(one.dwellings, one.entry.heads, one.entry.area) for one in pool(units, **more)]


def test_joint_owners_are_one_head():
    units = [Unit("101", 8000, ("P-1", "P-2")), Unit("102", 9000, ("P-3",))]
    assert pooled(units) == [(("101",), 1, 8000), (("102",), 1, 9000)]
    assert [one.owners for one in pool(units)] == [("P-1", "P-2"), ("P-3",)]


def test_several_dwellings_of_the_same_owners_are_one_head_with_all_their_area():
    units = [Unit("101", 8000, ("P-1",)), Unit("201", 500, ("P-1",)), Unit("301", 70, ("P-2", "P-1"), shares=3),
             Unit("401", 7, ("P-1", "P-2"), shares=4)]  # fmt: skip
    assert pooled(units) == [(("101", "201"), 1, 8500), (("301", "401"), 1, 77)]
    assert [one.entry.shares for one in pool(units)] == [0, 7]


def test_an_owner_named_twice_is_one_owner():
    assert pool([Unit("101", 1, ("P-1", "P-1"))])[0].owners == ("P-1",)
    assert len(pool([Unit("101", 1, ("P-1", "P-1")), Unit("102", 1, ("P-1",))])) == 1


def test_whatever_the_developer_still_has_is_one_head():
    units = [
        Unit("101", 8000, ("P-1",)),
        Unit("102", 100, developer=True),
        Unit("103", 20, ("P-2",), delivered=False),  # sold, not handed over
        Unit("104", 3, ("firm",), developer=True),
    ]
    assert pooled(units) == [(("101",), 1, 8000), (("102", "103", "104"), 1, 123)]
    assert pool(units)[1].owners == ()


def test_the_developer_is_not_the_firm_that_bought():
    units = [Unit("101", 1, ("developer",)), Unit("102", 2, developer=True)]
    assert pooled(units) == [(("101",), 1, 1), (("102",), 1, 2)]


def test_some_towns_count_a_head_for_each_dwelling():
    units = [Unit("101", 8000, ("P-1",)), Unit("201", 500, ("P-1",)), Unit("301", 70, developer=True),
             Unit("302", 7, developer=True)]  # fmt: skip
    assert pooled(units, headcount="by_unit") == [(("101",), 1, 8000), (("201",), 1, 500), (("301", "302"), 1, 77)]


def test_keys_do_not_depend_on_the_order():
    units = [Unit("102", 1, ("P-2",)), Unit("101", 2, ("P-1",))]
    assert [one.entry.key for one in pool(units)] == ["R-0001", "R-0002"]
    assert pool(units) == pool(units[::-1])
    assert [one.dwellings for one in pool(units)] == [("101",), ("102",)]


def test_keys_grow_with_the_roll():
    many = pool([Unit(f"{number:06}", 1, (str(number),)) for number in range(10_000)])
    assert (many[0].entry.key, many[-1].entry.key) == ("R-00001", "R-10000")


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        (Unit("101", 5, ("P-9",)), "unit_double"),
        (Unit("102", 0, ("P-1",)), "unit_amount"),
        (Unit("102", -5, ("P-1",)), "unit_amount"),
        (Unit("102", 5, ("P-1",), shares=-1), "unit_amount"),
        (Unit("102", 5), "unit_ownerless"),
    ],
)
def test_a_dwelling_that_cannot_be_is_refused(unit, code):
    with pytest.raises(Malformed) as caught:
        pool([Unit("101", 8000, ("P-1",)), unit])
    assert (caught.value.code, caught.value.path) == (code, ("units", 1))
    assert unit.dwelling in caught.value.said("zh")


@pytest.mark.parametrize(
    ("unsold", "wanted"),
    [
        (9, "no_quorum"),  # 3·900 < 2·1,800 m², though 9 of 10 heads take part
        (5, "no_quorum"),  # 3·900 = 2,700 < 2·1,400 = 2,800
        (4, "adopted"),  # 2,700 ≥ 2·1,300 = 2,600
    ],
)
def test_what_is_unsold_weighs_by_its_area(unsold, wanted):
    units = [Unit(f"1{at:02}", 10000, (f"P-{at}",)) for at in range(9)]
    units += [Unit(f"2{at:02}", 10000, developer=True) for at in range(unsold)]
    pools = pool(units)
    ballots = [Ballot(one.entry.key, 1, ("yes",)) for one in pools if one.owners]
    assert outcome(ORDINARY, roll_of(pools), ballots) == wanted
