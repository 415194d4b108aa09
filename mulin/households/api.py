"""What homes offer to programs: lists with masked names, one at a time with names and a line of access."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from mulin.api.http import Call
from mulin.api.queries import Asked, Filter
from mulin.api.resources import Resource
from mulin.api.simple import Shown, simple
from mulin.people import actions as people
from mulin.people.figures import masked

from .models import Guardian, Household, Membership, Ownership, Proxy
from .rules import KEEP

DOOR = Filter("door", "string", "What stands on the door.")
BUILDING = Filter("building", "string", "The name of the building.")


class HouseholdShown(Shown):
    """The people behind one door."""

    dwelling: UUID
    door: str
    label: str
    starts_on: date
    ends_on: date | None
    members: int


class MembershipShown(Shown):
    """That somebody lives in a household. The name is masked in lists for who does not live there."""

    household: UUID
    door: str
    person: UUID
    name: str
    relation: str
    is_main: bool
    starts_on: date
    ends_on: date | None


class DeclarationShown(MembershipShown):
    """That somebody says to live here."""


class GuardianShown(Shown):
    """Who speaks for a child."""

    child: UUID
    guardian: UUID
    how: str
    consented_at: str


class OwnershipShown(Shown):
    """An owner's share of a dwelling, in whole numbers; the area is in 0.01 m²."""

    dwelling: UUID
    door: str
    area: int | None
    person: UUID | None
    organisation: UUID | None
    owner: str
    numerator: int
    denominator: int
    delivered_on: date | None
    starts_on: date
    ends_on: date | None


class ProxyShown(Shown):
    """That someone speaks for an owner."""

    ownership: UUID | None
    person: UUID | None
    organisation: UUID | None
    holder: UUID
    starts_on: date
    ends_on: date
    matters: str


def _household(call: Call, home: Household) -> dict[str, Any]:
    counted = getattr(home, "size", None)
    rows = home.memberships.filter(community_id=home.community_id, state="member")
    return {
        "dwelling": home.dwelling_id, "door": str(home.dwelling), "label": home.label, "starts_on": home.starts_on,
        "ends_on": home.ends_on, "members": rows.count() if counted is None else counted,
    }  # fmt: skip


def _membership(call: Call, row: Membership) -> dict[str, Any]:
    return {
        "household": row.household_id, "door": str(row.household.dwelling), "person": row.person_id,
        "name": _name(call, row.person), "relation": row.relation, "is_main": row.is_main, "starts_on": row.starts_on,
        "ends_on": row.ends_on,
    }  # fmt: skip


def _guardian(call: Call, row: Guardian) -> dict[str, Any]:
    at = row.consented_at.isoformat(timespec="minutes") if row.consented_at else ""
    return {"child": row.child_id, "guardian": row.guardian_id, "how": row.consent_how, "consented_at": at}


def _ownership(call: Call, row: Ownership) -> dict[str, Any]:
    owner = _name(call, row.person) if row.person else str(row.organisation)
    return {
        "dwelling": row.dwelling_id, "door": str(row.dwelling), "area": row.dwelling.area, "person": row.person_id,
        "organisation": row.organisation_id, "owner": owner, "numerator": row.numerator,
        "denominator": row.denominator, "delivered_on": row.delivered_on, "starts_on": row.starts_on,
        "ends_on": row.ends_on,
    }  # fmt: skip


def _proxy(call: Call, row: Proxy) -> dict[str, Any]:
    return {
        "ownership": row.ownership_id, "person": row.person_id, "organisation": row.organisation_id,
        "holder": row.holder_id, "starts_on": row.starts_on, "ends_on": row.ends_on, "matters": row.matters,
    }  # fmt: skip


def _name(call: Call, person: Any) -> str:
    # Only who keeps the list sees people with whom they do not live.
    apart = call.viewer.can(KEEP) and person.pk != call.viewer.person_id
    return masked(person.name) if apart else person.name


def _narrow(path: str) -> Callable[[Call, Asked, Any], Any]:
    def narrow(call: Call, asked: Asked, rows: Any) -> Any:
        rows = rows.filter(**{f"{path}dwelling__name": asked["door"]}) if asked["door"] else rows
        named = {f"{path}dwelling__building__name": asked["building"]}
        return rows.filter(**named) if asked["building"] else rows

    return narrow


def _sized(call: Call, asked: Asked, rows: Any) -> Any:
    """Count the members of a page of households in one statement."""
    size = Count("memberships", filter=Q(memberships__state="member"))
    return _narrow("")(call, asked, rows).annotate(size=size)


def _names(resource: Resource, what: str, fields: dict[str, str]) -> Resource:
    """Show one with its names in full, and leave a line of access with each person it is about."""

    def show(call: Call, noun: Any) -> Any:
        shown = resource.show(call, noun)
        for attribute, field in fields.items():
            if person := getattr(noun, attribute):
                people.note_access(person, by=call.viewer, what=what)
                if field:
                    setattr(shown, field, person.name)
        return shown

    return replace(resource, show=show)


def _own(call: Call) -> Membership:
    return Membership(community=call.community, person_id=call.viewer.person_id)  # type: ignore[misc]


_HOMES = (
    "person", "household__community", "household__dwelling__building", "household__dwelling__entrance__building",
)  # fmt: skip
_DOORS = ("community", "dwelling__building", "dwelling__entrance__building")

RESOURCES: tuple[Resource, ...] = (
    simple(
        "households", Household, HouseholdShown, _household, create="form",
        filters=(DOOR, BUILDING), narrow=_sized, related=_DOORS,
    ),
    _names(
        simple(
            "memberships", Membership, MembershipShown, _membership, create="admit",
            asks_first=False, filters=(DOOR, BUILDING), narrow=_narrow("household__"),
            related=_HOMES,
        ),
        "household", {"person": "name"},
    ),
    simple(
        "declarations", Membership, DeclarationShown, _membership, create="declare", draft=_own,
        narrow=lambda call, asked, rows: rows.filter(person_id=call.viewer.person_id),
        related=_HOMES,
    ),
    _names(
        simple(
            "guardians", Guardian, GuardianShown, _guardian, create="name",
            asks_first=False, related=("child", "guardian"),
        ),
        "household", {"child": "", "guardian": ""},
    ),
    _names(
        simple(
            "ownerships", Ownership, OwnershipShown, _ownership, create="register",
            filters=(DOOR, BUILDING), narrow=_narrow(""), related=("person", "organisation", *_DOORS),
        ),
        "ownership", {"person": "owner"},
    ),
    _names(
        simple(
            "proxies", Proxy, ProxyShown, _proxy, create="give",
            asks_first=False, related=("person", "organisation", "holder"),
        ),
        "ownership", {"person": "", "holder": ""},
    ),
)  # fmt: skip
