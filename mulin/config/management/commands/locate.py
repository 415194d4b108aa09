"""`mulin locate`: in which grid and community each point of a file lies."""

import csv
import json
import sys
from itertools import zip_longest
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from mulin.config.management.house import HouseCommand
from mulin.territory.imports.points import read_points
from mulin.territory.queries import Everywhere

SOME_LEFT_OUT = 2  # the exit code; 1 is: nothing was done
FEW = 20


class Command(HouseCommand):
    help = "Say in which grid and community each point of a CSV file lies; the table comes with three more columns."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("points", type=Path, metavar="POINTS.csv", help="has columns lon and lat (经度, 纬度)")
        parser.add_argument("--json", action="store_true", help="write one JSON document instead of a table")
        parser.add_argument("--datum", default="wgs84", choices=["wgs84", "gcj02"], help="how the points are measured")

    def act(self, options: dict[str, Any]) -> None:
        read = read_points(options["points"], options["datum"])
        found = Everywhere().locate_all(read.points)
        counts = {
            "points": len(found), "in_a_grid": sum(1 for one in found if one.grid is not None),
            "in_no_grid": sum(1 for one in found if one.community and one.grid is None),
            "outside": sum(1 for one in found if not one.community), "unreadable": len(read.problems),
        }  # fmt: skip
        if options["json"]:
            rows = [
                {**dict(zip_longest(read.head, row[: len(read.head)], fillvalue="")), "community": one.community,
                 "grid": one.grid, "grid_name": one.name}
                for row, one in zip(read.rows, found, strict=True)
            ]  # fmt: skip
            problems = [{"row": row, "problem": words} for row, words in read.problems]
            said = {"points": rows, "counts": counts, "problems": problems}
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        else:
            table = csv.writer(cast(IO[str], self.stdout._out))
            table.writerow([*read.head, "community", "grid", "grid_name"])
            for row, one in zip(read.rows, found, strict=True):
                cells = [*row, *[""] * (len(read.head) - len(row))]
                table.writerow(
                    [*cells[: len(read.head)], one.community, "" if one.grid is None else one.grid, one.name]
                )
        self._tell(counts, read.problems)

    def _tell(self, counts: dict[str, int], problems: list[tuple[int, str]]) -> None:
        words = _("%(points)s points: %(in_a_grid)s in a grid, %(in_no_grid)s in no grid, %(outside)s outside.")
        print(words % {name: f"{count:,}" for name, count in counts.items()}, file=sys.stderr)
        if problems:
            lines = [_("Row %(row)s: %(problem)s") % {"row": row, "problem": text} for row, text in problems[:FEW]]
            words = _("%(count)s rows could not be read.") % {"count": f"{len(problems):,}"}
            raise CommandError("\n".join([words, *lines]), returncode=SOME_LEFT_OUT)
