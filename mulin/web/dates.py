"""Dates and spans of time in people's words, in the reader's language and the community's time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import lru_cache
from html import escape
from math import floor

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from mulin.kernel.clock import now

WEEKDAYS = (
    gettext_lazy("Mon"), gettext_lazy("Tue"), gettext_lazy("Wed"), gettext_lazy("Thu"),
    gettext_lazy("Fri"), gettext_lazy("Sat"), gettext_lazy("Sun"),
)  # fmt: skip
HOUR, DAY = 60, 60 * 24
NEAR = 14  # days: further away a weekday tells nobody anything


@dataclass(frozen=True, slots=True)
class _Words:
    """How one language puts dates together; kept, since a page asks for them hundreds of times."""

    when: str
    over: str
    left: str
    by_weekday: str
    by_day: str
    hours: str
    minutes: str
    both: str
    weekdays: tuple[str, ...]


@lru_cache(maxsize=20)
def _words(language: str) -> _Words:
    return _Words(
        _("%(day)s %(time)s"), _("%(time)s over"), _("%(time)s left"), _("by %(weekday)s %(time)s"), _("by %(day)s"),
        _("%(hours)d h"), _("%(minutes)d min"), _("%(hours)d h %(minutes)d min"), tuple(map(str, WEEKDAYS)),
    )  # fmt: skip


@lru_cache(maxsize=5000)
def _day(on: date, this_year: bool, near: bool, language: str) -> str:
    form = pgettext("date format", "j M") if this_year else pgettext("date format", "j M Y")
    written = date_format(on, form)
    return _("%(weekday)s %(date)s") % {"weekday": WEEKDAYS[on.weekday()], "date": written} if near else written


@lru_cache(maxsize=1000)
def _days(days: int, language: str) -> str:
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


class Teller:
    """Tells dates to one reader: their language, their time zone and what is now are looked up once for many."""

    def __init__(self) -> None:
        self.now = now()
        self.zone: tzinfo = timezone.get_current_timezone()
        self.language = get_language() or ""
        self.words = _words(self.language)
        self.today = self.now.astimezone(self.zone).date()

    def here(self, value: date) -> date:
        """Return a moment as the clocks on the wall show it."""
        return value.astimezone(self.zone) if isinstance(value, datetime) and timezone.is_aware(value) else value

    def day(self, value: date) -> str:
        """Write a day; its weekday when it is near, the year only when it is another one."""
        return self._day(self.here(value))

    def when(self, value: date) -> str:
        """Write a day and, if the value has one, a time."""
        here = self.here(value)
        day = self._day(here)
        return self.words.when % {"day": day, "time": _time(here)} if isinstance(here, datetime) else day

    def _day(self, here: date) -> str:
        on = here.date() if isinstance(here, datetime) else here
        near = abs((on - self.today).days) <= NEAR
        return _day(on, on.year == self.today.year, near, self.language)

    def span(self, minutes: float) -> str:
        """Write a span of time, as coarse as people say it."""
        whole = max(1, floor(abs(minutes)))
        if whole >= DAY:
            return _days(whole // DAY, self.language)
        hours, rest = divmod(whole, HOUR)
        words = self.words.minutes if not hours else self.words.both if rest else self.words.hours
        return words % {"hours": hours, "minutes": rest}

    def left(self, due_at: datetime) -> tuple[float, str]:
        """Say in how many minutes something is due, and in words how late it is, how long is left, or by when."""
        minutes = (due_at - self.now).total_seconds() / 60
        return minutes, self._left(due_at, minutes)

    def _left(self, due_at: datetime, minutes: float) -> str:
        if minutes < DAY:
            return (self.words.over if minutes < 0 else self.words.left) % {"time": self.span(minutes)}
        if minutes >= 6 * DAY:
            return self.words.by_day % {"day": self.day(due_at)}
        here = due_at.astimezone(self.zone)
        return self.words.by_weekday % {"weekday": self.words.weekdays[here.weekday()], "time": _time(here)}


def _time(here: datetime) -> str:
    return f"{here.hour:02}:{here.minute:02}"


def day(value: date) -> str:
    """Write a day; its weekday when it is near, the year only when it is another one."""
    return Teller().day(value)


def when(value: date) -> str:
    """Write a day and, if the value has one, a time."""
    return Teller().when(value)


def span(minutes: float) -> str:
    """Write a span of time, as coarse as people say it."""
    return Teller().span(minutes)


def marked(value: date, text: str) -> SafeString:
    """Wrap a written date so that machines can read it too."""
    return SafeString(f'<time datetime="{value.isoformat()}">{escape(text)}</time>')
