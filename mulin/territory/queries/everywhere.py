"""Where many points lie, over all communities at once: every grid is read once and kept in a tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mulin import sql

from .. import figures

_GRIDS = """
    SELECT community.slug, grid.number, grid.name, grid.polygon FROM territory_grid grid
    JOIN territory_community community ON community.id = grid.community_id ORDER BY community.slug, grid.number
"""
_BORDERS = "SELECT slug, boundary FROM territory_community WHERE boundary IS NOT NULL ORDER BY slug"


class Found(NamedTuple):
    """Where a point lies: community and grid; a community alone, where no grid is; or neither, which is outside."""

    community: str = ""
    grid: int | None = None
    name: str = ""


class Everywhere:
    """All grids and borders as they stand now. To be made once for a file of points, not for each request."""

    def __init__(self) -> None:
        grids, borders = sql.read(_GRIDS), sql.read(_BORDERS)
        self._grids = [Found(slug, number, name) for slug, number, name, _polygon in grids]
        self._borders = [Found(slug) for slug, _boundary in borders]
        self._in_grids = figures.Tree([polygon for *_named, polygon in grids])
        self._in_borders = figures.Tree([boundary for _slug, boundary in borders])

    def __len__(self) -> int:
        return len(self._grids)

    def locate(self, lon: float, lat: float) -> Found:
        """Say where one point lies; where grids overlap, in the one of the lower number."""
        at = self._in_grids.holder(lon, lat)
        if at is not None:
            return self._grids[at]
        at = self._in_borders.holder(lon, lat)
        return Found() if at is None else self._borders[at]

    def locate_all(self, points: Sequence[tuple[float, float]]) -> list[Found]:
        """Say where each of many points lies."""
        held = self._in_grids.holding(points)
        rest = [at for at in range(len(points)) if at not in held]
        within = self._in_borders.holding([points[at] for at in rest])
        bordered = {rest[at]: border for at, border in within.items()}
        return [
            self._grids[held[at]] if at in held else self._borders[bordered[at]] if at in bordered else Found()
            for at in range(len(points))
        ]
