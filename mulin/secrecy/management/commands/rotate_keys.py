"""`mulin rotate-keys`: re-encrypt what is stored under older keys."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import Progress

from mulin.secrecy import keys, rotation


class Command(BaseCommand):
    help = "Re-encrypt every encrypted field under the current key (the first of MULIN_KEYS). Safe to stop and repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=500, help="values re-encrypted in one transaction")

    def handle(self, *args: Any, batch: int, **options: Any) -> None:
        done = unreadable = 0
        with Progress(console=Console(stderr=True)) as progress:
            for column in rotation.columns():
                task = progress.add_task(column.field.bound(), total=column.left())
                try:
                    column.rotate(batch, lambda count, task=task: progress.advance(task, count))  # type: ignore[misc]
                except KeyboardInterrupt:
                    raise CommandError("Stopped. Nothing is lost: run it again to go on.") from None
                done, unreadable = done + column.done, unreadable + column.unreadable
        self.stdout.write(f"{done} values are now under {keys.current()}.")
        if unreadable:
            raise CommandError(f"{unreadable} values could not be read and were left as they are.")
        self.stdout.write("Keep the oldest key, or put it into MULIN_HASH_KEY: keyed hashes hang on it.")
