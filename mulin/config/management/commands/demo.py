"""Build the demo community: invented people in invented houses, with a month of life behind them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from mulin.config.emptying import empty
from mulin.config.management.house import HouseCommand
from mulin.simulation import demo, marks
from mulin.territory.models import Community


class Command(HouseCommand):
    help = "Build the demo community (宝翠花都; layout and people are invented)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where a community is there already")
        parser.add_argument("--reset", action="store_true", help="take the demo that is there away first")

    def act(self, options: dict[str, Any]) -> None:
        if not settings.DEMO:
            raise CommandError(_("This is no demo installation: set MULIN_DEMO=True where people may be invented."))
        if options["reset"] and Community.objects.exists():
            empty()
        if Community.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError(_("There is a community already. Take an empty data folder: MULIN_DATA=…."))
        marks.mark()
        with override(settings.LANGUAGE_CODE):  # what is invented is kept, in the installation's language
            community = demo.build()
        words = _("The demo is ready: %(name)s. Sign in on the first page.") % {"name": community.name}
        self.stdout.write(self.style.SUCCESS(words))
