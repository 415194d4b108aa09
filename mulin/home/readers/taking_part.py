"""Who hears of what people take on, of memberships, registrations, talents and signs."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mulin.journal.models import Detail
from mulin.kernel.readers import Heard
from mulin.news import queries as news
from mulin.news.hearing import ends_soon, hears
from mulin.participation.flow import ClaimState, RegistrationState
from mulin.participation.models import Affiliation, Claim, Registration, Sign, Talent

SOON, TO_BEGIN = timedelta(days=30), timedelta(days=2)
OFFERER = {
    "claim": _("Someone takes it on."),
    "finish": _("It is said to be done. Please have a look."),
    "hand_back": _("It was handed back and looks for someone again."),
    "lapse": _("It has lapsed. You can look for someone again."),
}
HOLDER = {
    "join": _("Someone joins in."),
    "be_next": _("Someone keeps it after you."),
    "confirm": _("It was confirmed that it is done. Thank you."),
    "settle": _("It counts as done. Thank you."),
    "reopen": _("It is not done yet; have a look at why."),
}
TOGETHER = {
    "ask_next": _("A next keeper is looked for. Will you go on, or would you take it?"),
    "hand_on": _("The term of its keeper has ended. Please see who has it now."),
}
FORMER = {
    "hand_back": _("It was handed back; who helped is free."),
    "lapse": _("It has lapsed, since its time ran out."),
    "withdraw": _("It was withdrawn; nobody needs to do it any more."),
}
ORGANISATION = {
    "declare": _("Someone says that they are a member. Please say whether it is so."),
    "place": _("Someone says that they are a member. Please say whether it is so."),
    "transfer": _("A member has moved to another organisation."),
    "quit": _("A membership has ended."),
}
MEMBER = {
    "approve": _("Your membership was confirmed."),
    "decline": _("They say that you are no member there. You can choose another branch."),
    "unanswered": _("Nobody answered about your membership. You can choose another branch."),
    "unplace": _("The organisation has ended. You can choose another branch."),
    "quit": _("Your membership was ended."),
}
VOLUNTEER = {
    "register": _("You were registered as a volunteer. Please say whether you take part."),
    "deregister": _("Your registration as a volunteer was ended."),
    "expire": _("Your registration as a volunteer has ended. You can register again at any time."),
}
SHOWN = {
    "hide": _("It was hidden; others do not see it now."),
    "run_out": _("Its time is over, and others do not see it now. You can show it again."),
    "take_down": _("It was taken down."),
    "fade": _("Its time is over, and it was taken down. You can show it again."),
}


def offerer(line: Heard) -> set[UUID]:
    """Name who looked for someone; where nobody did by hand, those who keep the register."""
    claim = _claim(line)
    if claim.offered_by_id:
        return news.accounts_of_persons(line.community, {claim.offered_by_id})
    return news.accounts_that_can(line.community, "people.keep")


def together(line: Heard) -> set[UUID]:
    """Name everyone who has a part in it, or had until now."""
    return news.accounts_of_persons(line.community, _claim(line).taking_part) | former(line)


def former(line: Heard) -> set[UUID]:
    """Name who took it on or joined since it was last offered: its row has forgotten them by now."""
    rows = Detail.objects.filter(community=line.community, noun_id=line.noun_id, seq__lt=line.seq).order_by("-seq")
    found, gone = set[UUID](), set[UUID]()
    for verb, actor in rows.values_list("verb", "actor"):
        if verb in ("offer", "offer_again", "hand_back", "lapse"):
            break
        kind, _sep, key = actor.partition(":")
        if kind == "person" and verb in ("claim", "join", "be_next", "leave"):
            (gone if verb == "leave" else found).add(UUID(key))
    return news.accounts_of_persons(line.community, found - gone)


def to_begin(claims: list[Claim]) -> dict[UUID, set[UUID]]:
    """Name who took something on and has not begun."""
    taken = [one for one in claims if one.state == ClaimState.CLAIMED]
    return {one.pk: news.accounts_of_persons(one.community_id, {one.holder_id}) for one in taken}


def organisation(line: Heard) -> set[UUID]:
    """Name the people of the organisation that is asked."""
    one = Affiliation.objects.get(pk=line.noun_id, community=line.community)
    return news.accounts_of_organisation(line.community, one.organisation_id) if one.organisation_id else set()


def registration_ends(rows: list[Registration]) -> dict[UUID, set[UUID]]:
    """Name the volunteers."""
    active = [one for one in rows if one.state == RegistrationState.ACTIVE]
    return {one.pk: news.accounts_of_persons(one.community_id, {one.person_id}) for one in active}


def _claim(line: Heard) -> Claim:
    return Claim.objects.get(pk=line.noun_id, community=line.community)


def hear() -> None:
    """Tell news who hears of what people take upon themselves."""
    hears("participation.claim", offerer, OFFERER)
    hears("participation.claim", news.accounts_in(Claim, "holder"), HOLDER, voice="holder")
    hears("participation.claim", together, TOGETHER, voice="together")
    hears("participation.claim", former, FORMER, voice="former")
    ends_soon("participation.claim", to_begin, TO_BEGIN, _("You took it on and have not begun. It lapses soon."))
    hears("participation.affiliation", news.accounts_in(Affiliation, "person"), MEMBER)
    hears("participation.affiliation", organisation, ORGANISATION, voice="organisation")
    hears("participation.registration", news.accounts_in(Registration, "person"), VOLUNTEER)
    ends_soon("participation.registration", registration_ends, SOON, _("Your registration as a volunteer ends soon."))
    hears("participation.talent", news.accounts_in(Talent, "person"), SHOWN)
    hears("participation.sign", news.accounts_in(Sign, "person"), SHOWN)
