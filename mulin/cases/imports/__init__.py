"""Bringing in cases of another system: a CSV file and a map file that says how to read it.

`mapping` reads the map, `reading` the file, `judging` settles each row, `adopting` writes (law 10).
"""

from .adopting import add_categories, bring_in, ready, settle_in
from .judging import Judged, Plan, judge
from .mapping import Map, read_map
from .reading import read_rows

__all__ = [
    "Judged",
    "Map",
    "Plan",
    "add_categories",
    "bring_in",
    "judge",
    "read_map",
    "read_rows",
    "ready",
    "settle_in",
]
