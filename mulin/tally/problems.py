"""Whether a RuleSet can be lived through: each problem with a sentence that says what would work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from .malformed import Path
from .ruleset import BARRED, MOST_DEN, WIDEST_FIRST, RuleSet, Test
from .words import say

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}", re.ASCII)
MOST_TEXT = 300
MOST_DAYS = 366


class Problem(msgspec.Struct, frozen=True):
    """One thing that keeps rules from being used."""

    code: str
    path: Path
    values: dict[str, Any] = {}

    def said(self, lang: str = "en") -> str:
        """Say what is wrong and what would work."""
        return say(self.code, lang, **self.values)


def problems(rules: RuleSet) -> tuple[Problem, ...]:
    """List what is wrong with rules; nothing: they can be used."""
    return (*_labels(rules), *_measures(rules), *_tests(rules), *_ballots(rules), *_proxies(rules), *_days(rules))


def read_fraction(text: str) -> tuple[int, int]:
    """Read "2/3" or "75%" as num and den. Raises ValueError with what would be right."""
    bare = text.translate(str.maketrans("０１２３４５６７８９／％", "0123456789/%")).replace(" ", "")
    if found := re.fullmatch(r"(\d{1,4})/(\d{1,4})", bare, re.ASCII):
        return int(found[1]), int(found[2])
    if found := re.fullmatch(r"(\d{1,3})%", bare, re.ASCII):
        return int(found[1]), 100
    raise ValueError(say("fraction_text"))


def _labels(rules: RuleSet) -> Iterator[Problem]:
    if not _KEY.fullmatch(rules.key):
        yield Problem("rules_key", ("key",))
    for name in ("title_zh", "title_en", "source"):
        if not 0 < len(getattr(rules, name).strip()) <= MOST_TEXT:
            yield Problem("rules_text", (name,), {"name": name, "most": MOST_TEXT})
    if not _is_day(rules.dated):
        yield Problem("rules_dated", ("dated",))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text  # 20260101 is also read
    except ValueError:
        return False


def _measures(rules: RuleSet) -> Iterator[Problem]:
    if not rules.measures or len(set(rules.measures)) < len(rules.measures):
        yield Problem("rules_measures", ("measures",))
    if rules.electorate != "owners" and {"area", "shares"} & set(rules.measures):
        yield Problem("rules_area", ("measures",))
    if rules.electorate != "owners" and rules.headcount == "by_unit":
        yield Problem("rules_headcount", ("headcount",))


def _tests(rules: RuleSet) -> Iterator[Problem]:
    if rules.mode == "all_affected":
        if rules.passes or rules.takes_part or rules.ballot != "yes_no" or rules.counts_silence:
            yield Problem("rules_all", ("mode",))
        return
    if not rules.passes and rules.ballot == "yes_no":
        yield Problem("rules_no_test", ("passes",))
    for name, tests in (("takes_part", rules.takes_part), ("passes", rules.passes)):
        for at, test in enumerate(tests):
            where = (name, at)
            yield from _fraction(test, where)
            if test.measure not in rules.measures:
                yield Problem("test_measure", (*where, "measure"), {"measure": test.measure})
            if (test.part == "yes") != (name == "passes"):
                yield Problem(f"test_{name}", (*where, "part"))
            if WIDEST_FIRST.index(test.base) >= WIDEST_FIRST.index(test.part):
                yield Problem("test_base", (*where, "base"), {"part": test.part, "base": test.base})
            if rules.counts_silence and "present" in (test.part, test.base):
                yield Problem("test_silence", (*where, "base"))


def _fraction(test: Test, where: Path) -> Iterator[Problem]:
    if not 0 < test.num <= test.den <= MOST_DEN:
        yield Problem("test_fraction", (*where, "num"), {"num": test.num, "den": test.den, "most": MOST_DEN})
    elif test.num == test.den and test.strict:
        yield Problem("test_more_than_all", (*where, "strict"))
    elif test.den in (100, 1000):
        for thirds in (1, 2):
            # 33, 34, 66, 67 of a hundred: a third was meant, and exactly two thirds would fail or pass wrongly.
            if abs(3 * test.num - thirds * test.den) < 3:
                said = {"num": test.num, "den": test.den, "exact": f"{thirds}/3"}
                yield Problem("test_rounded", (*where, "num"), said)


def _ballots(rules: RuleSet) -> Iterator[Problem]:
    if rules.ballot == "choose" and not 0 < rules.seats <= 1000:
        yield Problem("rules_seats", ("seats",))
    if rules.ballot == "yes_no" and rules.seats:
        yield Problem("rules_no_seats", ("seats",))
    if rules.ballot == "choose" and rules.counts_silence:
        yield Problem("rules_silence", ("silence",))


def _proxies(rules: RuleSet) -> Iterator[Problem]:
    if rules.proxies_allowed and not 0 < rules.proxy_cap <= 1000:
        yield Problem("rules_cap", ("proxy_cap",))
    if not rules.proxies_allowed and (rules.proxy_cap or rules.proxies_barred):
        yield Problem("rules_no_proxies", ("proxies_allowed",))
    for word in rules.proxies_barred:
        if word not in BARRED:
            yield Problem("rules_barred", ("proxies_barred",), {"word": word, "known": ", ".join(BARRED)})


def _days(rules: RuleSet) -> Iterator[Problem]:
    for name in ("notice_days", "open_days_min", "open_days_max", "result_days", "challenge_days"):
        if not 0 <= getattr(rules, name) <= MOST_DAYS:
            yield Problem("rules_days", (name,), {"name": name, "most": MOST_DAYS})
    if rules.open_days_max < max(1, rules.open_days_min):
        yield Problem("rules_open", ("open_days_max",))
