"""Which units can be called, which came to such matters before, how the community wants it, and whose code this is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Case, Max, QuerySet, When
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refused
from mulin.people.figures import ORGANISATION_KINDS
from mulin.people.flow import OrganisationState
from mulin.people.models import Organisation
from mulin.territory.models import Community, Entrance, Spot
from mulin.territory.queries import place_by_code

from ..flow import CallUpState, TurnoutState
from ..models import CallUp, Custom, Turnout

Groups = list[tuple[str, list[Organisation]]]
SUGGESTED = 6


def custom_of(community: Community) -> Custom:
    """Return how a community wants its call-ups; without a word of its own, as usual."""
    return Custom.objects.filter(community=community).first() or Custom(community=community)


def units_here(community: Community, last: Iterable[UUID] = ()) -> QuerySet[Organisation]:
    """List the organisations that can be called: registered, not suspended; those called already stand last."""
    rows = Organisation.objects.filter(community=community, state=OrganisationState.REGISTERED)
    order: list[Any] = ["kind", "name"]
    if keys := list(last):
        order.insert(0, Case(When(pk__in=keys, then=1), default=0))
    found: QuerySet[Organisation] = rows.select_related("parent").order_by(*order)
    return found


def groups(rows: Iterable[Organisation], first: list[Organisation], called: set[UUID]) -> Groups:
    """Put units that are not called yet into groups by their kind, behind those that came to such matters before."""
    first = [row for row in first if row.pk not in called]
    by_kind: dict[str, list[Organisation]] = {kind: [] for kind in ORGANISATION_KINDS}
    for row in rows:
        if row not in first and row.pk not in called:
            by_kind.setdefault(row.kind, []).append(row)
    named = [(str(ORGANISATION_KINDS.get(kind, kind)), units) for kind, units in by_kind.items() if units]
    return [(_("Came to such matters before"), first), *named] if first else named


def suggested(community: Community, topic: str) -> list[Organisation]:
    """List the units that came to matters of this category before, the latest first."""
    if not topic:
        return []
    came = Turnout.objects.filter(community=community, callup__topic=topic, reported_at__isnull=False)
    latest = came.values("organisation").annotate(at=Max("reported_at")).order_by("-at")[:SUGGESTED]
    keys = [row["organisation"] for row in latest]
    rows = {row.pk: row for row in units_here(community).filter(pk__in=keys)}
    return [rows[key] for key in keys if key in rows]


def called_for(community: Community, subject_id: UUID | None) -> set[UUID]:
    """Name the units that are called, or shall be, to one matter now."""
    if subject_id is None:
        return set()
    running = CallUp.objects.filter(community=community, subject_id=subject_id)
    running = running.filter(state__in=(CallUpState.PROPOSED, CallUpState.CALLED))
    rows = Turnout.objects.filter(community=community, callup__in=running.values("pk"))
    return set(rows.exclude(state=TurnoutState.CALLED_OFF).values_list("organisation_id", flat=True))


def is_at(callup: CallUp, code: str) -> bool:
    """Tell whether a plate's code is the one of the call-up's place. Raises Refused for a code of another place."""
    place = place_by_code(callup.community, code)
    if place is None:
        raise Refused("unknown_code", _("This code is not one of ours. Check it, or report in without it."), 422)
    if callup.place_id is None:
        return False
    if callup.place_id in _around(place):
        return True
    words = _("This code is at another place: %(place)s. Scan the one at %(where)s, or report in without it.")
    raise Refused("other_place", words % {"place": place, "where": callup.place_name}, 422)


def _around(place: Entrance | Spot) -> set[UUID | None]:
    building = place.building
    grid = building.grid_id if building else getattr(place, "grid_id", None)
    return {place.pk, building.pk if building else None, grid} - {None}
