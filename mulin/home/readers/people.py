"""Who hears of terms of posts, and of organisations that are proposed, warned or dissolved: their members, too."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.readers import Heard
from mulin.news import queries as news
from mulin.news.hearing import ends_soon, hears
from mulin.participation.flow import AffiliationState
from mulin.participation.models import Affiliation
from mulin.people.flow import State
from mulin.people.models import Organisation, Term

SOON = timedelta(days=30)
HOLDER = {
    "offer": _("You are asked to take this post. Please answer within two weeks."),
    "hand_over": _("Someone was named to follow you in this post."),
    "renew": _("Your term has another last day."),
    "end": _("Your term was ended."),
    "expire": _("This has ended by itself."),
}
KEEPER = {
    "accept": _("The post was accepted."),
    "decline": _("The post was declined."),
    "resign": _("Someone stepped down from this post."),
    "expire": _("The term, or the offer of it, has ended. Does the post need someone?"),
}
OURS = {
    "register": _("Your group is registered."),
    "turn_down": _("Your group was not registered; the reason stands there."),
    "warn": _("Your organisation was warned; the reason stands there. You can appeal."),
    "suspend": _("Your organisation was suspended; the reason stands there. You can appeal."),
    "lift": _("The suspension of your organisation was lifted."),
    "dissolve": _("Your organisation was dissolved."),
    "uphold": _("Your appeal was answered: the measure stays. The reason stands there."),
    "grant": _("Your appeal was answered: the measure was taken back. The reason stands there."),
}
MEMBERS = {
    "warn": _("An organisation to which you belong was warned; what for stands there."),
    "suspend": _("An organisation to which you belong was suspended; what for stands there."),
    "lift": _("An organisation to which you belong may go on."),
    "dissolve": _("An organisation to which you belonged was dissolved; what for stands there."),
    "uphold": _("An appeal was answered: a measure on your organisation stays, and why."),
    "grant": _("An appeal was answered: a measure on your organisation was taken back, and why."),
}
REGISTER = {
    "propose": _("A group was proposed. Please register it or say why not."),
    "appeal": _("An organisation appeals. Somebody who had no part in the measure answers."),
    "dissolve.asked": _("Someone proposes to dissolve this organisation. A second person has to agree."),
}


def keeper(line: Heard) -> set[UUID]:
    """Name those who look after the posts."""
    return news.accounts_that_can(line.community, "people.invite")


def ends(terms: list[Term]) -> dict[UUID, set[UUID]]:
    """Name holder and those who look after posts for each held term; what was only offered ends quietly."""
    held = [term for term in terms if term.state == State.HELD]
    able = {key: news.accounts_that_can(key, "people.invite") for key in {term.community_id for term in held}}
    return {
        term.pk: able[term.community_id] | news.accounts_of_persons(term.community_id, {term.person_id})
        for term in held
    }


def ours(line: Heard) -> set[UUID]:
    """Name an organisation's people, and whoever proposed it."""
    found = Organisation.objects.get(pk=line.noun_id, community=line.community)
    own = news.accounts_of_organisation(line.community, found.pk)
    return own | news.accounts_of_persons(line.community, {found.founder_id})


def members(line: Heard) -> set[UUID]:
    """Name an organisation's members, also those whose membership ended with it."""
    rows = Affiliation.objects.filter(community=line.community, organisation=line.noun_id)
    at_its_end = Q(state=AffiliationState.ENDED, ends_on__gte=line.at.date())
    found = rows.filter(Q(state=AffiliationState.ACTIVE) | at_its_end)
    return news.accounts_of_persons(line.community, set(found.values_list("person", flat=True)))


def register(line: Heard) -> set[UUID]:
    """Name those who keep the register."""
    return news.accounts_that_can(line.community, "people.keep")


def hear() -> None:
    """Tell news who hears of terms and organisations."""
    hears("people.term", news.accounts_in(Term, "person"), HOLDER)
    hears("people.term", keeper, KEEPER, voice="keeper")
    ends_soon("people.term", ends, SOON, _("This term ends within a month."))
    hears("people.organisation", ours, OURS)
    hears("people.organisation", members, MEMBERS, voice="members")
    hears("people.organisation", register, REGISTER, voice="register")
