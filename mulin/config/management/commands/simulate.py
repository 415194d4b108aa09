"""Let many invented communities live for some days, and check that nothing was lost."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from time import monotonic
from typing import IO, Any, cast

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress
from rich.table import Table

from mulin.config.management.house import HouseCommand
from mulin.kernel import clock
from mulin.simulation import course, marks, truth
from mulin.simulation.founding import invent
from mulin.simulation.life import Life
from mulin.territory.models import Community

MATTERS_A_DAY = 3.0


class Command(HouseCommand):
    help = "Let invented communities live for some days through actions alone, and check that nothing was lost."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--communities", type=int, default=3, metavar="N")
        parser.add_argument("--days", type=int, default=30, metavar="D")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed lives the same life")
        parser.add_argument("--matters", type=float, default=MATTERS_A_DAY, help="reports a day in each community")

    def act(self, options: dict[str, Any]) -> None:
        marks.mark()
        if Community.objects.exists():
            raise CommandError(_("This database has lived already. Take an empty data folder: MULIN_DATA=…."))
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # nobody reads invented mail
        began, chance = monotonic(), Random(options["seed"])
        end = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        try:
            life = self._live(options, chance, end)
            found = {town.community: truth.faults(town.community, life.made) for town in life.towns}
        finally:
            clock.reset()
        self._tell(life, found, monotonic() - began)
        if any(found.values()):
            raise CommandError(_("Something was lost or is wrong, see above."))

    def _live(self, options: dict[str, Any], chance: Random, end: Any) -> Life:
        clock.set(end - timedelta(days=options["days"]))
        columns = (*Progress.get_default_columns(), MofNCompleteColumn())
        with Progress(*columns, console=Console(stderr=True)) as bar, override(settings.LANGUAGE_CODE):
            task = bar.add_task(_("Founding"), total=options["communities"])
            towns = []
            for number in range(1, options["communities"] + 1):
                towns.append(invent(number, chance))
                bar.advance(task)
            life = Life(towns, chance, [(options["matters"], course.case)])
            task = bar.add_task(_("Days"), total=options["days"])
            life.live_until(end, each=lambda day: bar.advance(task))
        return life

    def _tell(self, life: Life, found: dict[Any, list[str]], seconds: float) -> None:
        table = Table(_("Community"), _("Moves"), _("What is wrong"))
        for community, faults in found.items():
            moves = sum(times for (key, _verb), times in life.made.items() if key == community.pk)
            table.add_row(community.name, f"{moves:,}", "\n".join(faults[:5]) or _("nothing"))
        Console(file=cast(IO[str], self.stdout._out), highlight=False).print(table)
        total = sum(life.made.values())
        words = _("%(moves)s moves in %(seconds)d seconds, %(faults)d faults.")
        self.stdout.write(words % {"moves": f"{total:,}", "seconds": seconds, "faults": sum(map(len, found.values()))})
