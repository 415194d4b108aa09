"""One's own household, dwellings and proxies; and the page of each membership, guardian, ownership and proxy."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.people import actions as people
from mulin.people.figures import today_in
from mulin.web.dates import day
from mulin.web.http import Visit, community_of, to_sign_in
from mulin.web.nouns import create

from ..figures import FULL_AGE, is_under
from ..flow import IN_CARE, OPEN, OWNED, Member, Own, Power
from ..models import Guardian, Household, Membership, Ownership, Proxy
from ..rules import KEEP, is_adult_there

Facts = list[tuple[Any, Any]]


def mine(request: Visit, slug: str) -> HttpResponse:
    """Show with whom one lives, what waits for one's word, and what one owns."""
    community, viewer = community_of(request), request.viewer
    if not viewer.is_person:
        return redirect("entry:join", slug) if viewer.is_someone else to_sign_in(request)
    me = viewer.person_id
    seen = Membership.objects.visible_to(viewer).filter(state__in=OPEN).for_list()
    own = list(seen.filter(person=me).order_by("-is_main", "starts_on"))
    lived = [row.household_id for row in own if row.state == Member.MEMBER]
    together = list(seen.filter(household__in=lived).order_by("starts_on", "created_at"))
    for row in together:
        people.note_access(row.person, by=viewer, what="household")
    homes = [(row.household, [one for one in together if one.household_id == row.household_id],
              is_adult_there(viewer, row.household)) for row in own if row.state == Member.MEMBER]  # fmt: skip
    care = Guardian.objects.visible_to(viewer).for_list().filter(state__in=IN_CARE).order_by("created_at")
    rows = Ownership.objects.visible_to(viewer).for_list()
    proxies = Proxy.objects.visible_to(viewer).for_list().filter(state=Power.GIVEN).order_by("ends_on")
    context = {
        "homes": homes,
        "said": [row for row in own if row.state == Member.DECLARED],
        "asked": [row for row in together if row.state == Member.DECLARED and row.flow.moves_for(viewer, row)],
        "care": care.filter(guardian=me),
        "owned": rows.filter(person=me, state__in=OWNED).order_by("starts_on"),
        "given": proxies.filter(person=me),
        "held": proxies.filter(holder=me),
        "today": today_in(community),
    }
    return render(request, "households/mine.html", context)


