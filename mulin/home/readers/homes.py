"""Who hears of who lives where, of guardians, owners and proxies."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mulin.households.flow import Member, Power
from mulin.households.models import Guardian, Membership, Ownership, Proxy
from mulin.kernel.readers import Heard
from mulin.news import queries as news
from mulin.news.hearing import ends_soon, hears

SOON = timedelta(days=14)
HOUSEHOLD = {"declare": _("Someone says that they live with you. Please say whether it is so.")}
MEMBER = {
    "admit": _("You were added to a household."),
    "confirm": _("Your household confirmed that you live there."),
    "decline": _("Your household says that you do not live there. If it is a mistake, ask the residents' committee."),
    "leave": _("It was noted that you moved out."),
    "lapse": _("Nobody confirmed that you live there, so it was not noted."),
}
GUARDIAN = {
    "name": _("You were named as a guardian. Please say whether you agree."),
    "consent": _("It was noted that you agreed to be a guardian."),
    "release": _("You are not noted as a guardian any more."),
    "come_of_age": _("The child is of age now. Your guardianship has ended."),
}
OWNER = {
    "register": _("You were registered as an owner."),
    "deliver": _("Your dwelling was noted as handed over."),
    "amend": _("What is noted about your dwelling was corrected."),
    "transfer": _("Your dwelling was transferred to a new owner."),
    "end": _("Your ownership was ended in the register."),
}
GIVEN = {"give": _("You were given a proxy: you may act for an owner.")}
PROXY = {
    "revoke": _("A proxy was taken back."),
    "expire": _("A proxy has ended by itself."),
}


def household(line: Heard) -> set[UUID]:
    """Name those who live there already."""
    one = Membership.objects.get(pk=line.noun_id, community=line.community)
    rows = Membership.objects.filter(community=line.community, household=one.household_id, state=Member.MEMBER)
    found = set(rows.exclude(person=one.person_id).values_list("person", flat=True))
    return news.accounts_of_persons(line.community, found)


def proxy_ends(proxies: list[Proxy]) -> dict[UUID, set[UUID]]:
    """Name owner and proxy for each proxy that was given for longer than a fortnight."""
    given = [one for one in proxies if one.state == Power.GIVEN and one.due_at - one.created_at > SOON]  # type: ignore[operator]
    return {one.pk: news.accounts_of_persons(one.community_id, {one.person_id, one.holder_id}) for one in given}


def hear() -> None:
    """Tell news who hears of homes."""
    hears("households.membership", news.accounts_in(Membership, "person"), MEMBER)
    hears("households.membership", household, HOUSEHOLD, voice="household")
    hears("households.guardian", news.accounts_in(Guardian, "guardian"), GUARDIAN)
    hears("households.ownership", news.accounts_in(Ownership, "person"), OWNER)
    hears("households.proxy", news.accounts_in(Proxy, "person", "holder"), PROXY)
    hears("households.proxy", news.accounts_in(Proxy, "holder"), GIVEN, voice="holder")
    ends_soon("households.proxy", proxy_ends, SOON, _("A proxy ends within two weeks."))
