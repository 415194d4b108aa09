"""`mulin restore`: load a backup into an empty database, and prove that the logs are the same."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.config import archive, reloading
from mulin.config.management.house import HouseCommand


class Command(HouseCommand):
    help = "Restore a backup into an empty database, and check every log against what the backup says."
    stopped = gettext_lazy("Stopped. The database is as it was.")
    broken = gettext_lazy("Not restored: %(why)s. The database is as it was.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="FROM", type=Path, help="a file that mulin backup wrote")
        parser.add_argument("--with-keys", action="store_true", help="take the keys from the backup as well")

    def act(self, options: dict[str, Any]) -> None:
        source: Path = options["source"]
        if not source.is_file():
            raise CommandError(_("There is no file %(file)s.") % {"file": source})
        with self.progress(_("Unpacking")) as tell, _beside_the_data() as name:
            folder = Path(name)
            manifest = archive.unpack(source, folder)
            keys = reloading.take_keys(folder) if options["with_keys"] else b""
            reloading.check_keys(manifest)
            reloading.make_ready(manifest)
            reloading.load(folder, manifest, tell)
            if keys:
                place = reloading.place_keys(keys)
                self.stdout.write(_("The keys are now in %(file)s.") % {"file": place})
        self.stdout.write(_("Restored as of %(moment)s.") % {"moment": manifest.made_at})
        self.stdout.write(archive.summary(manifest))
        self.stdout.write(_("All logs hold and have the roots of the backup."))


def _beside_the_data() -> tempfile.TemporaryDirectory[str]:
    # In the data folder, so that the uploads only need to be renamed.
    return tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".restore-")
