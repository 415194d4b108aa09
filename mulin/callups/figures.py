"""Fixed lists and small arithmetic about call-ups; no Django models. Figures are about units, never about people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from mulin.web.counts import FEW

URGENCIES = {"everyday": _("Everyday: working hours count"), "urgent": _("Urgent: every hour counts")}
REPORT_HOURS = {
    1: _("1 hour"), 2: _("2 hours"), 4: _("4 hours"), 8: _("8 hours"), 24: _("24 hours"), 48: _("48 hours"),
}  # fmt: skip
DONE_DAYS = {1: _("1 day"), 2: _("2 days"), 3: _("3 days"), 5: _("5 days"), 10: _("10 days"), 30: _("30 days")}
HOURS, DAYS = 4, 3  # where nothing else was said
MOODS = {3: _("Pleased"), 2: _("So-so"), 1: _("Not pleased")}
MOST_UNITS = 30
SIGN_DAYS, REFUSAL_DAYS, APPRAISE_DAYS = 2, 2, 5  # working days in which somebody has to answer
WINDS_UP = timedelta(days=180)  # nobody ended it: then it ends by itself
KEPT = timedelta(days=365)  # how long those who came stay named


@dataclass
class Told:
    """What a unit's turnouts came to."""

    name: str
    called: int = 0
    came: int = 0
    in_time: int = 0
    finished: int = 0
    finished_in_time: int = 0
    refused: int = 0
    lapsed: int = 0
    rated: int = 0
    rating_sum: int = 0
    resident_rated: int = 0
    resident_sum: int = 0

    @property
    def rating(self) -> str:
        return mean(self.rating_sum, self.rated)

    @property
    def resident_rating(self) -> str:
        return mean(self.resident_sum, self.resident_rated)

    @property
    def in_time_of(self) -> str:
        return f"{self.in_time}/{self.came + self.lapsed}"

    @property
    def finished_of(self) -> str:
        return f"{self.finished_in_time}/{self.finished}"


def mean(total: int, count: int) -> str:
    """Write a mean of ratings from 1 to 3 with one decimal; of few it says nothing."""
    if count < FEW:
        return "–"
    tenths = (20 * total + count) // (2 * count)
    return f"{tenths // 10}.{tenths % 10}"
