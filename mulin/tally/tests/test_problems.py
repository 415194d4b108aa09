"""Rules that cannot be lived through, each with its sentence."""

import pytest

from mulin.tally.problems import problems, read_fraction
from mulin.tally.roll import Entry
from mulin.tally.ruleset import Test

from .made import asks, rules

OWNERS = {"measures": ("heads", "area")}
CHOOSE = {"ballot": "choose", "passes": ()}
HALF = asks("yes", "members", 1, 2)


def found(**changes):
    """The codes of what is wrong, each with both sentences."""
    wrong = problems(rules(**changes))
    for one in wrong:
        assert one.said("en")
        assert one.said("zh-hans") != one.said()
    return [(one.code, one.path) for one in wrong]


def test_these_are_sound():
    assert found() == []
    assert found(passes=(asks("yes", "members", 1, 1),)) == []
    assert found(passes=(asks("yes", "cast", 1, 1000), asks("yes", "present", 999, 1000))) == []
    assert found(mode="all_affected", passes=()) == []
    assert found(**CHOOSE, seats=1) == found(**CHOOSE, seats=1000) == []
    assert found(proxies_allowed=True, proxy_cap=1, proxies_barred=("candidates", "manager_staff")) == []
    assert found(proxies_allowed=True, proxy_cap=1000) == found(headcount="by_unit") == []
    assert found(notice_days=366, open_days_min=1, open_days_max=1, result_days=0, challenge_days=366) == []
    assert found(key="k" * 40, source="s" * 300, title_en="T", follow=True, silence="taking_part") == []


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"key": ""}, "rules_key", ("key",)),
        ({"key": "a b"}, "rules_key", ("key",)),
        ({"key": "k" * 41}, "rules_key", ("key",)),
        ({"title_zh": " "}, "rules_text", ("title_zh",)),
        ({"title_en": ""}, "rules_text", ("title_en",)),
        ({"source": "s" * 301}, "rules_text", ("source",)),
        ({"dated": "2021"}, "rules_dated", ("dated",)),
        ({"dated": "20210101"}, "rules_dated", ("dated",)),
        ({"dated": "2021-02-30"}, "rules_dated", ("dated",)),
        ({"measures": (), "passes": (), **CHOOSE, "seats": 1}, "rules_measures", ("measures",)),
        ({"measures": ("heads", "heads")}, "rules_measures", ("measures",)),
        ({"measures": ("heads", "area"), "electorate": "residents"}, "rules_area", ("measures",)),
        ({"measures": ("heads", "shares"), "electorate": "seats"}, "rules_area", ("measures",)),
        ({"headcount": "by_unit", "electorate": "seats"}, "rules_headcount", ("headcount",)),
        ({"mode": "all_affected"}, "rules_all", ("mode",)),
        ({"mode": "all_affected", "passes": (), "takes_part": (HALF,)}, "rules_all", ("mode",)),
        ({"mode": "all_affected", "passes": (), "follow": True}, "rules_all", ("mode",)),
        ({"mode": "all_affected", "passes": (), "silence": "taking_part"}, "rules_all", ("mode",)),
        ({"mode": "all_affected", "passes": (), "ballot": "choose", "seats": 1}, "rules_all", ("mode",)),
        ({"passes": ()}, "rules_no_test", ("passes",)),
        ({"passes": (asks("yes", "members", 1, 2, measure="area"),)}, "test_measure", ("passes", 0, "measure")),
        ({"takes_part": (HALF,)}, "test_takes_part", ("takes_part", 0, "part")),
        ({"passes": (HALF, asks("cast", "members", 1, 2))}, "test_passes", ("passes", 1, "part")),
        ({"takes_part": (asks("present", "present", 1, 2),)}, "test_base", ("takes_part", 0, "base")),
        ({"takes_part": (asks("members", "members", 1, 2),)}, "test_base", ("takes_part", 0, "base")),
        ({"takes_part": (asks("cast", "participating", 1, 2),)}, "test_base", ("takes_part", 0, "base")),
        (
            {"silence": "with_majority", "passes": (asks("yes", "present", 1, 2),)},
            "test_silence",
            ("passes", 0, "base"),
        ),
        (
            {"follow": True, "takes_part": (asks("present", "members", 1, 2),)},
            "test_silence",
            ("takes_part", 0, "base"),
        ),
        ({"passes": (asks("yes", "members", 0, 2),)}, "test_fraction", ("passes", 0, "num")),
        ({"passes": (asks("yes", "members", 3, 2),)}, "test_fraction", ("passes", 0, "num")),
        ({"passes": (asks("yes", "members", 6667, 10000),)}, "test_fraction", ("passes", 0, "num")),
        ({"passes": (asks("yes", "members", 1, 1001),)}, "test_fraction", ("passes", 0, "num")),
        ({"passes": (asks("yes", "members", 0, 0),)}, "test_fraction", ("passes", 0, "num")),
        ({"passes": (asks("yes", "members", 1, 1, strict=True),)}, "test_more_than_all", ("passes", 0, "strict")),
        ({"ballot": "choose", "passes": ()}, "rules_seats", ("seats",)),
        ({"ballot": "choose", "passes": (), "seats": 1001}, "rules_seats", ("seats",)),
        ({"seats": 1}, "rules_no_seats", ("seats",)),
        ({**CHOOSE, "seats": 1, "silence": "with_majority"}, "rules_silence", ("silence",)),
        ({"proxies_allowed": True}, "rules_cap", ("proxy_cap",)),
        ({"proxies_allowed": True, "proxy_cap": 1001}, "rules_cap", ("proxy_cap",)),
        ({"proxy_cap": 1}, "rules_no_proxies", ("proxies_allowed",)),
        ({"proxies_barred": ("candidates",)}, "rules_no_proxies", ("proxies_allowed",)),
        ({"proxies_allowed": True, "proxy_cap": 1, "proxies_barred": ("cats",)}, "rules_barred", ("proxies_barred",)),
        ({"notice_days": -1}, "rules_days", ("notice_days",)),
        ({"challenge_days": 367}, "rules_days", ("challenge_days",)),
        ({"result_days": 367}, "rules_days", ("result_days",)),
        ({"open_days_max": 0}, "rules_open", ("open_days_max",)),
        ({"open_days_min": 5, "open_days_max": 4}, "rules_open", ("open_days_max",)),
    ],
)
def test_what_cannot_be_lived_through(changes, code, path):
    assert (code, path) in found(**changes)


