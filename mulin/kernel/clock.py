"""The only place that reads the time, the actor that stands for it, and working hours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_shift = timedelta()
_fixed: datetime | None = None


class Clock:
    """Acts when a limit runs out; stands where a person would."""

    actor = "clock"


CLOCK = Clock()


class System:
    """Acts for no person: what follows by itself from something else."""

    actor = "system"


SYSTEM = System()


def now() -> datetime:
    """Return the time (UTC)."""
    return (_fixed or datetime.now(UTC)) + _shift


def set(moment: datetime) -> None:
    """Stop the clock at a moment. For tests and simulated databases only."""
    global _fixed, _shift
    _fixed, _shift = moment.astimezone(UTC), timedelta()


def advance(by: timedelta) -> None:
    """Move the clock forwards. For tests and simulated databases only."""
    global _shift
    _shift += by


def reset() -> None:
    """Let the clock run with the world again."""
    global _fixed, _shift
    _fixed, _shift = None, timedelta()


class Calendar:
    """Time that always runs."""

    def add(self, since: datetime, amount: timedelta) -> datetime:
        """Return when this much time will have run since then."""
        return since + amount

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return how much time runs between the two; negative when the end comes first."""
        return end - start


ALWAYS = Calendar()


@dataclass(frozen=True)
class WorkingHours(Calendar):
    """Time that runs only in office hours on working days, in the community's own time zone."""

    zone: ZoneInfo
    hours: tuple[tuple[time, time], ...]
    is_workday: Callable[[date], bool]

    def _windows(self, day: date, days: int) -> Iterator[tuple[datetime, datetime]]:
        for offset in range(days):
            on = day + timedelta(days=offset)
            if self.is_workday(on):
                for start, end in self.hours:
                    yield (
                        datetime.combine(on, start, self.zone).astimezone(UTC),
                        datetime.combine(on, end, self.zone).astimezone(UTC),
                    )

    def add(self, since: datetime, amount: timedelta) -> datetime:
        """Return when this much office time will have run. Raises ValueError if there is none within a year."""
        left = max(amount, timedelta())
        since = since.astimezone(UTC)
        # A year without one working hour means wrong settings: stop, instead of searching for ever.
        for start, end in self._windows(since.astimezone(self.zone).date(), 400):
            start = max(start, since)
            if start >= end:
                continue
            if left <= end - start:
                return start + left
            left -= end - start
        raise ValueError("No working hours within a year: check the community's office hours.")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return how much office time lies between the two; negative when the end comes first."""
        if end < start:
            return -self.between(end, start)
        first, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        windows = self._windows(first, (last - first).days + 1)
        spans = (min(closes, end) - max(opens, start) for opens, closes in windows)
        return sum((max(span, timedelta()) for span in spans), timedelta())
