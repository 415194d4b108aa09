"""Who hears of what other servers answer: whoever is in charge of the case."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mulin.cases.queries import handlers
from mulin.kernel.readers import Heard

from .models import Forwarding

SENTENCES = {
    "hear": _("There is news of a case that was sent on."),
    "finish": _("A case that was sent on was closed there. You decide whether it is solved."),
    "give_up": _("A case could not be sent on, or nobody answered."),
}


def in_charge(line: Heard) -> set[UUID]:
    """Name the accounts that handle the case."""
    row = Forwarding.objects.select_related("case").get(pk=line.noun_id, community=line.community)
    return handlers(row.case)
