"""`mulin import table`: rows from Excel or CSV; all of them, or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from mulin import tables
from mulin.kernel.clock import SYSTEM

from ..house import HouseCommand
from .showing import SOME_LEFT_OUT, bar, community_named, tell_problems

HELP = "a table of places, persons or others, from Excel or CSV"


def arguments(parser: CommandParser) -> None:
    """Say what can be given."""
    parser.add_argument("kind", metavar="KIND", help="one of: " + ", ".join(one.key for one in tables.importers()))
    parser.add_argument("file", type=Path, help="an .xlsx, .xls, .ods or .csv file")
    parser.add_argument("--community", required=True, metavar="KEY", help="the community, as in its address")
    parser.add_argument("--sheet", default="", metavar="NAME", help="the sheet; otherwise the one with the headings")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
    parser.add_argument("--report", type=Path, metavar="OUT.csv", help="list what was found, row by row (or OUT.json)")
    parser.add_argument("--partial", action="store_true", help="bring in the good rows though others are not")


def act(command: HouseCommand, options: dict[str, Any]) -> None:
    """Bring in a table."""
    kind, community = tables.importer(options["kind"]), community_named(options["community"])
    with command.progress(_("Reading and checking …")):
        table, plan = tables.examine(kind, community, options["file"], by=SYSTEM, sheet=options["sheet"])
    report = table.report
    if options["report"]:
        options["report"].write_bytes(report.as_json() if options["report"].suffix == ".json" else report.as_csv())
    _tell(command, report)
    if not report.is_clean and not options["partial"]:
        words = _(
            "Nothing was brought in: %(rows)s rows have to be mended first. "
            "Mend them and run it again, or add --partial."
        )
        raise CommandError(words % {"rows": f"{len(report.stopped):,}"})
    if options["dry_run"]:
        words = _("%(new)s rows would be brought in, %(known)s are here. Nothing was written.")
        new = plan.new + plan.counts.get("corrected", 0)  # a row of a plan may be a household of several rows
        command.stdout.write(words % {"new": f"{new:,}", "known": f"{plan.known:,}"})
    else:
        with bar(str(kind.label), len(plan.rows)) as advance:
            made = kind.write(community, plan, by=SYSTEM, advance=advance)
        words = _("%(made)s rows were brought in; %(known)s were here already.")
        command.stdout.write(words % {"made": f"{made:,}", "known": f"{plan.known:,}"})
    if not report.is_clean:
        words = _("%(rows)s rows stayed outside.") % {"rows": f"{len(report.stopped):,}"}
        raise CommandError(words, returncode=SOME_LEFT_OUT)


def _tell(command: HouseCommand, report: tables.Report) -> None:
    words = _("%(file)s: %(rows)s rows read, %(stopped)s to be mended.")
    said = {"file": " / ".join(filter(None, (report.file, report.sheet))), "rows": f"{report.rows:,}"}
    command.stdout.write(words % {**said, "stopped": f"{len(report.stopped):,}"})
    rows = [(one.row or "", one.column, one.words) for one in report.ordered()]
    tell_problems(command, rows, report.stops + report.notes, _("What was found"))
