"""Who hears of a joining: the person concerned, and whoever keeps the register."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mulin.kernel.readers import Heard
from mulin.news import queries as news

from .models import Joining
from .rules import needs_yes

SENTENCES = {
    "propose": _("Two entries may be one person. Please have a look."),
    "join": _("You were in the register twice. Both entries are one now."),
}


def who_hears(line: Heard) -> set[UUID]:
    """Name who keeps the register, who has to say yes, and in the end whose entries were joined."""
    rows = Joining.objects.filter(community=line.community, pk=line.noun_id).select_related("stays", "gone")
    joining = rows.first()
    if joining is None:
        return set()
    if line.verb == "join":
        return news.accounts_of_persons(line.community, {joining.stays_id})
    asked = {joining.gone_id} if needs_yes(joining) else set()
    return news.accounts_that_can(line.community, "people.keep") | news.accounts_of_persons(line.community, asked)
