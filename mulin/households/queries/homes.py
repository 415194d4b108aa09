"""Finding a door, a person by two attributes, and who is near a viewer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from mulin.people.models import Person
from mulin.secrecy.fields import hash_of
from mulin.territory.models import Building, Community, Dwelling

from ..flow import OPEN, Home
from ..models import Household, Membership, Ownership


def find_dwelling(building: Building, door: str, entrance: str = "") -> list[Dwelling]:
    """List the dwellings that a door may mean: one, none, or several where the entrance was not said."""
    rows = Dwelling.objects.filter(community_id=building.community_id, building=building, name=door.strip())
    rows = rows.filter(entrance__name=entrance.strip()) if entrance.strip() else rows
    return list(rows.select_related("building", "entrance__building")[:2])


def find_person(community: Community, name: str, phone: str) -> Person | None:
    """Find someone by name and number together; one of them alone finds nobody."""
    hashed = hash_of("phone", phone)
    if not hashed or not name.strip():
        return None
    rows = Person.objects.filter(community=community, name=name.strip(), phone_hash=hashed)
    found: Person | None = rows.order_by("created_at").first()
    return found


def known_owner(dwelling: Dwelling, name: str) -> Person | None:
    """Find someone of this name among the owners, earlier ones too, of a dwelling."""
    rows = Ownership.objects.filter(community_id=dwelling.community_id, dwelling=dwelling, person__name=name.strip())
    owned = rows.select_related("person").order_by("-created_at").first()
    return owned.person if owned else None


def formed_at(dwelling: Dwelling) -> QuerySet[Household]:
    """List the households that live behind a door now."""
    rows: QuerySet[Household] = Household.objects.filter(community_id=dwelling.community_id, dwelling=dwelling)
    return rows.filter(state=Home.FORMED).order_by("label", "created_at")


def persons_near(viewer: Any) -> QuerySet[Person]:
    """List who lives, or says to live, in the viewer's homes; everyone for whoever keeps the list."""
    seen = Membership.objects.visible_to(viewer).filter(state__in=OPEN)
    rows = Person.objects.filter(community_id=viewer.community_id)
    near: QuerySet[Person] = rows.filter(pk__in=seen.values("person"))
    return rows.visible_to(viewer) if viewer.can("people.keep") else near


def dwelling_at(community: Community, key: UUID) -> Dwelling | None:
    """Return a dwelling of a community."""
    rows = Dwelling.objects.filter(community=community, pk=key)
    return rows.select_related("community", "building", "entrance__building").first()


def building_at(community: Community, key: UUID) -> Building | None:
    """Return a building of a community."""
    return Building.objects.select_related("community").filter(community=community, pk=key).first()
