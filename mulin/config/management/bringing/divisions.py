"""`mulin import divisions`: an edition of the national list of divisions."""

from __future__ import annotations

import csv
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.table import Table

from mulin.kernel.clock import SYSTEM
from mulin.tables import harmless
from mulin.territory.imports import Divisions, import_divisions, read_edition

from ..house import HouseCommand
from .showing import bar, console

HELP = "an edition of the national list of divisions: provinces, cities, counties, streets, communities"
WORDS = {
    "new": gettext_lazy("New"), "renamed": gettext_lazy("Renamed"), "spelled": gettext_lazy("Only written otherwise"),
    "moved": gettext_lazy("Moved: another code, or another division above"), "gone": gettext_lazy("Gone"),
    "same": gettext_lazy("As before"),
}  # fmt: skip


def arguments(parser: CommandParser) -> None:
    """Say what can be given."""
    parser.add_argument("path", type=Path, help="a folder of five CSV files, or one CSV file with all levels")
    parser.add_argument("--edition", type=_edition, metavar="YEAR", help="its year, or its day: 2023 or 2023-06-30")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
    parser.add_argument("--report", type=Path, metavar="OUT.csv", help="list what is new, renamed, moved and gone")


def act(command: HouseCommand, options: dict[str, Any]) -> None:
    """Bring in divisions."""
    with command.progress(_("Reading and checking …")):
        edition = read_edition(options["path"], options["edition"])
    with bar(_("Divisions"), edition.size) as advance:
        told = import_divisions(edition, by=SYSTEM, advance=advance, dry_run=options["dry_run"])
    if options["report"]:
        _write(options["report"], told)
    drawn = Table(_("Divisions"), _("Count"), title=_("Edition of %(day)s") % {"day": told.starts_on.isoformat()})
    for what, words in WORDS.items():
        if count := told.counts[what]:
            drawn.add_row(str(words), f"{count:,}")
    console(command).print(drawn)
    command.stdout.write(_("All of it was brought in.") if told.is_done else _("Nothing was written."))


def _write(path: Path, told: Divisions) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_("What"), _("Code"), _("Name"), _("Before")])
        for change in told.changes:
            cells = (str(WORDS.get(change.what, change.what)), change.code, change.name, change.was)
            writer.writerow([harmless(cell) for cell in cells])


def _edition(given: str) -> int | date:
    try:
        return int(given) if given.isdecimal() and len(given) == 4 else date.fromisoformat(given)
    except ValueError:
        raise ArgumentTypeError("give a year or a day, as in 2023 or 2023-06-30") from None
