"""What the kinds of `mulin import` show alike: progress beside the output, and what was found row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, cast

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress
from rich.table import Table

from mulin.territory.models import Community

from ..house import HouseCommand

SOME_LEFT_OUT = 2  # the exit code; 1 is: nothing was done
SHOWN = 20  # problems on the screen


def console(command: HouseCommand) -> Console:
    """Return the console that tables are drawn on: what the command writes to."""
    return Console(file=cast(IO[str], command.stdout._out), highlight=False)


@contextmanager
def bar(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show how far it is, beside the output; give the function that tells."""
    with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=Console(stderr=True)) as shown:
        task = shown.add_task(what, total=total)
        yield lambda count: shown.advance(task, count)


def community_named(slug: str) -> Community:
    """Find the community that a command names."""
    found = Community.objects.filter(slug=slug).first()
    if found is None:
        words = _("There is no community %(key)s. Found it first: mulin found.") % {"key": slug}
        raise CommandError(words)
    return found


def tell_problems(command: HouseCommand, rows: Sequence[tuple[Any, ...]], total: int, title: str) -> None:
    """Draw the first problems as a table: row, column or name, what to do."""
    if not rows:
        return
    drawn = Table(_("Row"), _("Column"), _("What to do"), title=title)
    for row in rows[:SHOWN]:
        drawn.add_row(*map(str, row))
    out = console(command)
    out.print(drawn)
    if total > SHOWN:
        words = _("%(count)s more are not shown here. --report lists them.") % {"count": f"{total - SHOWN:,}"}
        out.print(words)
