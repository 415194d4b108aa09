"""Reading places: where is this point, what is this address, and all places of a community at once."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from mulin import sql
from mulin.kernel.refusals import Refused

from . import figures
from .models import Building, Community, Entrance, Grid

STAMP = "places"  # the counter of the community's head that every change of a place moves on
AT_THE_WALL = 10.0  # metres from an outline within which a point still means the building
NEARBY = 50.0  # metres to the entrance that a point may mean
UPWARDS = "division__parent__parent__parent__parent"  # what a community is read with where its divisions are asked
_KEPT = 200  # communities whose places one process remembers
_ADDRESS_KEPT = 60.0  # seconds that a community is remembered by its address
_ADDRESSES_KEPT = 1000
_addresses: dict[str, tuple[float, Community]] = {}


@dataclass(frozen=True)
class Place:
    """Where something is, as exactly as we know it."""

    grid: Grid | None = None
    building: Building | None = None
    entrance_nearby: Entrance | None = None


@dataclass(frozen=True)
class Places:
    """All places of a community as they stood at a stamp; shared by every request, so never changed."""

    stamp: int
    grids: tuple[Grid, ...]
    buildings: tuple[Building, ...]
    entrances: tuple[Entrance, ...]

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
        }

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
    def by_id(self) -> dict[UUID, Grid | Building | Entrance]:
        """Find any place by its id."""
        found: dict[UUID, Grid | Building | Entrance] = {grid.pk: grid for grid in self.grids}
        found |= {building.pk: building for building in self.buildings}
        return found | {door.pk: door for door in self.entrances}

    @cached_property
    def areas(self) -> dict[UUID, figures.Area]:
        """Keep every grid's polygon ready to be asked."""
        return {grid.pk: figures.Area(grid.polygon) for grid in self.grids}

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


def _point(place: Building | Entrance) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def _feature(place: Grid | Building | Entrance, geometry: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature", "id": str(place.pk), "geometry": geometry,
        "properties": {"name": place.name, **properties},
    }  # fmt: skip


def _building_feature(building: Building) -> dict[str, Any]:
    grid = str(building.grid_id) if building.grid_id else None
    at = [building.lon, building.lat]
    geometry = building.polygon or _point(building)
    return _feature(building, geometry, kind="building", number=building.number, grid=grid, at=at)


P = TypeVar("P", Building, Entrance)
_remembered: dict[UUID, Places] = {}


def places(community: Community, stamp: int | None = None) -> Places:
    """Return all places of a community: one statement, unless they changed since this process last read them.

    Not to be asked within the turn that changes places: its stamp is not written yet.
    """
    if stamp is None:
        rows = sql.read("SELECT counters FROM journal_head WHERE key = %s", community.pk)
        stamp = _stamp(json.loads(rows[0][0])) if rows else 0
    known = _remembered.get(community.pk)
    if known is None or known.stamp != stamp:
        known = _read(community, stamp)
        while len(_remembered) >= _KEPT:
            _remembered.pop(next(iter(_remembered)), None)
        _remembered[community.pk] = known
    return known


def _stamp(counters: dict[str, int] | None) -> int:
    return (counters or {}).get(STAMP, 0)


def _read(community: Community, stamp: int) -> Places:
    grids = tuple(Grid.objects.filter(community=community).order_by("number"))
    by_id = {grid.pk: grid for grid in grids}
    buildings = tuple(Building.objects.filter(community=community).order_by("number", "name"))
    for building in buildings:
        building.grid = by_id.get(building.grid_id) if building.grid_id else None
    order = {building.pk: (place, building) for place, building in enumerate(buildings)}
    doors = Entrance.objects.filter(community=community)
    entrances = tuple(sorted(doors, key=lambda door: (order[door.building_id][0], _first_number(door.name), door.name)))
    for door in entrances:
        door.building = order[door.building_id][1]
    return Places(stamp, grids, buildings, entrances)


def _first_number(name: str) -> int:
    found = re.search(r"\d+", name)
    return int(found[0]) if found else 0


def community_by_slug(slug: str) -> Community | None:
    """Find a community by its address; remembered for a minute, divisions above it included."""
    kept = _addresses.get(slug)
    if kept and kept[0] > time.monotonic():
        return kept[1]
    found = Community.objects.select_related(UPWARDS).filter(slug=slug).first()
    if len(_addresses) >= _ADDRESSES_KEPT:
        _addresses.clear()
    if found is not None:  # what is not there may be founded any moment
        _addresses[slug] = (time.monotonic() + _ADDRESS_KEPT, found)
    return found


