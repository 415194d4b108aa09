"""`mulin backup`: write everything as of one moment into one file, while Mulin runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.status import Status

from mulin.config import archive
from mulin.kernel.refusals import Refused


class Command(BaseCommand):
    help = "Back up the database and the uploads as of one moment into one file, while Mulin runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", metavar="TO", type=Path, help="a new file: ….tar.gz or ….zip")
        parser.add_argument(
            "--with-keys", action="store_true", help="put the keys in, too: the file then opens everything"
        )

    def handle(self, *args: Any, target: Path, with_keys: bool, **options: Any) -> None:
        try:
            with Status("Backing up", console=Console(stderr=True)) as status:
                manifest = archive.back_up(
                    target.absolute(), with_keys=with_keys, tell=lambda name, count: status.update(f"{name}: {count:,}")
                )
        except Refused as refused:
            raise CommandError(str(refused)) from None
        except OSError as error:
            raise CommandError(f"The backup could not be written: {error.strerror}. Nothing was kept.") from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. Nothing was kept; the installation is as it was.", returncode=130) from None
        rows = sum(part.rows for part in manifest.parts.values())
        files = sum(1 for name in manifest.parts if name.startswith(archive.MEDIA))
        lines = sum(log.size for log in manifest.logs)
        self.stdout.write(
            f"{rows:,} rows, {files:,} uploads, {len(manifest.logs):,} logs with {lines:,} lines: {target}"
        )
        if with_keys:
            self.stdout.write("The keys are in it: whoever has this file can read everything and sign the logs.")
        else:
            self.stdout.write("The keys are not in it: keep a copy of the keys file apart from it.")
