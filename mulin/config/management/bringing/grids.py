"""`mulin import grids`: grids, buildings and entrances with their shapes, from GeoJSON; all of them, or none."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.kernel.clock import SYSTEM
from mulin.tables import harmless
from mulin.territory.imports import Report, import_geojson

from ..house import HouseCommand
from .showing import community_named, tell_problems

HELP = "grids, buildings and entrances with their shapes, from GeoJSON"
KINDS = {"grid": gettext_lazy("Grids"), "building": gettext_lazy("Buildings"), "entrance": gettext_lazy("Entrances")}


def arguments(parser: CommandParser) -> None:
    """Say what can be given."""
    parser.add_argument("file", type=Path, help="a GeoJSON FeatureCollection")
    parser.add_argument("--community", required=True, metavar="KEY", help="the community, as in its address")
    parser.add_argument("--datum", default="wgs84", choices=["wgs84", "gcj02"], help="how the places are measured")
    parser.add_argument("--kind", default="grid", choices=[*KINDS], help='features without a "kind" are this')
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
    parser.add_argument("--report", type=Path, metavar="OUT.csv", help="list what was found, place by place")


def act(command: HouseCommand, options: dict[str, Any]) -> None:
    """Bring in shapes."""
    community = community_named(options["community"])
    with command.progress(_("Reading and checking …")):
        report = import_geojson(
            community, options["file"].read_bytes(), by=SYSTEM, datum=options["datum"], kind=options["kind"],
            dry_run=options["dry_run"],
        )  # fmt: skip
    if options["report"]:
        _write(options["report"], report, options["file"].name)
    rows = [(row.number, row.name, row.problem) for row in report.rows]
    tell_problems(command, rows, len(rows), _("What was found"))
    if not report.is_clean:
        stops = sum(row.stops for row in report.rows)
        words = _("Nothing was brought in: %(count)s places have to be mended first.") % {"count": f"{stops:,}"}
        raise CommandError(words)
    for kind, count in report.counts.items():
        command.stdout.write(f"{KINDS[kind]}: {count:,}")
    command.stdout.write(_("All of it was brought in.") if report.is_done else _("Nothing was written."))


def _write(path: Path, report: Report, name: str) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_("File"), _("Place"), _("Name"), _("What to do"), _("Stops the row")])
        for row in report.rows:
            stops = _("yes") if row.stops else _("no")
            writer.writerow([harmless(cell) for cell in (name, row.number, row.name, row.problem, stops)])
