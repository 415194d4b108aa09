"""Places from a GeoJSON file: every row is checked first; then all are written, or nothing is."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import IO, Any, Literal

from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import writing
from mulin.kernel.refusals import Refused

from .. import figures
from ..actions import FAULTS, add_building, add_entrance, draw_grid
from ..models import Building, Community, Entrance, Grid

Datum = Literal["wgs84", "gcj02"]
MOST_BYTES = 20_000_000
MOST_ROWS = 10_000


@dataclass(frozen=True)
class Row:
    """What there is to say about one feature of the file, counted from 1."""

    number: int
    name: str
    problem: str
    stops: bool = True


@dataclass
class Report:
    """What was found in a file, and whether it was written."""

    rows: list[Row] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    is_done: bool = False

    @property
    def is_clean(self) -> bool:
        return not any(row.stops for row in self.rows)


@dataclass
class Found:
    """One feature, read and not yet checked."""

    row: int
    kind: str
    geometry: Any
    properties: dict[str, Any]
    number: int | None = None
    name: str = ""


def import_geojson(
    community: Community, file: IO[bytes] | bytes, *, by: Any = SYSTEM, datum: Datum = "wgs84", kind: str = "",
    dry_run: bool = False,
) -> Report:  # fmt: skip
    """Bring in grids, buildings and entrances; each feature's property "kind" (or `kind`) says which it is.

    Known properties: number, name, address, and for an entrance `building` (a name or a number).
    """
    features = [_read(row, item, kind, datum) for row, item in enumerate(_features(file), 1)]
    report = Report(counts=Counter(item.kind for item in features))
    check = _Check(community, report)
    for item in sorted(features, key=lambda item: (_ORDER.get(item.kind, 9), item.row)):
        check(item)
    check.overlaps()
    report.rows.sort(key=lambda row: row.number)
    if report.is_clean and not dry_run:
        _write(community, check, by)
        report.is_done = True
    return report


_ORDER = {"grid": 0, "building": 1, "entrance": 2}


def _features(file: IO[bytes] | bytes) -> list[Any]:
    text = file if isinstance(file, bytes) else file.read(MOST_BYTES + 1)
    if len(text) > MOST_BYTES:
        raise Refused("too_big", _("This file is larger than 20 MB. Split it, or draw the borders more simply."), 422)
    try:
        features = json.loads(text)["features"]
    except (ValueError, KeyError, TypeError):
        features = None
    if not isinstance(features, list) or not features:
        raise Refused("no_geojson", _("This file holds no places. Give a GeoJSON FeatureCollection."), 422)
    if len(features) > MOST_ROWS:
        raise Refused("too_big", _("This file has more than 10,000 places. Split it."), 422)
    return features


def _read(row: int, item: Any, kind: str, datum: Datum) -> Found:
    item = item if isinstance(item, dict) else {}
    properties = item.get("properties") or {}
    found = Found(row, str(properties.get("kind") or kind), item.get("geometry"), properties)
    number = str(properties.get("number") or "")
    found.number = int(number) if number.isdecimal() and int(number) < 32_768 else None
    found.name = str(properties.get("name") or number or row).strip()[:40]
    if datum == "gcj02" and (_is_point(found.geometry) or not figures.fault(found.geometry)):
        found.geometry = figures.geometry_from_gcj02(found.geometry)
    return found


def _is_point(geometry: Any) -> bool:
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return False
    at = geometry.get("coordinates")
    if not isinstance(at, list) or len(at) < 2 or not all(isinstance(value, (int, float)) for value in at[:2]):
        return False
    return figures.is_on_earth(at[0], at[1])


class _Check:
    """Goes through the features in order and knows what is already there."""

    def __init__(self, community: Community, report: Report) -> None:
        self.community, self.report = community, report
        self.grids: dict[int, Found] = {}
        self.buildings: dict[str, Found] = {}
        self.entrances: list[tuple[str, Found]] = []
        self.old_grids = list(Grid.objects.filter(community=community))
        old = Building.objects.filter(community=community)
        self.numbers = {building.number: building.name for building in old if building.number is not None}
        self.old_buildings = {building.name: building for building in old}
        doors = Entrance.objects.filter(community=community).values_list("building__name", "name")
        self.doors: set[tuple[str, str]] = set(doors)

    def __call__(self, item: Found) -> None:
        check = {"grid": self.grid, "building": self.building, "entrance": self.entrance}.get(item.kind)
        if check is None:
            self.stop(item, _('Say what this is: the property "kind" is grid, building or entrance.'))
        else:
            check(item)

    def stop(self, item: Found, problem: str) -> None:
        self.report.rows.append(Row(item.row, item.name, problem))

    def note(self, item: Found, words: str) -> None:
        self.report.rows.append(Row(item.row, item.name, words, stops=False))

    def grid(self, item: Found) -> None:
        number = item.number or item.row
        if fault := figures.fault(item.geometry):
            return self.stop(item, str(FAULTS[fault]))
        if number in self.grids:
            return self.stop(
                item, _("The file has this grid twice: %(number)s. Number each once.") % {"number": number}
            )
        if any(grid.number == number for grid in self.old_grids):
            self.note(item, _("There is a grid of this number; it is drawn anew."))
        self.grids[number] = item

    def overlaps(self) -> None:
        """Say which new grids share ground with another; real borders do, so this stops nothing."""
        kept = [(None, grid.name, grid.polygon) for grid in self.old_grids if grid.number not in self.grids]
        every = [*kept, *((item, item.name, item.geometry) for item in self.grids.values())]
        for one, other in figures.overlaps([geometry for _item, _name, geometry in every]):
            if item := every[other][0]:
                words = _("It overlaps: %(name)s. Points in both belong to the lower number.")
                self.note(item, words % {"name": every[one][1]})

    def building(self, item: Found) -> None:
        fault = "" if _is_point(item.geometry) else figures.fault(item.geometry)
        if fault:
            return self.stop(item, str(FAULTS[fault]))
        if item.name in self.buildings or item.name in self.old_buildings:
            words = _("There is a building of this name already: %(name)s. Take another name.")
            return self.stop(item, words % {"name": item.name})
        if self.is_outside(*_at(item.geometry)):
            return self.stop(item, _("It lies outside the community. Was the right datum (WGS84 or GCJ-02) named?"))
        self.buildings[item.name] = item
        if item.number is not None:
            self.numbers.setdefault(item.number, item.name)

    def entrance(self, item: Found) -> None:
        if not _is_point(item.geometry):
            return self.stop(item, _("An entrance is one point: give a GeoJSON Point with longitude and latitude."))
        said = str(item.properties.get("building") or "").strip()
        name = self.numbers.get(int(said), said) if said.isdecimal() else said
        if name not in self.buildings and name not in self.old_buildings:
            words = _("There is no such building: %(name)s. Name one of the file or of the community.")
            return self.stop(item, words % {"name": said})
        if (name, item.name) in self.doors:
            words = _("This building has an entrance of this name already: %(name)s. Take another name.")
            return self.stop(item, words % {"name": item.name})
        self.doors.add((name, item.name))
        self.entrances.append((name, item))

    def is_outside(self, lon: float, lat: float) -> bool:
        boundary = self.community.boundary
        return boundary is not None and not figures.contains(boundary, lon, lat)


def _at(geometry: Any) -> tuple[float, float]:
    if geometry["type"] != "Point":
        return figures.centre(geometry)
    lon, lat = geometry["coordinates"][:2]
    return lon, lat


def _write(community: Community, checked: _Check, by: Any) -> None:
    with writing(community.pk):
        for number, item in sorted(checked.grids.items()):
            draw_grid(community, number, item.geometry, by=by, name=item.name)
        made = dict(checked.old_buildings)
        for name, item in checked.buildings.items():
            lon, lat = _at(item.geometry)
            outline = None if item.geometry["type"] == "Point" else item.geometry
            address = str(item.properties.get("address") or "")[:200]
            made[name] = add_building(
                community, name, by=by, number=item.number, address=address, lon=lon, lat=lat, polygon=outline
            )
        for name, item in checked.entrances:
            lon, lat = _at(item.geometry)
            add_entrance(made[name], item.name, by=by, lon=lon, lat=lat)
