"""Finding the doors and people that tables name, all of a community at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin import sql
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
        self._by_name: dict[tuple[UUID, str], list[Dwelling]] = {}
        names = ("id", "building_id", "entrance_id", "name", "area")
        for said in Dwelling.objects.filter(community=community).order_by("pk").values_list(*names).iterator(5000):
            dwelling = sql.fresh(Dwelling, community_id=community.pk, **dict(zip(names, said, strict=True)))
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
        return (self.person.name, self.phone_hash) if self.phone_hash else self.person.id


_Said = tuple[Any, ...]  # key, name, hash of the number, birth, entrance, state: as they lie in the database
_SAID = """
    SELECT id, name, phone_hash, born_on, entrance_id, state FROM people_person WHERE community_id = %s
    ORDER BY created_at DESC, id DESC
"""


class Persons:
    """The persons of a community, found by name and number; by name and date of birth where there is no number."""

    def __init__(self, community: Community, kind: str) -> None:
        self.community, self._kind = community, kind
        birth: Any = Person._meta.get_field("born_on")
        self._birth: Callable[[str], str] = birth.from_db_value
        self._by_phone: dict[tuple[str, str], Someone | _Said] = {}
        self._by_birth: dict[tuple[str, str], Someone | _Said] = {}
        for one in sql.read(_SAID, community.pk):
            _key, name, hashed, born_on, _entrance, _state = one
            if hashed:
                self._by_phone[name, hashed] = one
            elif born_on:
                self._by_birth[name, self._birth(born_on)] = one

    def _met(self, where: dict[tuple[str, str], Someone | _Said], by: tuple[str, str]) -> Someone | None:
        """Make somebody of what was read only when they are asked for: most tables name few of those who are here."""
        found = where.get(by)
        if isinstance(found, tuple):
            key, name, hashed, born, entrance, state = found
            born_on = by[1] if not hashed else self._birth(born)
            person = self._person(id=sql.key(key), name=name, born_on=born_on, state=state)
            found = where[by] = Someone(person, hashed, False, entrance and sql.key(entrance))
        return found

    def find(self, name: str, phone: str, born_on: date | None = None, *, again: bool = False) -> Someone:
        """Find someone, or make them new. Another row with their number means the same; one without, only `again`."""
        hashed, born = hash_of("phone", phone), born_on.isoformat() if born_on else ""
        where, by = (self._by_phone, (name, hashed)) if hashed else (self._by_birth, (name, born))
        found = self._met(where, by) if by[1] else None
        if found and (hashed or again or not found.is_new):
            return found
        person = self._person(name=name, phone=phone, born_on=born, kind=self._kind, state=PersonState.HERE)
        found = Someone(person, hashed, True, None)
        if hashed:
            self._by_phone[name, hashed] = found
        elif born:
            self._by_birth[name, born] = found
        return found

    def known(self, key: UUID, name: str) -> Someone:
        """Return someone who is here under this key."""
        return Someone(self._person(id=key, name=name, state=PersonState.HERE), "", False, None)

    def _person(self, **values: Any) -> Person:
        return sql.fresh(Person, community_id=self.community.pk, **values)
