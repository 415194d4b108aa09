"""Who stands behind an entry of a roll: who may cast its ballot, for themself, for others, or by a proxy."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from mulin.bodies.models import Body
from mulin.households.flow import Power
from mulin.households.models import Proxy
from mulin.people.figures import today_in
from mulin.people.models import Organisation
from mulin.people.queries import units_of

from ..figures import OWNERS
from ..flow import NEXT, State
from .ballots import Ballot
from .roll import RollEntry, RollOwner
from .vote import Vote


@dataclass(frozen=True)
class Chance:
    """An entry for which somebody may cast a ballot now, and whether by a proxy."""

    entry: RollEntry
    by_proxy: bool = False


def _owners(vote: Vote, which: Q) -> Any:
    rows = RollOwner.objects.filter(which, community=vote.community_id, entry__vote=vote)
    return rows.select_related("entry").order_by("entry__key")


def mine(viewer: Any) -> Q:
    """Say which rows behind entries are a viewer's own, or of an organisation for which they speak."""
    person, units = Q(person=viewer.person_id), units_of(viewer)
    return person | Q(organisation__in=units) if units else person


def own_rows(vote: Vote, viewer: Any) -> list[RollOwner]:
    """List the rows by which a viewer stands behind entries, for themself or as who speaks for an organisation."""
    return list(_owners(vote, mine(viewer)))


def own_entries(vote: Vote, viewer: Any) -> list[RollEntry]:
    """List the entries behind which a viewer stands, alone or with others, or as who speaks for an organisation."""
    return list({row.entry_id: row.entry for row in vote.asked("own_rows", viewer)}.values())


def together(vote: Vote, viewer: Any) -> list[RollEntry]:
    """List a viewer's entries of several owners where nobody is named yet, or the viewer, who may hand it on."""
    if vote.state not in NEXT or vote.electorate != OWNERS:
        return []
    own, theirs = {entry.pk: entry for entry in vote.own_entries(viewer)}, vote.asked("own_rows", viewer)
    if not own:
        return []
    mine_here, behind = {row.pk for row in theirs}, Counter[UUID]()
    of_others: set[UUID] = set()
    rows = RollOwner.objects.filter(community=vote.community_id, entry__in=own)
    for key, entry, speaks in rows.values_list("pk", "entry", "speaks"):
        behind[entry] += 1
        if speaks and key not in mine_here:
            of_others.add(entry)
    return [entry for key, entry in own.items() if behind[key] > 1 and key not in of_others]


def chances(vote: Vote, viewer: Any) -> list[Chance]:
    """List the entries for which a viewer may cast a ballot while voting is on."""
    if vote.state != State.OPEN:
        return []
    own = {row.entry_id: row.entry for row in vote.asked("own_rows", viewer) if row.speaks}
    lent = [entry for entry in vote.asked("lent_to", viewer) if entry.pk not in own]
    kept = [entry for entry in lent if not why_no_proxy(vote, viewer, entry)]
    return [*(Chance(entry) for entry in own.values()), *(Chance(entry, by_proxy=True) for entry in kept)]


def lent_to(vote: Vote, viewer: Any) -> list[RollEntry]:
    """List the entries whose speaking owner gave this viewer a proxy that covers all of the entry."""
    today, rules = today_in(vote.community), vote.rules
    if vote.electorate != OWNERS or not rules["proxies_allowed"]:
        return []
    given = Proxy.objects.filter(
        community=vote.community_id, holder=viewer.person_id, state=Power.GIVEN, starts_on__lte=today, ends_on__gt=today
    )
    whole: set[tuple[str, UUID]] = set()
    single: dict[tuple[str, UUID], set[str]] = {}
    for proxy in given:
        if proxy.ownership_id is None:
            whole.add(proxy.owner_key)
        else:
            single.setdefault(proxy.owner_key, set()).add(str(proxy.ownership_id))
    if not whole and not single:
        return []
    keys = [key for _kind, key in (*whole, *single)]
    rows = _owners(vote, Q(speaks=True) & (Q(person__in=keys) | Q(organisation__in=keys)))
    return [row.entry for row in rows if _covers(row, whole, single)]


def _covers(row: RollOwner, whole: set[tuple[str, UUID]], single: dict[tuple[str, UUID], set[str]]) -> bool:
    key = row.person_id or row.organisation_id
    assert key
    owner = ("person" if row.person_id else "organisation", key)
    return owner in whole or (bool(row.ownerships) and set(row.ownerships) <= single.get(owner, set()))


def why_no_proxy(vote: Vote, viewer: Any, entry: RollEntry) -> str:
    """Say what the rules have against this viewer as proxy for an entry; empty when nothing."""
    rules, ballots = vote.rules, Ballot.objects.filter(community=vote.community_id, vote=vote)
    if "manager_staff" in rules["proxies_barred"] and _is_managers(vote, viewer):
        return _("By the rules of this vote, nobody of the property firm holds proxies. Ask the owner to vote.")
    if "committee_members" in rules["proxies_barred"] and _is_in_committee(vote, viewer):
        return _("By the rules of this vote, members of the owners' committee hold no proxies. Ask the owner to vote.")
    if ballots.filter(entry=entry, proxy="").exists():
        return _("The owner has voted already. Only the owner can change that now.")
    holder = vote.holders.filter(community=vote.community_id, person=viewer.person_id).first()
    if holder is not None and rules["proxy_cap"]:
        others = ballots.filter(proxy=holder.key).exclude(entry=entry).values("entry").distinct().count()
        if others >= rules["proxy_cap"]:
            words = _("By the rules of this vote, one person votes for at most %(most)s others. Ask the owner to vote.")
            return words % {"most": rules["proxy_cap"]}
    return ""


def _is_managers(vote: Vote, viewer: Any) -> bool:
    firms = Organisation.objects.filter(community=vote.community_id, kind="property_firm")
    mine = Q(contact=viewer.person_id) | Q(posts__in=[term.post_id for term in viewer.terms])
    return bool(firms.filter(mine).exists())


def _is_in_committee(vote: Vote, viewer: Any) -> bool:
    committees = Body.objects.filter(community=vote.community_id, kind="owners_committee").living()
    return any(body.has_member(viewer) for body in committees)
