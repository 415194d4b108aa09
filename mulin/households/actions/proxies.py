"""The moves of a proxy: given, taken back, ended by itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from mulin.kernel.engine import Once, Turn, begin, moves
from mulin.kernel.refusals import Refused
from mulin.people.actions import belongs
from mulin.people.figures import today_in
from mulin.people.models import Person
from mulin.territory.models import Community

from ..figures import FULL_AGE, PROXY_LASTS_AT_MOST, is_under
from ..flow import OWNED, PROXY, Power
from ..models import Ownership, Proxy


def give(
    *, by: Any, community: Community, ownership: Ownership, holder: Person, starts_on: date, ends_on: date,
    matters: str, is_for_all: bool = False, once: Once | None = None,
) -> Proxy:  # fmt: skip
    """Let someone speak for an owner, about one dwelling or all of them, until a day."""
    belongs(community, ownership, holder)
    if not starts_on < ends_on <= starts_on + PROXY_LASTS_AT_MOST:
        raise Refused("no_days", _("A proxy ends after it starts, and within three years."), 422)
    if holder.pk == ownership.person_id or is_under(holder.born_on, FULL_AGE, today_in(community)):
        raise Refused("not_of_age", _("A proxy goes to another person, and to an adult."), 422)
    draft = Proxy(
        community=community, person=ownership.person, organisation=ownership.organisation, holder=holder,
        ownership=None if is_for_all else ownership, starts_on=starts_on, ends_on=ends_on, matters=matters.strip(),
    )  # fmt: skip

    def prepare(turn: Turn, proxy: Proxy) -> None:
        if not Ownership.objects.filter(community=community, pk=ownership.pk, state__in=OWNED).exists():
            raise Refused("owns_nothing", _("This ownership has ended. Give the proxy for one that is there."), 409)
        _only_one(proxy)

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
