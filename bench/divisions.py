"""The national list of divisions: the real editions brought in, and the tree and a prefix asked afterwards."""

from __future__ import annotations

import os
import resource
import time
from pathlib import Path

from mulin.territory import queries
from mulin.territory.imports import import_divisions, read_edition

from .results import Result

SUBJECT = "divisions"
SHARED = Path(os.environ.get("MULIN_SHARED", Path(__file__).parents[2] / "shared"))
QUICK = ("11", "43")
PART = ("11", "13", "37", "43", "44")  # of the older edition: what takes time is the same in each province


def measure(database: str, quick: bool) -> None:
    """Measure the newer edition, five provinces of the older one after it, and reading what came in."""
    folder = next((path for path in (SHARED / "divisions", SHARED / "data/divisions") if path.is_dir()), None)
    if folder is None:
        Result(SUBJECT, database, "no real list (MULIN_SHARED)", 0, "").say()
        return
    for path in (folder, folder / "adcode-2016-with-centres.csv.gz"):
        wall, cpu = time.perf_counter(), time.process_time()
        edition = read_edition(path)
        chosen = QUICK if quick else PART if path != folder else edition.provinces
        edition.provinces = {key: rows for key, rows in edition.provinces.items() if key in chosen}
        size = edition.size  # it is used up by bringing it in
        told = import_divisions(edition)
        name = f"edition of {told.starts_on.year}, {size:,} divisions"
        counts = ", ".join(f"{what} {count:,}" for what, count in sorted(told.counts.items()))
        Result(SUBJECT, database, name, time.perf_counter() - wall, "s", counts).say()
        Result(SUBJECT, database, f"{name}, CPU", time.process_time() - cpu, "s").say()
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        Result(SUBJECT, database, f"{name}, most memory", most, "MB").say()
    for name, q in (("a name begins 和平", "和平"), ("a code begins 4303", "4303")):
        wall = time.perf_counter()
        found = len(list(queries.divisions(None, q)[:60]))
        Result(SUBJECT, database, name, (time.perf_counter() - wall) * 1000, "ms", f"{found} shown").say()
