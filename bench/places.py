"""Locating points where a city's grids are drawn: many at once, and one as a report asks it."""

from __future__ import annotations

import json
import random
import resource
import time
from collections.abc import Callable, Iterable
from typing import Any

from mulin import sql
from mulin.kernel.engine import save_rows, writing
from mulin.kernel.ids import numbers
from mulin.territory import queries
from mulin.territory.actions import found
from mulin.territory.figures import Area, cells
from mulin.territory.models import Community, Grid, GridCell

from .results import Result

SUBJECT = "places"
SIDE, STEP, WEST, SOUTH = 20, 0.002, 113.0, 27.5  # grids of a community by side; degrees
MANY = 350  # communities of 400 grids: 140,000
BARE = "SELECT counters FROM journal_head WHERE key = %s"


def measure(database: str, quick: bool) -> None:
    """Measure points over all grids, in one go and one by one, and `locate` in a community."""
    count, points = (35, 10_000) if quick else (MANY, 100_000)
    middle, chance = count // 2, random.Random(7)
    at = time.perf_counter()
    communities = [_community(number, number == middle) for number in range(count)]
    _say(database, f"{count * SIDE**2:,} grids written", time.perf_counter() - at, "s")
    at = time.perf_counter()
    everywhere = queries.Everywhere()
    most = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at most"
    _say(database, f"{len(everywhere):,} grids read into a tree", time.perf_counter() - at, "s", most)
    wide = count * SIDE * STEP * 1.1
    asked = [(WEST + chance.random() * wide, SOUTH + chance.random() * SIDE * STEP * 1.1) for _each in range(points)]
    cpu = time.process_time()
    located = everywhere.locate_all(asked)
    cpu, inside = time.process_time() - cpu, sum(one.grid is not None for one in located)
    alone = Area(_shape(WEST, SOUTH))
    polygon = _each(lambda point: alone.holds(*point), asked[:10_000])
    _say(database, f"{points:,} points at once, CPU", cpu, "s", f"{inside:,} in a grid")
    _say(database, "a point among many, to one polygon asked alone", cpu / points * 1e6 / polygon, "times")
    _say(database, "one point in the tree, CPU", _each(lambda point: everywhere.locate(*point), asked[:10_000]), "µs")
    one, west = communities[middle], WEST + middle * SIDE * STEP
    mine = [(west + chance.random() * SIDE * STEP, SOUTH + chance.random() * SIDE * STEP) for _each in range(2_000)]
    queries.locate(one, *mine[0])
    single = _each(lambda point: queries.locate(one, *point), mine)
    bare = _each(lambda _point: sql.read(BARE, one.pk), mine)
    _say(database, "locate for a report, CPU", single, "µs", f"{SIDE**2} grids here")
    _say(database, "locate for a report, to one bare statement", single / bare, "times", f"{bare:.0f} µs")


def _say(database: str, name: str, value: float, unit: str, note: str = "") -> None:
    Result(SUBJECT, database, name, value, unit, note).say()


def _each(do: Callable[[Any], Any], points: Iterable[Any]) -> float:
    """Return the microseconds of CPU that one of these takes."""
    cpu, count = time.process_time(), 0
    for point in points:
        do(point)
        count += 1
    return (time.process_time() - cpu) / count * 1e6


def _community(number: int, is_asked: bool) -> Community:
    community = found(f"lane-{number}", f"Lane {number}", "L")
    key, west = sql.kept(community.pk), WEST + number * SIDE * STEP
    shapes = [_shape(west + at % SIDE * STEP, SOUTH + at // SIDE * STEP) for at in range(SIDE**2)]
    grids = [
        (grid, key, f"Grid {at}", at, json.dumps(shape))
        for at, (grid, shape) in enumerate(zip(sql.keys(numbers(SIDE**2)), shapes, strict=True), 1)
    ]
    # Cells take the longest to make: they are made only where they are asked.
    kept = [(grid[0], cell) for grid, shape in zip(grids, shapes, strict=True) if is_asked for cell in cells(shape)]
    with writing(community.pk):
        save_rows(Grid, grids)
        rows = zip(sql.keys(numbers(len(kept))), kept, strict=True)
        save_rows(GridCell, [(cell_key, key, cell, grid) for cell_key, (grid, cell) in rows])
    return community


def _shape(west: float, south: float) -> dict[str, Any]:
    east, north = west + STEP, south + STEP
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
