"""The moves of a household: formed, renamed, moved, dissolved."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import Once, Turn, begin, link, moves
from mulin.kernel.refs import Ref
from mulin.kernel.refusals import Refused
from mulin.people.actions import belongs
from mulin.people.figures import today_in
from mulin.territory.models import Community, Dwelling

from .. import queries
from ..flow import HOUSEHOLD, OPEN, Member
from ..models import Household, Membership
from ..rules import KEEP
from . import members


def form(
    *, by: Any, community: Community, dwelling: Dwelling, label: str = "", starts_on: date | None = None,
    once: Once | None = None,
) -> Household:  # fmt: skip
    """Note that a household lives behind a door."""
    belongs(community, dwelling)
    since = starts_on or today_in(community)
    draft = Household(community=community, dwelling=dwelling, label=label.strip(), starts_on=since)
    return begin(draft, by=by, verb="form", once=once, prepare=_label_is_free)


def _label_is_free(turn: Turn | None, household: Household) -> None:
    others = queries.formed_at(household.dwelling).exclude(pk=household.pk)
    if others.filter(label=household.label).exists():
        words = _("A household lives behind this door already. Give this one a label that tells the two apart.")
        raise Refused("label_taken", words)


@moves(HOUSEHOLD)
def rename(household: Household, *, by: Any, label: str = "") -> None:
    """Change what tells a household apart from others behind the same door."""
    household.label = label.strip()
    _label_is_free(None, household)


@moves(HOUSEHOLD)
def relocate(household: Household, *, by: Any, dwelling: Dwelling, starts_on: date | None = None) -> dict[str, str]:
    """Close a household here and form it anew behind another door, with everybody in it."""
    belongs(household.community, dwelling)
    if dwelling.pk == household.dwelling_id:
        raise Refused("same_door", _("The household lives there already. Choose another door."), 422)
    since = starts_on or today_in(household.community)
    staying = _close(household, since)
    label = _free_label(dwelling, household.label)
    there = form(by=SYSTEM, community=household.community, dwelling=dwelling, label=label, starts_on=since)
    link(Ref.of(household), Ref.of(there), "origin")
    for was in staying:
        given = {"by": SYSTEM, "community": household.community, "household": there, "person": was.person,
                 "relation": was.relation, "is_second": not was.is_main, "starts_on": since}  # fmt: skip
        # Whoever keeps the list knows; what others say about a new door is confirmed there, as always.
        if by.can(KEEP) and was.state == Member.MEMBER:
            members.admit(**given)
        else:
            members.declare(dwelling=dwelling, **given)
    return {"to": str(there.pk)}


def _free_label(dwelling: Dwelling, label: str) -> str:
    taken = set(queries.formed_at(dwelling).values_list("label", flat=True))
    return next(one for one in (label, *(str(number) for number in range(2, len(taken) + 3))) if one not in taken)


@moves(HOUSEHOLD)
def dissolve(household: Household, *, by: Any, ends_on: date | None = None) -> None:
    """Close a household: nobody of it lives there any more."""
    _close(household, ends_on or today_in(household.community))


def _close(household: Household, day: date) -> list[Membership]:
    household.ends_on = max(household.starts_on, day)
    rows = Membership.objects.filter(community=household.community_id, household=household, state__in=OPEN)
    listed = list(rows.select_related("person").order_by("created_at", "pk"))
    for membership in listed:
        members.leave(membership, by=SYSTEM, ends_on=day)
    return listed
