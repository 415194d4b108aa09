"""Moments as the standard writes them: ISO 8601 with a zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from .limits import WINDOW


def read_moment(text: str) -> datetime:
    """Read a moment with its zone; without one it counts as UTC. Raises ValueError."""
    text = text.strip().replace(" ", "+")  # a plus sign that was not written as %2B arrives as a blank
    found = datetime.fromisoformat(text)
    if len(text) < 10 or not 1970 <= found.year <= 9000:
        raise ValueError(text)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def stamp(value: Any, zone: tzinfo) -> str | None:
    """Write a moment as it lies in the database, in the community's zone."""
    if not value:
        return None
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    found: str = value.astimezone(zone).isoformat("T", "seconds")
    return found


def window(start: datetime | None, end: datetime | None, at: datetime) -> tuple[datetime, datetime] | None:
    """Return from when to when is asked, at most 90 days; None for more than that, or the wrong way round."""
    if start is None:
        start = (end or at) - WINDOW
    if end is None:
        end = min(start + WINDOW, max(at, start)) + timedelta(seconds=1)
    return (start, end) if timedelta() <= end - start <= WINDOW + timedelta(seconds=1) else None
