"""Finding the doors and people that tables name, all of a community at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.people.flow import PersonState
from mulin.people.models import Person
from mulin.secrecy.fields import hash_of
from mulin.tables import Row, Table
from mulin.territory.imports.places import Known
from mulin.territory.models import Community, Dwelling


class Doors:
    """The dwellings of a community, to be found by what people write for them."""

    def __init__(self, community: Community) -> None:
        self._known = Known(community)
        houses = {house.pk: house for house in self._known.buildings.values()}
        entrances = {one.pk: one for doors in self._known.entrances.values() for one in doors.values()}
        self._by_name: dict[tuple[UUID, str], list[Dwelling]] = {}
        for dwelling in Dwelling.objects.filter(community=community).order_by("pk"):
            dwelling.community, dwelling.building = community, houses[dwelling.building_id]
            if dwelling.entrance_id:
                dwelling.entrance = entrances[dwelling.entrance_id]
            self._by_name.setdefault((dwelling.building_id, dwelling.name), []).append(dwelling)

    def find(self, table: Table, row: Row) -> Dwelling | None:
        """Find the dwelling that a row names; say so when there is none, or when it may mean several."""
        said = row.values
        building = self._known.house(table, row)
        if building is None:
            return None
        found = self._by_name.get((building.pk, said["door"]), [])
        if said["entrance"]:
            entrance = self._known.entrance(building, said["entrance"])
            found = [one for one in found if entrance and one.entrance_id == entrance.pk]
        if len(found) == 1:
            return found[0]
        if found:
            table.stop(row, "entrance", _("Several doors have this number here. Say at which entrance."))
        else:
            words = _("There is no such door: %(door)s. Bring in the dwellings first, or write it as on the door.")
            table.stop(row, "door", words % {"door": said["door"]})
        return None


@dataclass(slots=True)
class Someone:
    """A person that a row names: known here, or new."""

    person: Person
    phone_hash: str
    is_new: bool
    entrance: UUID | None  # where the list has them now

    @property
    def key(self) -> Any:
        return (self.person.name, self.phone_hash) if self.phone_hash else self.person.pk


_Said = tuple[UUID, str, str, str, UUID | None, str]  # key, name, hash of the number, birth, entrance, state


class Persons:
    """The persons of a community, found by name and number; by name and date of birth where there is no number."""

    def __init__(self, community: Community, kind: str) -> None:
        self.community, self._kind = community, kind
        self._by_phone: dict[tuple[str, str], Someone | _Said] = {}
        self._by_birth: dict[tuple[str, str], Someone | _Said] = {}
        rows = Person.objects.filter(community=community).order_by("-created_at", "-pk")
        said = rows.values_list("pk", "name", "phone_hash", "born_on", "entrance", "state")
        for one in said.iterator(5000):
            _key, name, hashed, born_on, _entrance, _state = one
            if hashed:
                self._by_phone[name, hashed] = one
            elif born_on:
                self._by_birth[name, born_on] = one

    def _met(self, where: dict[tuple[str, str], Someone | _Said], by: tuple[str, str]) -> Someone | None:
        """Make somebody of what was read only when they are asked for: most tables name few of those who are here."""
        found = where.get(by)
        if isinstance(found, tuple):
            key, name, hashed, born_on, entrance, state = found
            person = Person(pk=key, community=self.community, name=name, born_on=born_on, state=state)
            found = where[by] = Someone(person, hashed, False, entrance)
        return found

    def find(self, name: str, phone: str, born_on: date | None = None, *, again: bool = False) -> Someone:
        """Find someone, or make them new. Another row with their number means the same; one without, only `again`."""
        hashed, born = hash_of("phone", phone), born_on.isoformat() if born_on else ""
        where, by = (self._by_phone, (name, hashed)) if hashed else (self._by_birth, (name, born))
        found = self._met(where, by) if by[1] else None
        if found and (hashed or again or not found.is_new):
            return found
        person = Person(
            community=self.community, name=name, phone=phone, born_on=born, kind=self._kind, state=PersonState.HERE
        )
        found = Someone(person, hashed, True, None)
        if hashed:
            self._by_phone[name, hashed] = found
        elif born:
            self._by_birth[name, born] = found
        return found

    def known(self, key: UUID, name: str) -> Someone:
        """Return someone who is here under this key."""
        return Someone(Person(pk=key, community=self.community, name=name, state=PersonState.HERE), "", False, None)
