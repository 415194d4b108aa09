"""`mulin restore`: load a backup into an empty database, and prove that the logs are the same."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.status import Status

from mulin.config import archive, reloading
from mulin.kernel.refusals import Refused


class Command(BaseCommand):
    help = "Restore a backup into an empty database, and check every log against what the backup says."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="FROM", type=Path, help="a file that mulin backup wrote")
        parser.add_argument("--with-keys", action="store_true", help="take the keys from the backup as well")

    def handle(self, *args: Any, source: Path, with_keys: bool, **options: Any) -> None:
        try:
            with Status("Unpacking", console=Console(stderr=True)) as status:
                manifest = self._restore(source, with_keys, status)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        except OSError as error:
            raise CommandError(f"Not restored: {error}. The database is as it was.") from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. The database is as it was.", returncode=130) from None
        rows = sum(part.rows for part in manifest.parts.values())
        files = sum(1 for name in manifest.parts if name.startswith(archive.MEDIA))
        lines = sum(log.size for log in manifest.logs)
        self.stdout.write(f"Restored as of {manifest.made_at}: {rows:,} rows, {files:,} uploads.")
        self.stdout.write(f"{len(manifest.logs):,} logs with {lines:,} lines hold and have the roots of the backup.")

    def _restore(self, source: Path, with_keys: bool, status: Status) -> archive.Manifest:
        if not source.is_file():
            raise CommandError(f"There is no file {source}.")
        # In the data folder, so that the uploads only need to be renamed.
        with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".restore-") as name:
            folder = Path(name)
            manifest = archive.unpack(source, folder)
            keys = reloading.take_keys(folder) if with_keys else b""
            reloading.check_keys(manifest)
            reloading.make_ready(manifest)
            reloading.load(folder, manifest, lambda table, count: status.update(f"{table}: {count:,}"))
            if keys:
                self.stdout.write(f"The keys are now in {reloading.place_keys(keys)}.")
        return manifest