def test_who_may_be_barred_is_named():
    known = ("manager_staff", "candidates", "committee_members")
    assert found(proxies_allowed=True, proxy_cap=1, proxies_barred=known) == []
    (one,) = problems(rules(proxies_allowed=True, proxy_cap=1, proxies_barred=("cats",)))
    assert one.said().endswith("barred from holding proxies: manager_staff, candidates, committee_members.")


@pytest.mark.parametrize(
    ("num", "den", "exact"),
    [(66, 100, "2/3"), (67, 100, "2/3"), (666, 1000, "2/3"), (667, 1000, "2/3"), (33, 100, "1/3"), (34, 100, "1/3"),
     (333, 1000, "1/3"), (334, 1000, "1/3")],
)  # fmt: skip
def test_a_rounded_third_is_not_meant(num, den, exact):
    (one,) = problems(rules(passes=(asks("yes", "members", num, den),)))
    assert one.code == "test_rounded"
    assert one.said().endswith(f"write {exact}.")
    assert f"{num}/{den}" in one.said("zh")


@pytest.mark.parametrize(
    ("num", "den"), [(65, 100), (68, 100), (35, 100), (32, 100), (668, 1000), (3, 10), (7, 10), (66, 99)]
)
def test_other_percentages_are_meant(num, den):
    assert found(passes=(asks("yes", "members", num, den),)) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("2/3", (2, 3)), (" 75 % ", (75, 100)), ("２／３", (2, 3)), ("1/1000", (1, 1000)), ("100%", (100, 100))],
)
def test_fractions_are_read(text, wanted):
    assert read_fraction(text) == wanted


@pytest.mark.parametrize("text", ["0.6667", "66.67%", "", "2/", "-1/2", "two thirds", "2/3/4", "12345/2", "١/٢"])
def test_what_is_no_exact_fraction_is_refused_with_what_would_do(text):
    with pytest.raises(ValueError, match=r"2/3 or 75%"):
        read_fraction(text)


def test_rules_know_what_they_count():
    assert rules(passes=(asks("yes", "present", 1, 2),)).counts_presence is True
    assert rules(takes_part=(asks("present", "members", 1, 2),)).counts_presence is True
    assert rules().counts_presence is False
    assert [rules(**one).counts_silence for one in ({}, {"follow": True}, {"silence": "taking_part"})] == [
        False, True, True
    ]  # fmt: skip


def test_what_rules_do_not_say_is_the_plain_way():
    by = rules()
    assert (by.headcount, by.measures, by.mode, by.ballot, by.seats) == (
        "by_owner",
        ("heads",),
        "fractions",
        "yes_no",
        0,
    )
    assert (by.silence, by.follow, by.ties, by.secrecy) == ("not_counted", False, "fails", "named")
    assert (by.notice_days, by.open_days_min, by.open_days_max, by.result_days, by.challenge_days) == (0, 0, 1, 3, 0)
    assert Test("heads", "yes", "members", 1, 2) == asks("yes", "members", 1, 2)
    assert Entry("R-1") == Entry("R-1", 1, 0, 0)
