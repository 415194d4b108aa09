"""The picture of a result: each test of the rules as a bar against its line, by heads and by floor area alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mulin.tally.result import Formula, OptionCount, Result, Total
from mulin.tally.sheet import inequality

from .. import queries
from ..figures import amount
from ..models import Vote
from ..queries import Gauge

WIDE = 1000  # how wide a bar is drawn


@dataclass(frozen=True)
class Bar:
    """One test: what is there of what is asked, and for the yes also no and abstentions beside it."""

    gauge: Gauge
    title: str
    is_met: bool
    formula: str  # with both its sides, as anyone checks it
    parts: tuple[tuple[str, int, int], ...]  # yes, no, abstain: where each begins, and how wide it is
    said: str  # no and abstentions in words

    @property
    def more(self) -> str:
        return amount(self.gauge.measure, abs(self.gauge.now - self.gauge.needed))


@dataclass(frozen=True)
class Part:
    """The bars of one question: did enough take part, did enough say yes, or how one option stands."""

    title: str
    bars: list[Bar]


def picture(vote: Vote, result: Result | None) -> list[Part]:
    """Draw a result; nothing where there is none."""
    return [part for part in _parts(vote, result) if part.bars] if result else []


def _parts(vote: Vote, result: Result) -> Iterator[Part]:
    totals, order = {one.measure: one for one in result.totals}, vote.rules["measures"]

    def sorted_(tests: tuple[Formula, ...]) -> list[Formula]:
        return sorted(tests, key=lambda test: order.index(test.measure))

    yield Part(_("Did enough take part?"), [_bar(test, None) for test in sorted_(result.takes_part)])
    yield Part(_("Did enough say yes?"), [_bar(test, totals[test.measure]) for test in sorted_(result.passes)])
    titles = {each["key"]: each["title"] for each in vote.options}
    for option in result.options:
        bars = [_bar(test, None) for test in sorted_(option.passes)] or _plain(option, result)
        yield Part(titles.get(option.key, option.key), bars)


def _bar(test: Formula, total: Total | None) -> Bar:
    gauge = queries.gauge_of(test)
    amounts = [("yes", test.part_amount)]
    said = ""
    if total is not None:
        amounts += [("no", total.no), ("abstain", total.abstain)]
        told = {name: amount(test.measure, getattr(total, name)) for name in ("no", "abstain")}
        said = _("No %(no)s, abstained %(abstain)s.") % told
    lang = get_language() or "zh"
    return Bar(gauge, gauge.name, test.met, inequality(test, lang), _drawn(amounts, test.base_amount), said)


def _plain(option: OptionCount, result: Result) -> list[Bar]:
    found = []
    for total, votes in zip(result.totals, option.votes, strict=True):
        gauge = Gauge(total.measure, votes, total.participating, 0)
        drawn = _drawn([("yes", votes)], total.participating)
        found.append(Bar(gauge, gauge.name, option.elected, "", drawn, ""))
    return found


def _drawn(amounts: list[tuple[str, Any]], whole: int) -> tuple[tuple[str, int, int], ...]:
    """Lay amounts side by side; each begins where the one before ends, so that nothing adds up to more."""
    at, found = 0, []
    for name, value in amounts:
        begin, at = at, at + value
        left, right = (min(WIDE * each // whole, WIDE) if whole else 0 for each in (begin, at))
        if right > left:
            found.append((name, left, right - left))
    return tuple(found)
