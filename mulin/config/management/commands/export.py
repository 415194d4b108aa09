"""`mulin export`: a table of what is here, in the layout that `mulin import table` reads."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from mulin import tables
from mulin.config.management.bringing.showing import community_named
from mulin.config.management.house import HouseCommand
from mulin.kernel.clock import SYSTEM


class Command(HouseCommand):
    help = "Write a table of what is here, as Excel or CSV, in the layout that `mulin import table` reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", metavar="KIND", help="one of: " + ", ".join(one.key for one in tables.importers()))
        parser.add_argument("file", type=Path, help="where to write it: FILE.xlsx or FILE.csv")
        parser.add_argument("--community", required=True, metavar="KEY", help="the community, as in its address")

    def act(self, options: dict[str, Any]) -> None:
        kind, file = tables.importer(options["kind"]), options["file"]
        rows = kind.rows(community_named(options["community"]), by=SYSTEM)
        if rows is None:
            raise CommandError(_("This kind of table only comes in; it is not given out."))
        write = tables.write_csv if file.suffix.lower() == ".csv" else tables.write_xlsx
        file.write_bytes(write(kind.layout, rows))
        self.stdout.write(_("Written: %(file)s.") % {"file": file})
