"""Pure arithmetic of places and office hours; no Django. Points are (lon, lat) in WGS84, shapes are GeoJSON."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import chinese_calendar
import shapely
from h3.api import basic_int as h3
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from mulin.kernel.clock import WorkingHours

# First parts of addresses that no community can have.
TAKEN = {
    "admin", "api", "appearance", "data", "divisions", "health", "invitation", "language", "me", "media",
    "notifications", "open311", "overview", "sign-in", "sign-out", "static", "style", "web",
}  # fmt: skip
USUAL = (("08:30", "12:00"), ("14:00", "17:30"))
Geometry = Mapping[str, Any]
Box = tuple[float, float, float, float]  # west, south, east, north

METRES = 111_320.0  # in one degree of latitude
# A grid is kept in the finest cells of which it needs no more than ENOUGH; a point is looked up in all of them at once.
RESOLUTIONS = (10, 9, 8, 7, 6)
ENOUGH = 150
MOST_POINTS = 20_000
WIDEST = 3.0  # degrees
# Cells end in great circles, polygons in straight lines on the map: two metres more than cover the difference.
MARGIN = 2e-5


def is_workday(day: date, holidays: str) -> bool:
    """Tell whether a day is worked; where no holiday data exists (a year to come), Monday to Friday are."""
    if holidays == "cn":
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            pass
    return day.weekday() < 5


@lru_cache(maxsize=256)
def office_hours(zone: str, holidays: str, hours: tuple[tuple[str, ...], ...]) -> WorkingHours:
    """Return the office hours of a zone."""
    spans = tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in hours or USUAL)
    return WorkingHours(ZoneInfo(zone), spans, lru_cache(maxsize=4096)(lambda day: is_workday(day, holidays)))


def is_on_earth(lon: float, lat: float) -> bool:
    """Tell whether these are two finite numbers that name a point."""
    return -180 <= lon <= 180 and -90 <= lat <= 90  # no comparison holds for NaN


def fault(geometry: Any) -> str:
    """Name what is wrong with a polygon (no_polygon, too_many, off_earth, too_wide, empty, crosses), or return ""."""
    if not isinstance(geometry, Mapping) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return "no_polygon"
    try:
        points = shapely.get_coordinates(found := shape(geometry))
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, shapely.errors.ShapelyError):
        return "no_polygon"
    if found.is_empty:
        return "empty"
    if len(points) > MOST_POINTS:
        return "too_many"
    if not all(is_on_earth(lon, lat) for lon, lat in points):
        return "off_earth"
    west, south, east, north = found.bounds
    if max(east - west, north - south) > WIDEST:
        return "too_wide"
    if not found.is_valid:
        return "crosses"
    return "" if found.area else "empty"


def contains(geometry: Geometry, lon: float, lat: float) -> bool:
    """Tell whether a point lies in a polygon or on its border."""
    return bool(shapely.intersects_xy(shape(geometry), lon, lat))


class Area:
    """A polygon made ready once to be asked often."""

    def __init__(self, geometry: Geometry) -> None:
        self._shape = shape(geometry)
        shapely.prepare(self._shape)

    def holds(self, lon: float, lat: float) -> bool:
        """Tell whether a point lies inside or on the border."""
        return bool(shapely.intersects_xy(self._shape, lon, lat))


def bounds(geometries: Iterable[Geometry]) -> Box | None:
    """Return the box around shapes; None around nothing."""
    shapes = [shape(geometry) for geometry in geometries]
    if not shapes:
        return None
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return west, south, east, north


def centre(geometry: Geometry) -> tuple[float, float]:
    """Return a point that surely lies inside: the middle, where the shape allows it."""
    found = shape(geometry)
    point = found.centroid if found.contains(found.centroid) else found.representative_point()
    return point.x, point.y


def cells(geometry: Geometry) -> list[int]:
    """List the H3 cells that touch a polygon, as integers that fit a signed 64-bit column."""
    grown = _grown(shape(geometry))
    size = grown.area * METRES**2 * math.cos(math.radians(grown.centroid.y))
    wide, found = h3.geo_to_h3shape(mapping(grown)), []
    for resolution in RESOLUTIONS:
        if size > ENOUGH * h3.average_hexagon_area(resolution, "m^2") and resolution != RESOLUTIONS[-1]:
            continue
        found = h3.h3shape_to_cells_experimental(wide, resolution, contain="overlap")
        if len(found) <= ENOUGH:
            break
    return sorted(set(found))


def cells_at(lon: float, lat: float) -> list[int]:
    """List the cells of a point, one of each size in which grids are kept."""
    return [h3.latlng_to_cell(lat, lon, resolution) for resolution in RESOLUTIONS]


def _grown(found: BaseGeometry) -> BaseGeometry:
    return found.buffer(MARGIN, quad_segs=1, join_style="mitre", mitre_limit=2)


def overlaps(geometries: Sequence[Geometry], least: float = 0.01) -> list[tuple[int, int]]:
    """List the pairs (by index, lower first) that share more than this part of the smaller one's area."""
    if not geometries:
        return []
    shapes = [shape(geometry) for geometry in geometries]
    near = shapely.STRtree(shapes).query(shapes, predicate="intersects").T.tolist()
    pairs = sorted((one, other) for one, other in near if one < other)
    return [(one, other) for one, other in pairs if _shared(shapes[one], shapes[other]) > least]


