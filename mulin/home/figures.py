"""Whose day begins with work, and how counts and shares are written for onlookers."""

from __future__ import annotations

# Whoever can do one of these has work here, and begins the day with it.
WORK = frozenset({"cases.desk", "cases.oversee", "cases.handle", "cases.lead"})
FEW = 5  # smaller counts would tell of single persons to who looks on from afar


def few(count: int, *, exact: bool = False) -> str:
    """Write a count; under five only that it is small, unless the reader handles these very matters."""
    return str(count) if exact or count >= FEW else f"<{FEW}"


def percent(part: int, whole: int) -> int | None:
    """Return a share in whole percent; of few it says nothing."""
    return (200 * part + whole) // (2 * whole) if whole >= FEW else None


def share(part: int, whole: int) -> str:
    """Write a share in whole percent; of few it says nothing."""
    found = percent(part, whole)
    return "–" if found is None else f"{found}%"


def needs_help(late: int, opened: int) -> tuple[int, int]:
    """Order places by who needs help first; small counts weigh nothing, so the order does not tell them either."""
    return (-late if late >= FEW else 0, -opened if opened >= FEW else 0)
