"""What the maps of cases show: the community's own shapes, and numbered points."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mulin.kernel.clock import now
from mulin.territory.queries import Places

from ..flow import OPEN, State
from ..queries import Row
from .telling import where

SOON = timedelta(hours=2)


def shapes(known: Places, hit: Any = None) -> dict[str, Any]:
    """Give the outlines of grids and buildings; `hit` is the building that is meant."""
    buildings = [
        {"name": str(row.number or row.name), "geometry": row.polygon, **({"hit": True} if row.pk == hit else {})}
        for row in known.buildings
        if row.polygon
    ]
    return {"grids": [{"name": row.name, "geometry": row.polygon} for row in known.grids], "buildings": buildings}


def colour(case: Row) -> str:
    """Say how urgent a case is on the map: over, soon, wait, done, or nothing."""
    if case.state == State.WAITING:
        return "wait"
    if case.state not in OPEN:
        return "done"
    if case.due_at is None:
        return ""
    return "over" if case.due_at < now() else "soon" if case.due_at < now() + SOON else ""


def dot(case: Row) -> dict[str, Any]:
    """Write a case as a map shows it beside a list, with what everyone may know of it."""
    name = f"{case.title}, {place}" if (place := where(case)) else case.title
    lon, lat = case.shown_lon or 0, case.shown_lat or 0
    return {"lon": round(lon, 6), "lat": round(lat, 6), "label": name, "url": case.get_absolute_url()}


def point(shown: dict[str, Any], exact: bool = False) -> dict[str, Any]:
    """Write a row of a list for a map, where everyone may see it; `exact` for those who handle it."""
    case: Row = shown["case"]
    near = exact and case.lon is not None
    return {
        "lon": case.lon if near else case.shown_lon,
        "lat": case.lat if near else case.shown_lat,
        "number": shown["number"],
        "label": shown["title"],
        "place": shown["place"],
        "tone": shown["colour"],
        "url": shown["url"],
    }
