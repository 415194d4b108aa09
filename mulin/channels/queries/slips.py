"""What a slip shows: the closing condition as a list to tick, and a sketch of where it is."""

from __future__ import annotations

import re
from typing import Any

from mulin.cases.models import Case
from mulin.territory.queries import places

MOST_POINTS = 8
SIZE, ROOM = 300, 14  # of the sketch, and how much is left free at its edges


def closing(case: Case) -> list[str]:
    """Cut the closing condition into what can be ticked off."""
    points = (point.strip() for point in re.split(r"[。；;\n]|(?<=[a-z])\.\s", case.category.closes))
    return [point.rstrip(".") for point in points if point][:MOST_POINTS]


def sketch(case: Case) -> dict[str, Any] | None:
    """Draw the houses around it as points of a square, the place in its middle; None where no point is known."""
    fixed = case.entrance or case.building
    lon, lat = (fixed.lon, fixed.lat) if fixed else (case.lon, case.lat)
    if lon is None or lat is None:
        return None
    known = places(case.community)
    far = 0.0016  # degrees of latitude to each side: what one can see from there
    wide = far * 1.3

    def at(x: float, y: float) -> tuple[int, int]:
        span = SIZE - 2 * ROOM
        return round(ROOM + (x - lon + wide) / (2 * wide) * span), round(ROOM + (lat + far - y) / (2 * far) * span)

    houses = [
        {"x": point[0], "y": point[1], "name": house.number or house.name, "here": house.pk == case.building_id}
        for house in known.buildings
        if abs(house.lon - lon) < wide and abs(house.lat - lat) < far
        for point in [at(house.lon, house.lat)]
    ]
    here = at(lon, lat)
    return {"size": SIZE, "houses": houses, "x": here[0], "y": here[1]}
