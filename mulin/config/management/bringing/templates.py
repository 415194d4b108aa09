"""`mulin import template`: an Excel file to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from mulin import tables

from ..house import HouseCommand

HELP = "no rows: writes an Excel file to fill in, with headings, notes and an example"


def arguments(parser: CommandParser) -> None:
    """Say what can be given."""
    parser.add_argument("kind", metavar="KIND", help="one of: " + ", ".join(one.key for one in tables.importers()))
    parser.add_argument("--out", required=True, type=Path, metavar="FILE.xlsx", help="where to write it")


def act(command: HouseCommand, options: dict[str, Any]) -> None:
    """Write a template."""
    kind = tables.importer(options["kind"])
    options["out"].write_bytes(tables.template(kind.layout))
    words = _(
        "Written: %(file)s. Fill it in and bring it in with: mulin import table %(kind)s %(file)s --community KEY"
    )
    command.stdout.write(words % {"file": options["out"], "kind": kind.key})
