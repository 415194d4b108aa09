"""Fixed lists and spans of rounds and maintenance, and on which days a route is walked; no Django models."""

from __future__ import annotations

import tomllib
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

DAY = timedelta(days=1)
A_LITTLE = timedelta(minutes=5)  # so that a new day has begun for sure
AHEAD = timedelta(days=7)  # so far rounds are planned
WARN = timedelta(days=14)  # before a route ends
SOON = timedelta(days=30)  # maintenance that is soon due
LONGEST = timedelta(days=366)  # a route is walked for no longer without somebody saying so again
MORNING = time(6)  # when the round of a day is called due
MOST_STOPS, MOST_LINES, MOST_EVERY = 60, 40, 3660
WEEKDAYS: dict[str, Any] = {
    "0": _("Monday"), "1": _("Tuesday"), "2": _("Wednesday"), "3": _("Thursday"), "4": _("Friday"),
    "5": _("Saturday"), "6": _("Sunday"),
}  # fmt: skip
STOP_PLACES = ("spot", "entrance", "building")
PLACE_WORDS: dict[str, Any] = {"entrance": _("Entrance"), "building": _("Building")}
RESULTS: dict[str, Any] = {
    "": _("not looked at yet"), "well": _("all well"), "finding": _("something was found"), "missed": _("left out"),
}  # fmt: skip
TONES = {"": "", "well": "done", "finding": "new", "missed": "late"}
ROUND_SAYS = {
    "fall_due": _("A patrol round is due today."),
    "miss": _("A patrol round was missed. Please say why."),
}
ROUTE_SAYS = {"warn": _("A patrol route ends in two weeks. Prolong it, or let it end.")}
UPKEEP_SAYS = {"lapse": _("Maintenance is overdue.")}
_PACK = Path(__file__).parent / "packs" / "checklists.toml"


def days_of(every: int | None, weekdays: str, since: date, first: date, last: date) -> list[date]:
    """List the days from first to last on which a route is walked: every so many days since, or on weekdays."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    if every:
        return [day for day in days if day >= since and (day - since).days % every == 0]
    return [day for day in days if day >= since and str(day.weekday()) in weekdays]


@cache
def usual_lines() -> tuple[tuple[str, str, str], ...]:
    """Read the checklist with which a route begins: kind of stop, Chinese, English."""
    rows = tomllib.loads(_PACK.read_text("utf-8"))["line"]
    return tuple((row["kind"], row["zh"], row["en"]) for row in rows)


def lines_for(checklist: list[dict[str, str]], kind: str) -> list[str]:
    """List the lines of a checklist that count at a stop of this kind."""
    return [each["words"] for each in checklist if each["kind"] in ("", kind)]
