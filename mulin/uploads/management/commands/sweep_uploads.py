"""`mulin sweep-uploads`: delete files of photos that no row owns (of unfinished reports, of writes that went wrong)."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mulin.uploads.actions import sweep


class Command(BaseCommand):
    help = "Delete files of photos that belong to nothing. Safe to run at any time and to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--hours", type=int, default=1, help="leave younger files alone")

    def handle(self, *args: Any, hours: int, **options: Any) -> None:
        count = sum(1 for path in sweep(timedelta(hours=max(hours, 1))))
        self.stdout.write(f"{count} files were swept up.")
