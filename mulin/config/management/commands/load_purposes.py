"""`mulin load-purposes`: say anew for what personal data is used, after the texts changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from mulin.config.management.bringing.showing import community_named
from mulin.config.management.house import HouseCommand
from mulin.privacy.actions import PACK, load_purposes
from mulin.privacy.models import Purpose
from mulin.territory.models import Community


class Command(HouseCommand):
    help = "Say anew for what personal data is used. A changed text is a new version, and people are asked anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("community", metavar="SLUG")
        parser.add_argument("--pack", type=Path, default=PACK, metavar="FILE.toml", help="the texts; ours without it")

    def act(self, options: dict[str, Any]) -> None:
        here = community_named(options["community"])
        before = set(here_now(here))
        load_purposes(here, options["pack"])
        changed = set(here_now(here)) - before
        names = ", ".join(key for key, _version in sorted(changed))
        self.stdout.write(_("New or changed: %(names)s.") % {"names": names} if names else _("Nothing has changed."))


def here_now(community: Community) -> Any:
    """List the purposes in force, by key and version."""
    return Purpose.objects.filter(community=community, ends_on=None).values_list("key", "version")
