"""Taking a roll from the registers: owners by mulin.tally.pool, residents, households, seats of a body."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mulin.households.figures import OwnersRow
from mulin.households.flow import Member
from mulin.households.models import Membership
from mulin.households.queries import owners_roll
from mulin.kernel.refusals import Refused
from mulin.people.models import Person
from mulin.tally.roll import Unit, pool
from mulin.territory.models import Dwelling, Use

from ..figures import HOUSEHOLDS, OWNERS, SEATS, masked_unit
from ..models import Vote

MOST_NAMED = 3


@dataclass
class Behind:
    """A person or an organisation behind an entry."""

    person: UUID | None = None
    organisation: UUID | None = None
    speaks: bool = True
    ownerships: list[str] = field(default_factory=list)


@dataclass
class Draft:
    """An entry as the register gives it, before it has a key."""

    source: str
    doors: list[str]
    owners: list[Behind]
    heads: int = 1
    area: int = 0
    shares: int = 0
    name: str = ""  # of a seat: in public from the beginning

    @property
    def unit(self) -> str:
        """Write the masked doors; a seat is public."""
        if self.name:
            return self.name[:200]
        some = ", ".join(masked_unit(door) for door in self.doors[:MOST_NAMED])
        more = len(self.doors) - MOST_NAMED
        return (f"{some} +{more}" if more > 0 else some)[:200]

    @property
    def numbers(self) -> tuple[int, int, int]:
        return self.heads, self.area, self.shares


def drafts(vote: Vote, day: date) -> tuple[list[Draft], int | None]:
    """Take the roll of a vote as of a day, and how many seats there are where it is of seats. Raises Refused."""
    if vote.electorate == SEATS:
        return _seats(vote, day)
    if vote.electorate == OWNERS:
        return _owners(vote, day), None
    rows = _members(vote, day)
    return (_households(rows) if vote.electorate == HOUSEHOLDS else _residents(rows)), None


def here(vote: Vote, path: str = "") -> Q:
    """Say which dwellings lie in the place of a vote, seen from a row that reaches them by a path."""
    fields = {"grid": "building__grid", "building": "building", "entrance": "entrance"}
    if vote.place_kind == "community":
        return Q()
    return Q(**{f"{path}{fields[vote.place_kind]}": vote.place_id})


# ---- owners ----


def _dwellings(vote: Vote) -> QuerySet[Dwelling]:
    rows = Dwelling.objects.filter(here(vote), community=vote.community_id).exclude(use=Use.GARAGE)
    found: QuerySet[Dwelling] = rows.select_related("building", "entrance__building").order_by("pk")
    return found


def _owners(vote: Vote, day: date) -> list[Draft]:
    homes = {home.pk: home for home in _dwellings(vote)}
    held: dict[UUID, list[OwnersRow]] = {}
    for row in owners_roll(vote.community, day):
        if row.dwelling in homes:
            held.setdefault(row.dwelling, []).append(row)
    _must_be_measured([home for home in homes.values() if not home.area])
    units = [_unit(home, held.get(home.pk, [])) for home in homes.values()]
    headcount = vote.rules["headcount"]
    return [_pooled(each, homes, held, headcount == "by_unit") for each in pool(units, headcount)]


def _unit(home: Dwelling, rows: list[OwnersRow]) -> Unit:
    # A home of which nobody is known to be the owner is a head of its own: turnout must not look higher than it is.
    owners = tuple(sorted({_owner(row) for row in rows})) or (f"unknown:{home.pk}",)
    return Unit(str(home.pk), home.area or 0, owners, delivered=not rows or any(row.delivered for row in rows))


def _owner(row: OwnersRow) -> str:
    return f"{row.owner_kind}:{row.owner}"


def _pooled(
    made: Any, homes: dict[UUID, Dwelling], held: dict[UUID, list[OwnersRow]], is_by_unit: bool
) -> Draft:  # fmt: skip
    dwellings = [UUID(key) for key in made.dwellings]
    rows = [row for key in dwellings for row in held.get(key, [])]
    behind: dict[str, Behind] = {}
    for row in rows:
        if not made.owners and row.owner_kind == "person":
            continue  # bought and not handed over: the developer still votes for it
        is_person = row.owner_kind == "person"
        one = Behind(person=row.owner) if is_person else Behind(organisation=row.owner)
        behind.setdefault(_owner(row), one).ownerships.append(str(row.ownership))
    owners = [behind[key] for key in sorted(behind)]
    for owner in owners:
        # Joint owners nominate one of them; until then nobody votes for all.
        owner.speaks = len(owners) == 1
    # By the same owners it is the same entry, whatever they bought or sold since.
    source = made.dwellings[0] if is_by_unit and made.owners else ",".join(made.owners)
    doors = [str(homes[key]) for key in dwellings]
    entry = made.entry
    return Draft(_short(source), doors, owners, entry.heads, entry.area, entry.shares)


def _short(source: str) -> str:
    return sha256(source.encode()).hexdigest()


def _must_be_measured(homes: list[Dwelling]) -> None:
    if homes:
        names = ", ".join(str(home) for home in homes[:MOST_NAMED])
        words = _("Enter the floor area first. Homes without one: %(count)s. Among them: %(names)s.")
        raise Refused("no_area", words % {"count": len(homes), "names": names}, 422)


# ---- residents and households ----


def _members(vote: Vote, day: date) -> list[Membership]:
    rows = Membership.objects.filter(
        here(vote, "household__dwelling__"), community=vote.community_id, state=Member.MEMBER, is_main=True,
        starts_on__lte=day,
    )  # fmt: skip
    listed = rows.for_list().order_by("household__dwelling", "household", "person")
    return [row for row in listed if row.is_adult_on(day)]


def _residents(rows: Iterable[Membership]) -> list[Draft]:
    return [
        Draft(_short(f"person:{row.person_id}"), [str(row.household.dwelling)], [Behind(person=row.person_id)])
        for row in rows
    ]


def _households(rows: Iterable[Membership]) -> list[Draft]:
    found: dict[UUID, Draft] = {}
    for row in rows:
        source = _short(f"household:{row.household_id}")
        one = found.setdefault(row.household_id, Draft(source, [str(row.household.dwelling)], []))
        one.owners.append(Behind(person=row.person_id))
    return list(found.values())


# ---- seats ----


def _seats(vote: Vote, day: date) -> tuple[list[Draft], int]:
    assert vote.body is not None
    # Whoever came into two seats is one member all the same.
    members = {term.person_id: term.person for term in vote.body.sitting(day).select_related("person")}
    rows = sorted(members.values(), key=lambda person: (person.name, person.pk))
    found = [Draft(_short(f"seat:{row.pk}"), [], [Behind(person=row.pk)], name=row.name) for row in rows]
    return found, vote.body.seats


def with_accounts(community: UUID, people: Iterable[UUID | None]) -> set[UUID]:
    """Keep those persons who have an account, and so can be reached here."""
    rows = Person.objects.filter(community=community, pk__in={key for key in people if key})
    return set(rows.exclude(account=None).values_list("pk", flat=True))
