"""The moves of an ownership: registered, delivered, transferred, ended. No dwelling has more than one whole."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import Once, Turn, begin, link, moves, writing
from mulin.kernel.refs import Ref
from mulin.kernel.refusals import Refused
from mulin.kernel.turn import earlier
from mulin.people import actions as people
from mulin.people.figures import today_in
from mulin.people.models import Organisation, Person
from mulin.territory.models import Community, Dwelling

from .. import queries
from ..figures import Share, is_more, share_text
from ..flow import OWNED, OWNERSHIP, Own, Power
from ..models import Ownership, Proxy
from . import proxies


def register(
    *, by: Any, community: Community, dwelling: Dwelling, share: Share, owner_name: str = "", owner_phone: str = "",
    organisation: Organisation | None = None, person: Person | None = None, is_delivered: bool = False,
    starts_on: date | None = None, evidence: str = "", once: Once | None = None,
) -> Ownership:  # fmt: skip
    """Note who owns a dwelling or a part of it, and whether they have the keys."""
    people.belongs(community, dwelling, organisation, person)
    with writing(community.pk):
        if once and (found := earlier(Ownership, community.pk, by, once)):
            return found
        since = starts_on or today_in(community)
        draft = _draft(dwelling, share, since, is_delivered, organisation=organisation, evidence=evidence)
        may = OWNERSHIP["register"].who
        if not may(by, draft):
            raise Refused("not_yours", _("Who can do this: %(who)s.") % {"who": may.label}, status=403)
        if organisation is None:
            draft.person = person or _person(dwelling, owner_name, owner_phone)
        return begin(draft, by=by, verb="register", once=once, prepare=_fits)


def _draft(dwelling: Dwelling, share: Share, since: date, is_delivered: bool, **fields: Any) -> Ownership:
    return Ownership(
        community=dwelling.community, dwelling=dwelling, numerator=share[0], denominator=share[1], starts_on=since,
        delivered_on=since if is_delivered else None, state=Own.DELIVERED if is_delivered else Own.REGISTERED, **fields,
    )  # fmt: skip


def _person(dwelling: Dwelling, name: str, phone: str) -> Person:
    known = queries.find_person(dwelling.community, name, phone) if phone else queries.known_owner(dwelling, name)
    return known or people.add_person(
        by=SYSTEM, community=dwelling.community, name=name, phone=phone, kind="owner"
    )  # fmt: skip


def _fits(turn: Turn | None, ownership: Ownership, *, without: Any = None) -> None:
    same = Ownership.objects.filter(community=ownership.community_id, dwelling=ownership.dwelling, state__in=OWNED)
    same = same.filter(person=ownership.person_id, organisation=ownership.organisation_id)
    if same.exclude(pk__in=[ownership.pk, without]).exists():
        words = _("This owner has a share of the dwelling already. Correct that share to the sum, and end the other.")
        raise Refused("owns_already", words)
    left = queries.free_share(ownership.dwelling, ownership.starts_on, without=without or ownership.pk)
    if is_more(ownership.share, left):
        if left[0] <= 0:
            words = _("This dwelling has its owners already: nothing is free. End or transfer an ownership first.")
            raise Refused("nothing_free", words)
        words = _("That is more than is free of this dwelling. Free is: %(share)s.")
        raise Refused("too_much", words % {"share": share_text(left)})


@moves(OWNERSHIP)
def deliver(ownership: Ownership, *, by: Any, delivered_on: date | None = None) -> None:
    """Note that the owner has the keys."""
    ownership.delivered_on = max(ownership.starts_on, delivered_on or today_in(ownership.community))


@moves(OWNERSHIP)
def amend(
    ownership: Ownership, *, by: Any, share: Share, starts_on: date | None = None, evidence: str = ""
) -> dict[str, Any]:
    """Set share, first day or what was looked at right."""
    ownership.numerator, ownership.denominator = share
    ownership.starts_on, ownership.evidence = starts_on or ownership.starts_on, evidence or ownership.evidence
    _fits(None, ownership)
    return {"share": list(share)}


@moves(OWNERSHIP)
def transfer(
    ownership: Ownership, *, by: Any, owner_name: str = "", owner_phone: str = "",
    organisation: Organisation | None = None, person: Person | None = None, is_delivered: bool = False,
    starts_on: date | None = None, evidence: str = "",
) -> dict[str, str]:  # fmt: skip
    """End it for one owner and begin it for another, on the same day."""
    people.belongs(ownership.community, organisation, person)
    since = max(ownership.starts_on, starts_on or today_in(ownership.community))
    _stop(ownership, since)
    there, share = ownership.dwelling, ownership.share
    new = _draft(there, share, since, is_delivered, organisation=organisation, evidence=evidence)
    if organisation is None:
        new.person = person or _person(ownership.dwelling, owner_name, owner_phone)
    if new.owner_key == ownership.owner_key:
        raise Refused("same_owner", _("This is the same owner. Name the new one."), 422)
    begin(new, by=by, verb="register", prepare=lambda turn, made: _fits(turn, made, without=ownership.pk))
    link(Ref.of(ownership), Ref.of(new), "origin")
    return {"to": str(new.pk)}


@moves(OWNERSHIP)
def end(ownership: Ownership, *, by: Any, ends_on: date | None = None) -> None:
    """Note that somebody owns nothing here any more."""
    _stop(ownership, ends_on or today_in(ownership.community))


def _stop(ownership: Ownership, day: date) -> None:
    ownership.ends_on = max(ownership.starts_on, day)
    # Nobody speaks about a dwelling for someone who does not own it.
    given = Proxy.objects.filter(community=ownership.community_id, state=Power.GIVEN)
    about, owner = Q(ownership=ownership), {"person": ownership.person_id, "organisation": ownership.organisation_id}
    owned = Ownership.objects.filter(community=ownership.community_id, state__in=OWNED, **owner)
    if not owned.exclude(pk=ownership.pk).exists():
        about |= Q(ownership=None, **owner)  # about all dwellings, and this was the last
    for proxy in given.filter(about):
        proxies.revoke(proxy, by=SYSTEM)
