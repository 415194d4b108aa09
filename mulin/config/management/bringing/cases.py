"""`mulin import cases`: bring in the cases of another system from a CSV file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.table import Table

from mulin.cases import imports
from mulin.cases.flow import State

from ..house import HouseCommand
from .showing import SOME_LEFT_OUT, bar, console

HELP = "the cases of another system, from a CSV file"


def arguments(parser: CommandParser) -> None:
    """Say what can be given."""
    parser.add_argument("file", type=Path, help="a CSV file, also packed with gzip")
    parser.add_argument("--map", required=True, type=Path, help="TOML file that says how the file is read")
    parser.add_argument("--community", required=True, metavar="KEY", help="the community, as in its address")
    parser.add_argument("--create", action="store_true", help="found the community if there is none")
    parser.add_argument("--partial", action="store_true", help="take a file that is not the one the map expects")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
    parser.add_argument("--report", type=Path, metavar="OUT.csv", help="list what was found, row by row")


def act(command: HouseCommand, options: dict[str, Any]) -> None:
    """Bring in cases."""
    map_ = imports.read_map(options["map"])
    plan = imports.judge(imports.read_rows(options["file"], map_), map_)
    community, here = imports.ready(options["community"], map_, create=options["create"])
    if options["report"]:
        _report(options["report"], plan)
    _tell(command, plan)
    if (differences := plan.differences()) and not options["partial"]:
        words = _(
            "This is not the file that the map was written for: %(differences)s. "
            "Nothing was brought in. Take the whole file, or add --partial."
        )
        raise CommandError(words % {"differences": "; ".join(differences)})
    if options["dry_run"]:
        _would(command, options["community"], plan, here, is_new=community is None)
    else:
        community = community or imports.settle_in(options["community"], map_)
        imports.add_categories(community, map_)
        with bar(_("Cases"), len(plan.wanted)) as advance:
            made = imports.bring_in(community, plan, advance=advance)
        words = _("%(made)s cases were brought in; %(here)s were here already.")
        command.stdout.write(words % {"made": f"{made:,}", "here": f"{len(plan.wanted) - made:,}"})
    if plan.problems:
        raise CommandError(_problems(plan), returncode=SOME_LEFT_OUT)


def _would(command: HouseCommand, slug: str, plan: imports.Plan, here: set[str], *, is_new: bool) -> None:
    if is_new:
        command.stdout.write(_("The community %(key)s would be founded.") % {"key": slug})
    left = sum(1 for row in plan.wanted if row.id not in here)
    words = _("%(left)s cases would be brought in, %(here)s are here. Nothing was written.")
    command.stdout.write(words % {"left": f"{left:,}", "here": f"{len(here):,}"})


def _report(path: Path, plan: imports.Plan) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["row", "id", "what", "done"])
        writer.writerows(plan.findings())


def _tell(command: HouseCommand, plan: imports.Plan) -> None:
    table = Table(_("Found"), _("Expected"), _("Seen"), title=plan.map.title)
    for name, said, seen in plan.counts():
        table.add_row(name, "" if said is None else f"{said:,}", f"{seen:,}")
    states = Table(_("Where they stand"), _("Cases"), title=_("What comes in"))
    for state in State:
        if count := sum(1 for row in plan.wanted if row.state == state):
            states.add_row(str(state.label), f"{count:,}")
    skipped = sum(1 for row in plan.judged if row.is_skipped and not row.problem)
    unplaced = sum(1 for row in plan.wanted if not row.has_point)
    out = console(command)
    out.print(table, states, sep="\n")
    out.print(_("Not brought in, as the map file says: %(count)s.") % {"count": f"{skipped:,}"})
    out.print(_("Brought in without a point, as the map file says: %(count)s.") % {"count": f"{unplaced:,}"})


def _problems(plan: imports.Plan) -> str:
    first = plan.problems[0]
    words = _(
        "%(count)s rows could not be brought in. The first is row %(row)s (%(id)s): %(problem)s "
        "--report lists them all."
    )
    said = {"row": first.row.number, "id": first.id or "?", "problem": first.problem}
    return words % {"count": f"{len(plan.problems):,}", **said}
