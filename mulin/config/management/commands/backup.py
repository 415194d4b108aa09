"""`mulin backup`: write everything as of one moment into one file, while Mulin runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.config import archive
from mulin.config.management.house import HouseCommand


class Command(HouseCommand):
    help = "Back up the database and the uploads as of one moment into one file, while Mulin runs."
    stopped = gettext_lazy("Stopped. Nothing was kept; the installation is as it was.")
    broken = gettext_lazy("The backup could not be written: %(why)s. Nothing was kept.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", metavar="TO", type=Path, help="a new file: ….tar.gz or ….zip")
        parser.add_argument(
            "--with-keys", action="store_true", help="put the keys in, too: the file then opens everything"
        )

    def act(self, options: dict[str, Any]) -> None:
        target, with_keys = options["target"], options["with_keys"]
        with self.progress(_("Backing up")) as tell:
            manifest = archive.back_up(target.absolute(), with_keys=with_keys, tell=tell)
        self.stdout.write(_("Backed up to %(file)s.") % {"file": target})
        self.stdout.write(archive.summary(manifest))
        if with_keys:
            self.stdout.write(_("The keys are in it: whoever has this file can read everything and sign the logs."))
        else:
            self.stdout.write(_("The keys are not in it: keep a copy of the keys file apart from it."))
