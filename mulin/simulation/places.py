"""The places of the demo. The site plan is invented: no such houses stand there.

The plan is drawn in metres, x to the east and y to the north, then bent, turned and laid on the map.
"""

from __future__ import annotations

import json
import math
from typing import Any

from mulin.territory import figures, queries
from mulin.territory.actions import draw_boundary
from mulin.territory.imports import import_geojson
from mulin.territory.models import Community

# The middle of the plan, as a Chinese map service gives it.
LON, LAT = figures.from_gcj02(117.106, 39.195)
MIDDLE = (360, 260)
TURN = math.radians(-7)
STEP = 26  # metres between the points of a bent line

# Each row: its y, and how many entrances its houses have from west to east; five houses mean a tower in the middle.
ROWS = (
    (470, (3, 3, 1, 2, 2)),
    (400, (3, 3, 1, 2, 2)),
    (318, (3, 3, 2, 2)),
    (205, (3, 3, 2, 2)),
    (125, (3, 3, 1, 2, 2)),
    (55, (3, 2, 1, 2, 2)),
)
SLABS = ((38, 128), (168, 128), (438, 116), (572, 114))  # x and width of the four long houses of a row
SLAB_DEPTH = 13
TOWER = (344, 26, 24)  # x, width, depth
# Each grid: west, south, east, north.
GRIDS: tuple[figures.Box, ...] = (
    (0, 366, 322, 524),
    (322, 366, 720, 524),
    (0, 172, 366, 366),
    (366, 172, 720, 366),
    (0, 16, 322, 172),
    (322, 16, 567, 172),
    (567, 16, 720, 172),
)
SITE: figures.Box = (-10, 6, 730, 534)
NUMERALS = "一二三四五六七"

Point = tuple[float, float]


def places(community: Community) -> dict[str, list[Any]]:
    """Lay out the demo's border, 7 grids, 28 buildings and 63 entrances."""
    draw_boundary(community, area(*SITE))
    report = import_geojson(community, json.dumps({"type": "FeatureCollection", "features": plan()}).encode())
    if not report.is_done:
        raise RuntimeError(f"The demo's plan has faults: {report.rows}")
    known = queries.places(community)
    return {"grids": [*known.grids], "buildings": [*known.buildings], "entrances": [*known.entrances]}


def plan() -> list[dict[str, Any]]:
    """Draw every grid, building and entrance as a feature of a GeoJSON file."""
    found = []
    for number, box in enumerate(GRIDS, 1):
        found.append(_feature(area(*box), kind="grid", number=number, name=f"{NUMERALS[number - 1]}网格"))
    for number, (box, doors) in enumerate(houses(), 1):
        name = f"{number}号楼"
        found.append(_feature(area(*box), kind="building", number=number, name=name, address=f"宝翠花都{name}"))
        for door, point in enumerate(at_doors(box, doors), 1):
            at = {"type": "Point", "coordinates": list(point)}
            found.append(_feature(at, kind="entrance", building=number, name=f"{door}门"))
    return found


def _feature(geometry: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def houses() -> list[tuple[figures.Box, int]]:
    """List the houses from north-west to south-east: west, south, east, north, and the number of entrances."""
    found: list[tuple[figures.Box, int]] = []
    for row, (south, doors) in enumerate(ROWS):
        shifted = 8 * (row % 2)
        boxes = [(x + shifted, south, x + shifted + width, south + SLAB_DEPTH) for x, width in SLABS]
        if len(doors) > len(SLABS):
            x, width, depth = TOWER
            boxes.insert(2, (x, south, x + width, south + depth))
        found += zip(boxes, doors, strict=True)
    return found


def at_doors(box: figures.Box, doors: int) -> list[Point]:
    """Spread the entrances of a house evenly along its north side."""
    west, _south, east, north = box
    return [on_map(west + (east - west) * (door + 0.5) / doors, north) for door in range(doors)]


def area(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """Return a box of the plan as a GeoJSON polygon."""
    # Both neighbours walk a shared side over the same points, so that no sliver opens between them.
    rising = [south, *(y for y in range(0, 600, STEP) if south < y < north), north]
    ring = [on_map(west, y) for y in reversed(rising)] + [on_map(east, y) for y in rising]
    return {"type": "Polygon", "coordinates": [[list(point) for point in [*ring, ring[0]]]]}


def on_map(x: float, y: float) -> Point:
    """Lay a point of the plan on the map; columns bend a little, as old estates do."""
    east, north = x + 14 * math.sin(y / 140) - MIDDLE[0], y - MIDDLE[1]
    turned_east = east * math.cos(TURN) + north * math.sin(TURN)
    turned_north = north * math.cos(TURN) - east * math.sin(TURN)
    lon = LON + turned_east / (figures.METRES * math.cos(math.radians(LAT)))
    return round(lon, 7), round(LAT + turned_north / figures.METRES, 7)
