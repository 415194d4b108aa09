"""`mulin load-categories`: take over a category pack again, after it grew."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from mulin.cases.actions import load_categories
from mulin.config.management.bringing.showing import community_named
from mulin.config.management.house import HouseCommand
from mulin.kernel.clock import SYSTEM


class Command(HouseCommand):
    help = "Take over a category pack that grew. What the community changed stays; safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("community", metavar="SLUG")
        parser.add_argument("--pack", default="grid-management", help="kinds of matters")

    def act(self, options: dict[str, Any]) -> None:
        here, pack = community_named(options["community"]), options["pack"]
        try:
            count = load_categories(here, by=SYSTEM, pack=pack)
        except FileNotFoundError:
            raise CommandError(_("There is no category pack %(name)s.") % {"name": pack}) from None
        words = _("%(count)s categories are new; notices that were empty are filled in.")
        self.stdout.write(words % {"count": f"{count:,}"})
