"""What our own commands share: one language, a sentence for whatever stops them, and progress beside the output."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rich.console import Console
from rich.status import Status

from mulin.kernel.refusals import Refused

STOPPED = 130  # the exit code of what was stopped with Ctrl-C


def spoken() -> str:
    """Name the language of whoever sits at the console, as LANG and its kin say; without them, the installation's."""
    given = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    if not given:
        return settings.LANGUAGE_CODE
    return "zh-hans" if given.startswith("zh") else "en"


class HouseCommand(BaseCommand):
    """A command that does one thing: `act` does it, and what stops it is told in one sentence."""

    stopped: Any = _("Stopped.")  # what Ctrl-C leaves behind
    broken: Any = _("This file cannot be read or written: %(file)s (%(why)s).")

    def act(self, options: dict[str, Any]) -> None:
        """Do it. May raise Refused, OSError, KeyboardInterrupt or CommandError."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        with override(spoken()):
            try:
                self.act(options)
            except Refused as refused:
                raise CommandError(str(refused)) from None
            except OSError as error:
                why = {"file": error.filename or "", "why": error.strerror or str(error)}
                raise CommandError(str(self.broken % why)) from None
            except KeyboardInterrupt:
                raise CommandError(str(self.stopped), returncode=STOPPED) from None

    @contextmanager
    def progress(self, doing: Any) -> Iterator[Callable[[str, int], None]]:
        """Show what is being done, beside the output; give the function that tells how far it is."""
        with Status(str(doing), console=Console(stderr=True)) as status:
            yield lambda what, count: status.update(f"{what}: {count:,}")
