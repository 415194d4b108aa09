"""`mulin import`: bring in cases, tables, shapes or divisions; `bringing` holds one file for each."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext_lazy

from mulin.config.management.bringing import KINDS
from mulin.config.management.house import HouseCommand


class Command(HouseCommand):
    help = "Bring in cases, tables, shapes or divisions from files. Safe to stop and to repeat: nothing comes in twice."
    stopped = gettext_lazy("Stopped. What came in is complete and stays; run it again to go on.")

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
        for name, kind in KINDS.items():
            kind.arguments(kinds.add_parser(name, help=kind.HELP, description=kind.HELP))

    def act(self, options: dict[str, Any]) -> None:
        KINDS[options["what"]].act(self, options)
