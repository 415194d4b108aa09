"""Bringing places in: shapes from GeoJSON, tables of buildings and dwellings, the list of divisions."""

from .divisions import Change, Divisions, import_divisions
from .editions import Edition, read_edition
from .geojson import Datum, Report, Row, import_geojson

__all__ = [
    "Change", "Datum", "Divisions", "Edition", "Report", "Row", "import_divisions", "import_geojson", "read_edition",
]  # fmt: skip
