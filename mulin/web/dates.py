"""Dates and spans of time in people's words, in the reader's language and the community's time zone."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from math import floor

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.web.markup import fill

WEEKDAYS = (
    gettext_lazy("Mon"), gettext_lazy("Tue"), gettext_lazy("Wed"), gettext_lazy("Thu"),
    gettext_lazy("Fri"), gettext_lazy("Sat"), gettext_lazy("Sun"),
)  # fmt: skip
HOUR, DAY = 60, 60 * 24


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def day(value: date) -> str:
    """Write a day with its weekday; the year only when it is another one."""
    here = _local(value)
    on = here.date() if isinstance(here, datetime) else here
    return _day(on, on.year == timezone.localtime(now()).year, get_language() or "")


@lru_cache(maxsize=5000)
def _day(on: date, this_year: bool, language: str) -> str:
    # Kept, since a list has as many dates as rows and few different ones.
    form = pgettext("date format", "j M") if this_year else pgettext("date format", "j M Y")
    words = {"weekday": WEEKDAYS[on.weekday()], "date": date_format(on, form)}
    return _("%(weekday)s %(date)s") % words


def when(value: date) -> str:
    """Write a day and, if the value has one, a time."""
    here = _local(value)
    if not isinstance(here, datetime):
        return day(here)
    return _("%(day)s %(time)s") % {"day": day(here), "time": f"{here:%H:%M}"}


def marked(value: date, text: str) -> SafeString:
    """Wrap a written date so that machines can read it too."""
    return fill('<time datetime="{}">{}</time>', value.isoformat(), text)


def span(minutes: float) -> str:
    """Write a span of time, as coarse as people say it."""
    whole = max(1, floor(abs(minutes)))
    if whole >= DAY:
        days = whole // DAY
        return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    hours, rest = divmod(whole, HOUR)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


def left(due_at: datetime, minutes: float) -> str:
    """Say how long is left, by how much it is late, or, when far off, by when."""
    if minutes < 0:
        return _("%(time)s over") % {"time": span(minutes)}
    if minutes < DAY:
        return _("%(time)s left") % {"time": span(minutes)}
    here = _local(due_at)
    if minutes < 6 * DAY:
        soon = {"weekday": WEEKDAYS[here.weekday()], "time": f"{here:%H:%M}"}
        return _("by %(weekday)s %(time)s") % soon
    return _("by %(day)s") % {"day": day(here)}
