"""What an address of a list asks, read for the queries that narrow and cut it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime

from mulin.kernel.viewer import Viewer

from .. import queries
from ..queries import After, Cases

LATER = "-"  # in an address: after the dated ones


def after(text: str) -> After:
    """Read behind which row a page begins ("moment,id", or "-,id" behind what has a date)."""
    at, _comma, key = text.partition(",")
    moment, last = _moment(at), _key(key)
    return (moment, last) if last and (moment or at == LATER) else None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def narrowed(cases: Cases, viewer: Viewer, community: Any, asked: Any) -> Cases:
    """Keep a category, a grid, and what holds the words that were searched for."""
    if asked.get("category"):
        cases = queries.of_category(cases, community, asked["category"])
    if (grid := asked.get("grid", "")[:9]).isdecimal():
        cases = queries.in_grid(cases, community, int(grid))
    if q := asked.get("q", "").strip()[:200]:
        cases = queries.holding(cases, viewer, community, q)
    return cases