def _shared(one: BaseGeometry, other: BaseGeometry) -> float:
    return float(one.intersection(other).area / min(one.area, other.area))


def distance(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the metres between two near points."""
    east = (other_lon - lon) * math.cos(math.radians(lat))
    return math.hypot(east, other_lat - lat) * METRES


class Outlines:
    """Shapes near each other, made ready once to be asked which is the nearest."""

    def __init__(self, geometries: Sequence[Geometry]) -> None:
        box = bounds(geometries)
        # One degree east is shorter than one north: the map is squeezed so that both measure the same.
        self._squeeze = math.cos(math.radians((box[1] + box[3]) / 2)) if box else 1.0
        shapes = [shape(geometry) for geometry in geometries]
        self._flat = shapely.transform(shapes, lambda points: points * [self._squeeze, 1]) if shapes else []

    def nearest(self, lon: float, lat: float, within: float) -> int | None:
        """Return the index of the shape that holds the point or is nearest, if within so many metres."""
        if not len(self._flat):
            return None
        metres = shapely.distance(self._flat, shapely.Point(lon * self._squeeze, lat)) * METRES
        index = int(metres.argmin())
        return index if metres[index] <= within else None


# The shifted coordinates that map services in mainland China use: an ellipsoid's metres plus a sum of waves.
_AXIS = 6378245.0
_ECCENTRICITY = 0.00669342162296594323
_CHINA: Box = (72.004, 0.8293, 137.8347, 55.8271)


def _waves(values: Iterable[tuple[float, float]]) -> float:
    return sum(size * math.sin(turn * math.pi) for size, turn in values) * 2 / 3


def shift(lon: float, lat: float) -> tuple[float, float]:
    """Return by how many degrees Chinese map services move a WGS84 point."""
    west, south, east, north = _CHINA
    if not (west <= lon <= east and south <= lat <= north):
        return 0.0, 0.0
    x, y = lon - 105, lat - 35
    common = [(20, 6 * x), (20, 2 * x)]
    bend = math.sqrt(abs(x))
    to_east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * bend
    to_east += _waves([*common, (20, x), (40, x / 3), (150, x / 12), (300, x / 30)])
    to_north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * bend
    to_north += _waves([*common, (20, y), (40, y / 3), (160, y / 12), (320, y / 30)])
    angle = math.radians(lat)
    flat = 1 - _ECCENTRICITY * math.sin(angle) ** 2
    meridian = _AXIS * (1 - _ECCENTRICITY) / flat**1.5
    parallel = _AXIS / math.sqrt(flat) * math.cos(angle)
    return math.degrees(to_east / parallel), math.degrees(to_north / meridian)


def from_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """Turn a shifted point back into WGS84."""
    # The shift changes slowly, so asking again from the last guess comes within a millimetre.
    found = lon, lat
    for _ in range(4):
        east, north = shift(*found)
        found = lon - east, lat - north
    return found


def geometry_from_gcj02(geometry: Geometry) -> dict[str, Any]:
    """Turn a shape in shifted coordinates back into WGS84."""
    moved = shapely.transform(shape(geometry), lambda points: [from_gcj02(*point) for point in points])
    return dict(plain(mapping(moved)))


def plain(value: Any) -> Any:
    """Turn tuples into lists, as JSON has them."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, (tuple, list)) else value


class Tree:
    """Very many shapes, given as GeoJSON texts, made ready once to be asked which of them holds a point."""

    def __init__(self, texts: Sequence[str]) -> None:
        shapes = shapely.from_geojson(list(texts))
        shapely.prepare(shapes)
        self._tree = shapely.STRtree(shapes)

    def holding(self, points: Sequence[tuple[float, float]]) -> dict[int, int]:
        """Return, by the index of each point that lies in a shape, the index of the first such shape."""
        if not len(points):
            return {}
        found: dict[int, int] = {}
        at, which = self._tree.query(shapely.points(points), predicate="intersects").tolist()
        for point, one in zip(at, which, strict=True):
            found[point] = min(one, found.get(point, one))
        return found

    def holder(self, lon: float, lat: float) -> int | None:
        """Return the index of the first shape that holds a point."""
        near = self._tree.query(shapely.Point(lon, lat), predicate="intersects").tolist()
        return min(near, default=None)
