"""`mulin import cases`: bring in the cases of another system from a CSV file."""

import csv
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress
from rich.table import Table

from mulin.cases import imports
from mulin.cases.flow import State
from mulin.kernel.refusals import Refused

SOME_LEFT_OUT = 2  # exit codes; 1 is: nothing was done
STOPPED = 130


class Command(BaseCommand):
    help = "Bring in cases of another system from a CSV file. Safe to stop and to repeat: no row comes in twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["cases"], help="what the file holds")
        parser.add_argument("file", type=Path, help="a CSV file, also packed with gzip")
        parser.add_argument("--map", required=True, type=Path, help="TOML file that says how the file is read")
        parser.add_argument("--community", required=True, metavar="KEY", help="the community, as in its address")
        parser.add_argument("--create", action="store_true", help="found the community if there is none")
        parser.add_argument("--partial", action="store_true", help="take a file that is not the one the map expects")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
        parser.add_argument("--report", type=Path, metavar="OUT.csv", help="list what was found, row by row")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._import(options)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        except KeyboardInterrupt:
            words = "Stopped. What came in is complete and stays; run it again to go on."
            raise CommandError(words, returncode=STOPPED) from None

    def _import(self, options: dict[str, Any]) -> None:
        map_ = imports.read_map(options["map"])
        plan = imports.judge(imports.read_rows(options["file"], map_), map_)
        community, here = imports.ready(options["community"], map_, create=options["create"])
        if options["report"]:
            self._report(options["report"], plan)
        self._tell(plan)
        if (differences := plan.differences()) and not options["partial"]:
            raise CommandError(
                f"This is not the file that the map was written for: {'; '.join(differences)}. "
                "Nothing was brought in. Take the whole file, or add --partial."
            )
        left = [row for row in plan.wanted if row.id not in here]
        if options["dry_run"]:
            founded = "" if community else f"The community {options['community']} would be founded. "
            self.stdout.write(
                f"{founded}{len(left):,} cases would be brought in, {len(here):,} are here. Nothing written."
            )
        else:
            community = community or imports.settle_in(options["community"], map_)
            imports.add_categories(community, map_)
            with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=Console(stderr=True)) as bar:
                task = bar.add_task("cases", total=len(plan.wanted))
                made = imports.bring_in(community, plan, advance=lambda count: bar.advance(task, count))
            already = len(plan.wanted) - made
            self.stdout.write(f"{made:,} cases were brought in; {already:,} were here already.")
        if plan.problems:
            raise CommandError(_problems(plan), returncode=SOME_LEFT_OUT)

    def _report(self, path: Path, plan: imports.Plan) -> None:
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(["row", "id", "what", "done"])
                writer.writerows(plan.findings())
        except OSError as error:
            raise CommandError(f"The report cannot be written: {path} ({error.strerror}).") from None

    def _tell(self, plan: imports.Plan) -> None:
        console = Console(file=cast(IO[str], self.stdout._out), highlight=False)
        table = Table("found", "expected", "seen", title=plan.map.title)
        for name, said, seen in plan.counts():
            table.add_row(name, "" if said is None else f"{said:,}", f"{seen:,}")
        states = Table("state", "cases", title="What comes in")
        for state in State.values:
            if count := sum(1 for row in plan.wanted if row.state == state):
                states.add_row(state, f"{count:,}")
        skipped = sum(1 for row in plan.judged if row.is_skipped and not row.problem)
        console.print(table, states, f"{skipped:,} rows stay outside as the map says.", sep="\n")


def _problems(plan: imports.Plan) -> str:
    first = plan.problems[0]
    return (
        f"{len(plan.problems):,} rows could not be brought in. The first is row {first.row.number} "
        f"({first.id or 'no id'}): {first.problem} --report lists them all."
    )
