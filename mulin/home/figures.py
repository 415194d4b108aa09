"""Whose day begins with work, and who needs help first."""

from __future__ import annotations

from mulin.web.counts import FEW

# Whoever can do one of these has work here, and begins the day with it.
WORK = frozenset({"cases.desk", "cases.oversee", "cases.handle", "cases.lead"})


def needs_help(late: int, opened: int) -> tuple[int, int]:
    """Order places by who needs help first; small counts weigh nothing, so the order does not tell them either."""
    return (-late if late >= FEW else 0, -opened if opened >= FEW else 0)
