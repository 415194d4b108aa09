"""How much may be asked at once, and what discovery says."""

from __future__ import annotations

from datetime import timedelta

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGESET = "2026-11-20T00:00:00+08:00"  # when what discovery says last changed
FORMATS = {"xml": "text/xml", "json": "application/json"}
WINDOW = timedelta(days=90)
MOST = 1000  # requests in one answer
MOST_ROWS = 10_000  # rows of the bulk table
MOST_IDS = 200
MOST_PAGES = 1000
LONG = 4000  # characters of a description
FAR = 20_000  # metres around a point that can be asked
