"""How many have voted so far, by each measure that the rules count; never what they voted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from mulin.tally.result import Formula

from ..figures import MEASURES, amount, least
from ..models import Vote


@dataclass(frozen=True)
class Gauge:
    """One measure: how much took part, of how much, and how much is needed."""

    measure: str
    now: int
    whole: int
    needed: int  # 0: the rules ask for none

    @property
    def name(self) -> str:
        return str(MEASURES[self.measure])

    @property
    def is_met(self) -> bool:
        return self.now >= self.needed

    @property
    def missing(self) -> str:
        return amount(self.measure, max(self.needed - self.now, 0))

    @property
    def now_text(self) -> str:
        return amount(self.measure, self.now)

    @property
    def whole_text(self) -> str:
        return amount(self.measure, self.whole)

    @property
    def needed_text(self) -> str:
        return amount(self.measure, self.needed)

    @property
    def fill(self) -> int:
        """Return how wide the bar is, of a thousand; for the eye alone."""
        return min(1000 * self.now // self.whole, 1000) if self.whole else 0

    @property
    def mark(self) -> int:
        return min(1000 * self.needed // self.whole, 1000) if self.whole else 0


def sums(rows: Any) -> dict[str, int]:
    """Add entries up by each measure."""
    added = rows.aggregate(heads=Sum("heads"), area=Sum("area"), shares=Sum("shares"), entries=Count("pk"))
    return {name: int(value or 0) for name, value in added.items()}


def whole_of(vote: Vote) -> dict[str, int]:
    """Add up the whole roll; for a body all its seats, the vacant ones with them."""
    whole = sums(vote.entries.filter(community=vote.community_id))
    return {**whole, "heads": vote.seats} if vote.seats is not None else whole


def quorum(vote: Vote, whole: dict[str, int] | None = None) -> list[Gauge]:
    """Say how far taking part has come, measure by measure; `whole`: what the roll adds up to, if known."""
    entries = vote.entries.filter(community=vote.community_id)
    whole, took = whole or whole_of(vote), sums(vote.voted)
    here = sums(entries.filter(~Q(present_at=None))) if counts_presence(vote) else {}
    found = []
    for measure in vote.rules["measures"]:
        tests = [each for each in vote.rules["takes_part"] if each["measure"] == measure]
        test = next((each for each in tests if each["base"] == "members"), None)
        needed = least(test["num"], test["den"], test["strict"], whole[measure]) if test else 0
        reached = here if test and test["part"] == "present" else took
        found.append(Gauge(measure, reached[measure], whole[measure], needed))
    return found


def gauge_of(test: Formula) -> Gauge:
    """Turn a test of a count into a gauge."""
    needed = least(test.num, test.den, test.strict, test.base_amount)
    return Gauge(test.measure, test.part_amount, test.base_amount, needed)


def counts_presence(vote: Vote) -> bool:
    """Tell whether the rules of a vote count who is present."""
    tests = (*vote.rules["takes_part"], *vote.rules["passes"])
    return any("present" in (each["part"], each["base"]) for each in tests)
