"""What follows: a body rests and ends with its organisation; who hears of what."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mulin.kernel.clock import SYSTEM
from mulin.kernel.readers import Heard, reads
from mulin.news.hearing import hears
from mulin.people.flow import OrganisationState
from mulin.people.models import Organisation

from . import actions, queries
from .flow import LIVING, WORKING, State
from .models import Body


@reads("people.organisation", "suspend", "lift", "grant", "dissolve")
def organisation_changed(line: Heard) -> None:
    """Bring a body to where its organisation stands now: at rest, at work or ended."""
    organisation = Organisation.objects.get(community=line.community, pk=line.noun_id)
    for body in Body.objects.filter(community=line.community, organisation=line.noun_id, state__in=LIVING).for_list():
        if organisation.state == OrganisationState.DISSOLVED:
            actions.close_down(body, by=SYSTEM)
        elif organisation.state == OrganisationState.SUSPENDED and body.state in WORKING:
            actions.suspend(body, by=SYSTEM)
        elif organisation.state == OrganisationState.REGISTERED and body.state == State.SUSPENDED:
            actions.lift(body, by=SYSTEM)


MEMBERS = {
    "take_office": _("The body that you sit in has taken office."),
    "new_term": _("A new term has begun in the body that you sit in."),
    "change_rules": _("The rules of the body that you sit in have changed. The reason stands there."),
    "suspend": _("The body that you sit in is suspended, as its organisation is."),
    "lift": _("The body that you sit in goes on."),
    "step_down": _("The term of the body that you sit in is over."),
}  # fmt: skip
MANDATES = {
    "grant": _("The body that you sit in has a mandate: what it may decide alone stands there."),
    "revoke": _("A mandate of the body that you sit in was revoked. The reason stands there."),
    "expire": _("A mandate of the body that you sit in is over."),
}  # fmt: skip
hears("bodies.body", queries.members, MEMBERS)
hears("bodies.mandate", queries.of_mandate, MANDATES)
