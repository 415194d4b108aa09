"""Build the demo community: invented people in invented houses, with some weeks of cases behind them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mulin.config.demo import story
from mulin.territory.models import Community


class Command(BaseCommand):
    help = "Build the demo community (宝翠花都; layout and people are invented)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where a community is there already")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is no demo installation: set MULIN_DEMO=True where people may be invented.")
        if Community.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("There is a community already. Take an empty data folder: MULIN_DATA=….")
        community = story.build()
        self.stdout.write(self.style.SUCCESS(f"The demo is ready: {community.name}, sign in on the first page."))