def household(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show a household; who keeps the list leaves a line with each person."""
    home = _found(request, Household, id)
    rows = Membership.objects.visible_to(request.viewer).for_list().filter(household=home)
    members = list(rows.filter(state__in=OPEN).order_by("starts_on", "created_at"))
    for row in members:
        people.note_access(row.person, by=request.viewer, what="household")
    may_add = home.state == "formed" and Membership.flow["admit"].who(request.viewer, home)
    context = {"home": home, "members": members, "may_add": may_add, "keeps": request.viewer.can(KEEP)}
    return render(request, "households/household.html", context)


def declare(request: Visit, slug: str) -> HttpResponse:
    """Say behind which door one lives."""
    community, viewer = community_of(request), request.viewer
    if not viewer.is_person:
        return mine(request, slug)
    draft = Membership(community=community, person_id=viewer.person_id)  # type: ignore[misc]
    said = _("Noted. Someone of the household or the community confirms it.")
    intro = _("A resident is who lives here, wherever registered. Your household or the community confirms it.")
    return create(request, draft, "declare", done=said, intro=intro, back_url=reverse("households:mine", args=[slug]))


def admit(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Add someone to a household."""
    home = _found(request, Household, id)
    draft = Membership(community=home.community, household=home)
    intro = _("For children and for those who do not use the system. Who has an account says so themself.")
    return create(request, draft, "admit", intro=intro, back_url=home.get_absolute_url())


def name(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Name a guardian of someone under eighteen."""
    row = _found(request, Membership, id)
    draft = Guardian(community=row.community, child=row.person)
    return create(request, draft, "name", back_url=row.get_absolute_url())


def give(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Give a proxy for a dwelling, or for all of its owner's."""
    owned = _found(request, Ownership, id)
    draft = Proxy(
        community=owned.community, ownership=owned, person_id=owned.person_id, organisation_id=owned.organisation_id
    )
    intro = _("The person you name speaks and votes for you until that day. You can take it back at any time.")
    return create(request, draft, "give", intro=intro, back_url=owned.get_absolute_url())


def member(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show how somebody belongs to a household."""
    row = _found(request, Membership, id)
    people.note_access(row.person, by=request.viewer, what="household")
    facts: Facts = [
        (_("In this household"), row.relation_label), (_("Since"), day(row.starts_on)),
        (_("Until"), row.ends_on and day(row.ends_on)), (_("Main home"), not row.is_main and _("elsewhere")),
    ]  # fmt: skip
    young = is_under(row.person.born_on, FULL_AGE, today_in(row.community))
    links = []
    for one in Guardian.objects.visible_to(request.viewer).for_list().filter(child=row.person, state__in=IN_CARE):
        facts.append((_("Guardian"), f"{one.guardian}, {one.state_label}"))
        links.append((one.get_absolute_url(), _("To the guardian's consent")))
    draft = Guardian(community=row.community, child=row.person)
    if young and row.state in OPEN and Guardian.flow["name"].who(request.viewer, draft):
        links.append((reverse("households:name", args=[slug, row.pk]), _("Name a guardian")))
    back = row.household.get_absolute_url() if _may_see(request, row.household_id) else ""
    return _one(request, row, row.person, facts, place=row.household, links=links, back=back)


def _may_see(request: Visit, key: UUID) -> bool:
    return bool(Household.objects.visible_to(request.viewer).filter(pk=key).exists())


def guardian(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show who speaks for a child, and what they agreed to."""
    row = _found(request, Guardian, id)
    for person in (row.child, row.guardian):
        people.note_access(person, by=request.viewer, what="household")
    facts: Facts = [(_("Child"), row.child), (_("Guardian"), row.guardian)]
    if row.consented_at:
        facts += [(_("Agreed on"), day(row.consented_at)), (_("How it was given"), row.how_label)]
    return _one(request, row, row.child, facts, voice=row.consent_words)


def ownership(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show what somebody owns."""
    row = _found(request, Ownership, id)
    if row.person:
        people.note_access(row.person, by=request.viewer, what="ownership")
    facts: Facts = [
        (_("Share"), row.share_text), (_("Owner since"), day(row.starts_on)),
        (_("Delivered on"), row.delivered_on and day(row.delivered_on)),
        (_("Until"), row.ends_on and day(row.ends_on)), (_("What was looked at"), row.evidence),
    ]  # fmt: skip
    give_url = reverse("households:give", args=[slug, row.pk])
    links = [(give_url, _("Give a proxy"))] if row.state != Own.ENDED else []
    back = reverse("households:door", args=[slug, row.dwelling_id]) if request.viewer.can(KEEP) else ""
    return _one(request, row, row.owner, facts, place=row.dwelling, links=links, back=back)


def proxy(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show who speaks for an owner, about what, until when."""
    row = _found(request, Proxy, id)
    for person in filter(None, (row.person, row.holder)):
        people.note_access(person, by=request.viewer, what="ownership")
    facts: Facts = [
        (_("Owner"), row.owner), (_("Speaks for the owner"), row.holder), (_("In which matters"), row.matters),
        (_("From"), day(row.starts_on)), (_("Until"), day(row.ends_on)),
        (_("About"), row.ownership.dwelling if row.ownership else _("all dwellings of this owner")),
    ]  # fmt: skip
    return _one(request, row, _("Proxy"), facts)


def _found(request: Visit, model: Any, id: UUID) -> Any:
    community_of(request)
    return get_object_or_404(model.objects.visible_to(request.viewer).for_list(), pk=id)


def _one(
    request: Visit, noun: Any, title: Any, facts: Facts, *, place: Any = "", links: Any = (), back: str = "",
    voice: str = "",
) -> HttpResponse:  # fmt: skip
    back = back or reverse("households:mine", args=[noun.community.slug])
    told = [(label, value) for label, value in facts if value]
    context = {"noun": noun, "title": title, "facts": told, "place": place, "links": links, "voice": voice}
    return render(request, "households/one.html", {**context, "back_url": back, "kind": noun.flow.noun})
