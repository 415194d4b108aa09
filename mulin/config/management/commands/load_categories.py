"""`mulin load-categories`: take over a category pack again, after it grew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mulin.cases.actions import load_categories
from mulin.kernel.clock import SYSTEM
from mulin.territory.models import Community


class Command(BaseCommand):
    help = "Take over a category pack that grew. What the community changed stays; safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("community", metavar="SLUG")
        parser.add_argument("--pack", default="grid-management", help="kinds of matters")

    def handle(self, *args: Any, community: str, pack: str, **options: Any) -> None:
        here = Community.objects.filter(slug=community).first()
        if here is None:
            raise CommandError(f"There is no community {community}.")
        try:
            count = load_categories(here, by=SYSTEM, pack=pack)
        except FileNotFoundError:
            raise CommandError(f"There is no category pack {pack}.") from None
        self.stdout.write(f"{count} categories are new; notices that were empty are filled in.")
