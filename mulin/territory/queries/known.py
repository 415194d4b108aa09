"""All places of a community at once, remembered by each process until one changes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from mulin import sql

from .. import figures
from ..models import Building, Community, Entrance, Grid, Spot

STAMP = "places"  # the counter of the community's head that every change of a place moves on
AT_THE_WALL = 10.0  # metres from an outline within which a point still means the building
NEARBY = 50.0  # metres to the entrance that a point may mean
_KEPT = 200  # communities whose places one process remembers
AnyPlace = Grid | Building | Entrance | Spot


@dataclass(frozen=True)
class Places:
    """All places of a community as they stood at a stamp; shared by every request, so never changed."""

    stamp: int
    grids: tuple[Grid, ...]
    buildings: tuple[Building, ...]
    entrances: tuple[Entrance, ...]
    spots: tuple[Spot, ...] = ()

    @cached_property
    def geojson(self) -> dict[str, list[dict[str, Any]]]:
        """Return the features for maps, by kind."""
        return {
            "grids": [_feature(grid, grid.polygon, kind="grid", number=grid.number) for grid in self.grids],
            "buildings": [_building_feature(building) for building in self.buildings],
            "entrances": [
                _feature(door, _point(door), kind="entrance", building=str(door.building_id), code=door.code)
                for door in self.entrances
            ],
            "spots": [
                _feature(spot, _point(spot), kind="spot", what=spot.kind, code=spot.code, grid=_key(spot.grid_id),
                         building=_key(spot.building_id))
                for spot in self.spots
            ],
        }  # fmt: skip

    @cached_property
    def as_json(self) -> bytes:
        """Return one GeoJSON collection of all features, written out."""
        features = [feature for kind in self.geojson.values() for feature in kind]
        return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()

    def near(self, lon: float, lat: float) -> tuple[Building | None, Entrance | None]:
        """Return the building at a point, and the nearest entrance: of that building if there is one."""
        at = self._outlines.nearest(lon, lat, AT_THE_WALL)
        building = None if at is None else self.buildings[at]
        doors, points = self._doors.get(building.pk if building else None) or self._doors[None]
        at = points.nearest(lon, lat, NEARBY)
        return building, None if at is None else doors[at]

    @cached_property
    def by_id(self) -> dict[UUID, AnyPlace]:
        """Find any place by its id."""
        every: tuple[AnyPlace, ...] = (*self.grids, *self.buildings, *self.entrances, *self.spots)
        return {place.pk: place for place in every}

    @cached_property
    def ready(self) -> dict[UUID, tuple[int, Grid, figures.Area]]:
        """Keep every grid with its place in the order, and its polygon ready to be asked."""
        return {grid.pk: (at, grid, figures.Area(grid.polygon)) for at, grid in enumerate(self.grids)}

    @cached_property
    def _outlines(self) -> figures.Outlines:
        return figures.Outlines([building.polygon or _point(building) for building in self.buildings])

    @cached_property
    def _doors(self) -> dict[UUID | None, tuple[list[Entrance], figures.Outlines]]:
        """Keep the doors of each building, and under None all."""
        groups: dict[UUID | None, list[Entrance]] = {None: list(self.entrances)}
        for door in self.entrances:
            groups.setdefault(door.building_id, []).append(door)
        return {key: (doors, figures.Outlines([_point(door) for door in doors])) for key, doors in groups.items()}


def _key(key: UUID | None) -> str | None:
    return str(key) if key else None


def _point(place: Building | Entrance | Spot) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def _feature(place: AnyPlace, geometry: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature", "id": str(place.pk), "geometry": geometry,
        "properties": {"name": place.name, **properties},
    }  # fmt: skip


def _building_feature(building: Building) -> dict[str, Any]:
    grid = _key(building.grid_id)
    at = [building.lon, building.lat]
    geometry = building.polygon or _point(building)
    return _feature(building, geometry, kind="building", number=building.number, grid=grid, at=at)


_remembered: dict[UUID, Places] = {}


def places(community: Community, stamp: int | None = None) -> Places:
    """Return all places of a community: one statement, unless they changed since this process last read them.

    Not to be asked within the turn that changes places: its stamp is not written yet.
    """
    if stamp is None:
        rows = sql.read("SELECT counters FROM journal_head WHERE key = %s", community.pk)
        stamp = stamp_of(json.loads(rows[0][0])) if rows else 0
    known = _remembered.get(community.pk)
    if known is None or known.stamp != stamp:
        known = _read(community, stamp)
        while len(_remembered) >= _KEPT:
            _remembered.pop(next(iter(_remembered)), None)
        _remembered[community.pk] = known
    return known


def stamp_of(counters: dict[str, int] | None) -> int:
    return (counters or {}).get(STAMP, 0)


def _read(community: Community, stamp: int) -> Places:
    grids = tuple(Grid.objects.filter(community=community).order_by("number"))
    by_id = {grid.pk: grid for grid in grids}
    buildings = tuple(Building.objects.filter(community=community).order_by("number", "name"))
    for building in buildings:
        building.grid = by_id.get(building.grid_id) if building.grid_id else None
    order = {building.pk: (place, building) for place, building in enumerate(buildings)}
    doors = Entrance.objects.filter(community=community)
    entrances = tuple(sorted(doors, key=lambda door: (order[door.building_id][0], first_number(door.name), door.name)))
    for door in entrances:
        door.building = order[door.building_id][1]
    spots = tuple(Spot.objects.filter(community=community).order_by("name"))
    for spot in spots:
        spot.grid = by_id.get(spot.grid_id) if spot.grid_id else None
        spot.building = order[spot.building_id][1] if spot.building_id else None
    return Places(stamp, grids, buildings, entrances, spots)


def first_number(name: str) -> int:
    found = re.search(r"\d+", name)
    return int(found[0]) if found else 0


# Written by hand, since every report from a door asks it.
_DOOR_OF = """
    SELECT head.counters, door.id FROM journal_head head
    LEFT JOIN territory_entrance door ON door.community_id = head.key AND door.code = %s
    WHERE head.key = %s
"""


def entrance_by_code(community: Community, code: str) -> Entrance | None:
    """Return the entrance whose QR plate carries this code."""
    rows = sql.read(_DOOR_OF, code.strip().upper(), community.pk)
    if not rows or rows[0][1] is None:
        return None
    door = sql.key(rows[0][1])
    return next((row for row in places(community, stamp_of(json.loads(rows[0][0]))).entrances if row.pk == door), None)


def entrances(community: Community) -> tuple[Entrance, ...]:
    """List all entrances by building and number, for choices."""
    return places(community).entrances


def spot_by_code(community: Community, code: str) -> Spot | None:
    """Return the spot whose QR plate carries this code."""
    code = code.strip().upper()
    return next((spot for spot in places(community).spots if spot.code == code), None)


def place_by_code(community: Community, code: str) -> Entrance | Spot | None:
    """Return the entrance or spot whose plate carries this code."""
    return entrance_by_code(community, code) or spot_by_code(community, code)


def spots(community: Community) -> tuple[Spot, ...]:
    """List all spots by name, for choices."""
    return places(community).spots
