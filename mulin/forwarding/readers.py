"""Who hears of what other servers answer: whoever is in charge of the case."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mulin.cases.models import Case
from mulin.kernel.readers import Heard
from mulin.news.queries import accounts_that_can, accounts_that_hold

from .models import Forwarding

SENTENCES = {
    "hear": _("There is news of a case that was sent on."),
    "finish": _("A case that was sent on was closed there. You decide whether it is solved."),
    "give_up": _("A case could not be sent on, or nobody answered."),
}


def in_charge(line: Heard) -> set[UUID]:
    """Name the accounts of the post in charge of the case, else of the desk."""
    rows = Forwarding.objects.filter(pk=line.noun_id, community=line.community)
    case = Case.objects.filter(community=line.community, pk__in=rows.values("case")).first()
    if case is None:
        return set()
    if case.post_id:
        return set(accounts_that_hold(line.community, case.post_id))
    return set(accounts_that_can(line.community, "cases.desk"))
