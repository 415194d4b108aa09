"""The moves of a proxy: given, taken back, ended by itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from mulin.factors.actions import slow_down
from mulin.kernel.engine import Once, Turn, begin, moves
from mulin.kernel.refusals import Refused
from mulin.people.actions import belongs
from mulin.people.figures import today_in
from mulin.people.models import Person
from mulin.territory.models import Community

from .. import queries
from ..figures import FULL_AGE, PROXY_LASTS_AT_MOST, is_under
from ..flow import OWNED, PROXY, Power
from ..models import Ownership, Proxy
from ..rules import KEEP


def give(
    *, by: Any, community: Community, ownership: Ownership, starts_on: date, ends_on: date, matters: str,
    holder_name: str = "", holder_phone: str = "", holder: Person | None = None, is_for_all: bool = False,
    once: Once | None = None,
) -> Proxy:  # fmt: skip
    """Let someone speak for an owner, about one dwelling or all of them, until a day."""
    belongs(community, ownership, holder)
    if holder is None and not by.can(KEEP):
        slow_down("holder", by.actor)  # before the turn, which takes back what a refusal leaves
    if not starts_on < ends_on <= starts_on + PROXY_LASTS_AT_MOST:
        raise Refused("no_days", _("A proxy ends after it starts, and within three years."), 422)
    draft = Proxy(
        community=community, person=ownership.person, organisation=ownership.organisation, starts_on=starts_on,
        ends_on=ends_on, ownership=None if is_for_all else ownership, matters=matters.strip(),
    )  # fmt: skip

    def prepare(turn: Turn, proxy: Proxy) -> None:
        if not Ownership.objects.filter(community=community, pk=ownership.pk, state__in=OWNED).exists():
            raise Refused("owns_nothing", _("This ownership has ended. Give the proxy for one that is there."), 409)
        _only_one(proxy)
        # Last of all, and with one answer for all who cannot be named: nobody learns by it who is known here.
        found = holder or queries.find_person(community, holder_name, holder_phone)
        if found is None or found.pk == proxy.person_id or is_under(found.born_on, FULL_AGE, today_in(community)):
            words = _("Nobody whom you can name has this name and number. A proxy goes to another adult of this list.")
            raise Refused("no_holder", words, 422)
        proxy.holder = found

    return begin(draft, by=by, verb="give", once=once, prepare=prepare)


def _only_one(proxy: Proxy) -> None:
    given = Proxy.objects.filter(community=proxy.community_id, state=Power.GIVEN)
    whole = Q(ownership=None, person=proxy.person_id, organisation=proxy.organisation_id)
    if given.filter(Q(ownership=proxy.ownership_id) if proxy.ownership_id else whole).exists():
        words = _("Someone speaks for this owner in this already. Take that proxy back first.")
        raise Refused("given_already", words)


@moves(PROXY)
def revoke(proxy: Proxy, *, by: Any) -> None:
    """Take a proxy back, or put it down."""
    proxy.ends_on = max(proxy.starts_on, min(proxy.ends_on, today_in(proxy.community)))


@moves(PROXY)
def expire(proxy: Proxy, *, by: Any) -> None:
    """End the proxy on its last day."""