def community_of_path(path: str) -> Community | None:
    """Find the community that an address of a page or of the API lies in."""
    parts = path.split("/", 4)
    at = 3 if path.startswith("/api/v1/") else 1
    slug = parts[at] if len(parts) > at else ""
    looks_right = len(slug) <= 40 and slug.replace("-", "").replace("_", "").isalnum()
    return community_by_slug(slug) if looks_right and slug not in figures.TAKEN else None


def forget_communities() -> None:
    """Empty the memory of addresses: a community has changed."""
    _addresses.clear()


# Written by hand, as `_NEAR` is, since every report from a door asks it.
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
    return next((row for row in places(community, _stamp(json.loads(rows[0][0]))).entrances if row.pk == door), None)


def entrances(community: Community) -> tuple[Entrance, ...]:
    """List all entrances by building and number, for choices."""
    return places(community).entrances


def locate(community: Community, lon: float, lat: float) -> Place:
    """Say which grid and building a point lies in. Raises Refused outside the community's boundary."""
    if not figures.is_on_earth(lon, lat):
        raise Refused("no_point", _("This is no point on the map. Choose the place on the map once more."), 422)
    if community.border and not community.border.holds(lon, lat):
        words = _("This place lies outside: %(community)s. Move the pin into it, or choose a building from the list.")
        raise Refused("outside", words % {"community": community}, 422)
    near, stamp = _grids_near(community, lon, lat)
    known = places(community, stamp)
    grid = next((grid for grid in known.grids if grid.pk in near and known.areas[grid.pk].holds(lon, lat)), None)
    return Place(grid, *known.near(lon, lat))


# Written by hand since every report with a point asks it. The stamp comes along, so one statement is all.
_NEAR = """
    SELECT head.counters, cell.grid_id FROM journal_head head
    LEFT JOIN territory_gridcell cell ON cell.community_id = head.key AND cell.cell IN (%s, %s, %s, %s, %s)
    WHERE head.key = %s
"""


def _grids_near(community: Community, lon: float, lat: float) -> tuple[set[UUID], int]:
    rows = sql.read(_NEAR, *figures.cells_at(lon, lat), community.pk)
    stamp = _stamp(json.loads(rows[0][0])) if rows else 0
    return {sql.key(grid) for _counters, grid in rows if grid}, stamp


# What people write for a building and for an entrance, in both languages and in either order.
_HOUSE = r"(?:号楼|号院|号|栋|幢|座|楼|building|block|house|bldg\.?|#)"
_DOOR = r"(?:号?门|单元|entrance|unit|door|stairs)"
_HOUSE_FORMS = (rf"(\d+)\s*{_HOUSE}", rf"{_HOUSE}\s*(\d+)")
_DOOR_FORMS = (rf"(\d+)\s*{_DOOR}", rf"{_DOOR}\s*(\d+)")


def find_address(community: Community, text: str) -> Place | None:
    """Return the building, and the entrance if one is named, that an address text means; None if there is none."""
    said = _normal(text)
    known = places(community)
    building, rest = _by_name(known.buildings, said)
    if building is None:
        number, rest = _numbered(said, _HOUSE_FORMS)
        building = next((one for one in known.buildings if number is not None and one.number == number), None)
    if building is None:
        return None
    doors = [door for door in known.entrances if door.building_id == building.pk]
    door, _left = _by_name(doors, rest)
    if door is None:
        number, _left = _numbered(rest, _DOOR_FORMS)
        door = next((one for one in doors if number is not None and _first_number(one.name) == number), None)
    return Place(building.grid, building, door)


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _by_name(named: Iterable[P], said: str) -> tuple[P | None, str]:
    for place in sorted(named, key=lambda place: -len(place.name)):
        # "2号楼" is not meant in "12号楼".
        if found := re.search(rf"(?<!\d){re.escape(_normal(place.name))}", said):
            return place, f"{said[: found.start()]} {said[found.end() :]}"
    return None, said


def _numbered(said: str, forms: tuple[str, str]) -> tuple[int | None, str]:
    # "12 building entrance 2" starts with the number, "building 12 entrance 2" with the word.
    ordered = forms if said[:1].isdigit() else forms[::-1]
    for form in (*ordered, r"(\d+)"):
        if found := re.search(form, said):
            return int(found[1]), f"{said[: found.start()]} {said[found.end() :]}"
    return None, said
