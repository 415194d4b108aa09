"""Points from a CSV file, to be located: columns for longitude and latitude in any order and language."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refused

from .. import figures
from .geojson import Datum

LON = ("lon", "lng", "long", "longitude", "x", "经度")
LAT = ("lat", "latitude", "y", "纬度")


@dataclass
class Points:
    """What a file of points holds: its head, the rows that are points, and what is wrong with the others."""

    head: list[str]
    rows: list[list[str]] = field(default_factory=list)
    points: list[tuple[float, float]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)  # the row as a spreadsheet counts it


def read_points(path: Path, datum: Datum = "wgs84") -> Points:
    """Read a file of points and turn them into WGS84. Raises Refused for what is no such file."""
    lines = csv.reader(_text(path).splitlines())
    found = Points(next(lines, []))
    lon, lat = _column(found.head, LON, "lon, 经度"), _column(found.head, LAT, "lat, 纬度")
    for number, line in enumerate(lines, 2):
        if not any(cell.strip() for cell in line):
            continue
        try:
            point = float(line[lon].strip()), float(line[lat].strip())
        except (IndexError, ValueError):
            words = _("Longitude and latitude are needed in degrees, as in 117.1023 and 39.1961.")
            found.problems.append((number, words))
            continue
        if not figures.is_on_earth(*point):
            swapped = figures.is_on_earth(point[1], point[0])
            words = _("Longitude and latitude are swapped.") if swapped else _("This is no point on the earth.")
            found.problems.append((number, words))
            continue
        found.rows.append(line)
        found.points.append(figures.from_gcj02(*point) if datum == "gcj02" else point)
    return found


def _text(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("no_csv", _("This is no CSV file in UTF-8 or GB18030: %(file)s") % {"file": path}, 422)


def _column(head: list[str], names: tuple[str, ...], shown: str) -> int:
    at = [index for index, name in enumerate(head) if name.strip().casefold() in names]
    if len(at) != 1:
        words = _("Exactly one column has to be called so: %(names)s. The first row says: %(head)s")
        raise Refused("columns", words % {"names": shown, "head": ", ".join(head[:20])}, 422)
    return at[0]
