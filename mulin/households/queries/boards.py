"""The door board of a building: floors and doors with counts, and no names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mulin.territory.models import Building, Community, Dwelling

from ..flow import OWNED, Home, Member, Own
from ..models import Household, Membership, Ownership

LIVED_IN, EMPTY, UNKNOWN = "lived_in", "empty", "unknown"
FOUND = 50


@dataclass(frozen=True, slots=True)
class Door:
    """One dwelling on the board."""

    dwelling: Dwelling
    people: int
    waiting: int  # who say that they live there
    kind: str  # lived_in, empty, unknown
    owned: bool
    delivered: bool


@dataclass
class Board:
    """The doors of a building, entrance by entrance, the highest floor first."""

    entrances: list[tuple[str, list[tuple[int | None, list[Door]]]]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def doors(dwellings: Iterable[Dwelling], community: Community) -> list[Door]:
    """Say of each dwelling how many live there and whether its owners have it, in three statements."""
    listed = list(dwellings)
    keys = [dwelling.pk for dwelling in listed]
    homes = Household.objects.filter(community=community, dwelling__in=keys)
    ever = set(homes.filter(state=Home.DISSOLVED).values_list("dwelling", flat=True))
    formed = homes.filter(state=Home.FORMED)
    counted = {
        dwelling: (people, waiting)
        for dwelling, people, waiting in formed.values("dwelling")
        .annotate(
            people=Count("memberships", filter=Q(memberships__state=Member.MEMBER)),
            waiting=Count("memberships", filter=Q(memberships__state=Member.DECLARED)),
        )
        .values_list("dwelling", "people", "waiting")
    }
    owned: dict[UUID, set[str]] = defaultdict(set)
    open_rows = Ownership.objects.filter(community=community, dwelling__in=keys, state__in=OWNED)
    for dwelling_id, state in open_rows.values_list("dwelling", "state"):
        owned[dwelling_id].add(state)
    return [_door(dwelling, counted.get(dwelling.pk), dwelling.pk in ever, owned[dwelling.pk]) for dwelling in listed]


def _door(dwelling: Dwelling, counted: tuple[int, int] | None, was_lived_in: bool, owned: set[str]) -> Door:
    people, waiting = counted or (0, 0)
    delivered = Own.DELIVERED in owned
    # Nobody lives where the keys were not given out yet, or whence the last household went.
    is_empty = was_lived_in or counted is not None or (bool(owned) and not delivered)
    kind = LIVED_IN if people else EMPTY if is_empty else UNKNOWN
    return Door(dwelling, people, waiting, kind, bool(owned), delivered)


def board(building: Building) -> Board:
    """Lay out the doors of a building by entrance and floor."""
    rows = Dwelling.objects.filter(community_id=building.community_id, building=building)
    rows = rows.select_related("building", "entrance__building")
    found = doors(sorted(rows, key=_place), building.community)
    laid: dict[str, dict[int | None, list[Door]]] = {}
    for door in found:
        floors = laid.setdefault(door.dwelling.entrance.name if door.dwelling.entrance else "", {})
        floors.setdefault(door.dwelling.floor, []).append(door)
    counts = {kind: sum(door.kind == kind for door in found) for kind in (LIVED_IN, EMPTY, UNKNOWN)}
    counts |= {"all": len(found), "people": sum(door.people for door in found)}
    counts |= {"owned": sum(door.owned for door in found), "delivered": sum(door.delivered for door in found)}
    return Board([(name, list(floors.items())) for name, floors in laid.items()], counts)


def _place(dwelling: Dwelling) -> tuple[Any, ...]:
    entrance = dwelling.entrance.name if dwelling.entrance else ""
    floor = dwelling.floor if dwelling.floor is not None else -1000
    return len(entrance), entrance, -floor, len(dwelling.name), dwelling.name


def buildings_with_counts(community: Community) -> QuerySet[Building]:
    """List the buildings with how many doors they have, how many are lived in and how many delivered."""
    homes = Dwelling.objects.filter(community=community)
    at_home = Membership.objects.filter(
        community=community, household__dwelling=OuterRef("pk"), state=Member.MEMBER, household__state=Home.FORMED
    )
    delivered = Ownership.objects.filter(community=community, dwelling=OuterRef("pk"), state=Own.DELIVERED)
    marked = homes.annotate(lived=Exists(at_home), given=Exists(delivered)).values_list("building", "lived", "given")
    sums: dict[UUID, list[int]] = defaultdict(lambda: [0, 0, 0])
    for building_id, lived, given in marked:
        for place, one in enumerate((1, int(lived), int(given))):
            sums[building_id][place] += one
    rows: QuerySet[Building] = Building.objects.filter(community=community).order_by("number", "name", "pk")
    for building in rows:
        building.doors, building.lived_in, building.delivered = sums[building.pk]  # type: ignore[attr-defined]
    return rows


def doors_found(community: Community, asked: str) -> list[Door]:
    """Find doors by what stands on them, with the house before it if that was typed: 3号楼 1201."""
    *before, name = asked.split()[:3] or [""]
    if not name:
        return []
    rows = Dwelling.objects.filter(community=community, name__istartswith=name)
    for part in before:
        rows = rows.filter(Q(building__name__icontains=part) | Q(entrance__name__icontains=part))
    rows = rows.select_related("building", "entrance__building").order_by("building__number", "building__name", "name")
    return doors(rows[:FOUND], community)
