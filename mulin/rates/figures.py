"""What is counted of a case, how definitions read, and what small counts keep to themselves; no Django models."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from mulin.people.figures import in_their_language
from mulin.web.counts import percent

MOST_MONTHS = 36
USUAL_MONTHS = 12
ANSWER_WITHIN = timedelta(days=14)  # for a second person to say whether a case may be left out
FORECAST_DAYS = 7
LATELY = timedelta(days=90)

# A closed set: a definition chooses among these, it never brings code.
FACTS: dict[str, Any] = {
    "reported": _("all that were reported"),
    "due": _("those whose promised time to be taken on is over or was kept"),
    "answered": _("those that were taken on within the promised time"),
    "ended": _("those that were solved, closed or refused with a reason"),
    "on_time": _("those that were solved and that no clock ever had to hand up"),
    "judged": _("those of which the reporter said whether they are solved"),
    "fixed": _("those of which the reporter said that they are solved"),
    "content": _("those with which the reporter was pleased or so-so"),
    "pleased": _("those with which the reporter was pleased"),
}
# What is counted above the line must be a part of what is counted below it.
PART_OF: dict[str, tuple[str, ...]] = {
    "reported": ("reported",),
    "due": ("due", "reported"),
    "answered": ("answered", "due", "reported"),
    "ended": ("ended", "reported"),
    "on_time": ("on_time", "ended", "reported"),
    "judged": ("judged", "reported"),
    "fixed": ("fixed", "judged", "ended", "reported"),
    "content": ("content", "fixed", "judged", "ended", "reported"),
    "pleased": ("pleased", "content", "fixed", "judged", "ended", "reported"),
}
GROUNDS: dict[str, Any] = {
    "law": _("the law gives nobody here the power to grant it"),
    "decided": _("the same was decided already, and nothing new was said"),
    "untrue": _("what was reported did not happen"),
    "force": _("a flood, an epidemic or another emergency stopped the work"),
    "test": _("it was reported to try the system out"),
}
BY: dict[str, Any] = {"month": _("By month"), "grid": _("By grid"), "category": _("By category")}
KEYS = ("response", "resolution", "satisfaction")


@dataclass(frozen=True)
class Counts:
    """How many cases of a group there are of each kind; `left_out` are in none of the others."""

    reported: int = 0
    due: int = 0
    answered: int = 0
    ended: int = 0
    on_time: int = 0
    judged: int = 0
    fixed: int = 0
    content: int = 0
    pleased: int = 0
    left_out: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


@dataclass(frozen=True)
class Rate:
    """Part and whole of one rate, as its definition counts them."""

    part: int
    whole: int

    def percent(self, *, exact: bool) -> int | None:
        """Return the share in whole percent, half up; of fewer than five it says nothing to onlookers."""
        return percent(self.part, self.whole, exact=exact)


@dataclass(frozen=True)
class Wording:
    """A definition as the pack brings it."""

    key: str
    part: str
    whole: str
    zh: str
    en: str
    source: str


@lru_cache(maxsize=1)
def pack() -> dict[str, Wording]:
    """Read the three rates as they are shipped."""
    rows = tomllib.loads((Path(__file__).parent / "packs" / "three-rates.toml").read_text("utf-8"))["rate"]
    return {row["key"]: Wording(**row) for row in rows}


NAMES: dict[str, Any] = {
    "response": _("Response rate"),
    "resolution": _("Resolution rate"),
    "satisfaction": _("Satisfaction rate"),
}


def said(zh: str, en: str) -> str:
    """Read a definition's words in the reader's language."""
    return in_their_language(zh, en)


def month_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def months(first: date, last: date) -> Iterator[date]:
    """List the months from one to the other, both included."""
    at = month_of(first)
    while at <= last:
        yield at
        at += timedelta(days=monthrange(at.year, at.month)[1])


def period(first: str, last: str, today: date) -> tuple[date, date]:
    """Read from when to when, as months like 2026-11; what cannot be read is the last twelve."""
    until = _month(last) or month_of(today)
    since = _month(first) or back(until, USUAL_MONTHS - 1)
    since, until = min(since, until), max(since, until)
    return max(since, back(until, MOST_MONTHS - 1)), until


def _month(text: str) -> date | None:
    try:
        return month_of(date.fromisoformat(f"{text}-01"))
    except ValueError:
        return None


def back(month: date, count: int) -> date:
    """Return the month so many months before."""
    place = month.year * 12 + month.month - 1 - count
    return date(place // 12, place % 12 + 1, 1)


def total(groups: Iterable[Counts]) -> Counts:
    """Add groups up."""
    return sum(groups, Counts())
