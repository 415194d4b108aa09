"""The table of persons: each row is someone known already or somebody new, with one line in the journal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin import sql
from mulin.kernel.engine import adopt, save_adopted, writing
from mulin.secrecy.fields import hash_of
from mulin.tables import Importer, Plan, Row, Table
from mulin.territory.imports.places import Known
from mulin.territory.models import Community, Entrance

from ..figures import today_in
from ..flow import PersonState
from ..models import Person
from .layouts import PERSONS

FIRST_DAY = date(1880, 1, 1)
Key = tuple[str, str | UUID]  # a name and what tells namesakes apart
_SAID = "name, phone_hash, entrance_id, born_on"


class Persons(Importer):
    """Persons of the register, by name and number; by name and home or day of birth where there is no number."""

    key, label, layout, capability = "persons", _l("Persons"), PERSONS, "people.keep"

    def check(self, community: Community, table: Table, *, by: Any) -> Plan:
        """Find homes, and who is here already; say which rows name what is not here."""
        places, here, today = Known(community), _here(community), today_in(community)
        plan, seen = Plan(counts={"new": 0, "known": 0}), dict[Key, int]()
        for row in table.good:
            door = self._door(table, row, places)
            born_on: date | None = row.values["born_on"]
            if born_on and not FIRST_DAY <= born_on <= today:
                table.stop(row, "born_on", _("This date of birth cannot be right. Look at it again."))
            person = sql.fresh(
                Person, community_id=community.pk, name=row.values["name"], phone=row.values["phone"],
                phone_hash=hash_of("phone", row.values["phone"]), kind=row.values["kind"], state=PersonState.HERE,
                entrance_id=door and door.pk, born_on=born_on.isoformat() if born_on else "",
            )  # fmt: skip
            keys = _keys(person.name, person.phone_hash, person.entrance_id, person.born_on)
            if not keys:
                words = _("Give a phone number, a home or a date of birth, so that namesakes can be told apart.")
                table.stop(row, "phone", words)
            if row.number in table.report.stopped:
                continue
            if (first := seen.setdefault(keys[0], row.number)) != row.number:
                table.stop(row, "name", _("Row %(first)s says the same person. Take one out.") % {"first": first})
            elif here.intersection(keys):
                plan.counts["known"] += 1
            else:
                plan.counts["new"] += 1
                plan.rows.append((row.number, keys, person))
        return plan

    def _door(self, table: Table, row: Row, places: Known) -> Entrance | None:
        if not row.values["building"]:
            if row.values["entrance"]:
                table.stop(row, "building", _("Say to which building this entrance belongs."))
            return None
        house = places.house(table, row)
        if house is None:
            return None
        said, doors = row.values["entrance"], places.entrances.get(house.pk, {})
        if said:
            if (door := places.entrance(house, said)) is None:
                words = _("This building has no such entrance: %(name)s. Entrances are: %(names)s.")
                table.stop(row, "entrance", words % {"name": said, "names": ", ".join(doors) or "–"})
            return door
        if len(doors) == 1:
            return next(iter(doors.values()))
        table.note(row, "entrance", _("No entrance is given, so the home stays open."))
        return None

    def write(self, community: Community, plan: Plan, *, by: Any, advance: Callable[[int], Any] = int) -> int:
        """Write who is new, a thousand in one transaction; it can be stopped and repeated."""
        made = 0
        for batch in plan.batches():
            with writing(community.pk) as turn:
                here = _here(community, [(keys, person) for _number, keys, person in batch])
                new = [(number, person) for number, keys, person in batch if not here.intersection(keys)]
                for number, person in new:
                    adopt(turn, person, by=by, details={"row": number})
                if new:
                    save_adopted([person for _number, person in new])
            made += len(new)
            advance(len(batch))
        return made


def _keys(name: str, phone_hash: str, entrance: UUID | None, born_on: str) -> list[Key]:
    """Name what a person is found by, the surest first."""
    said = (phone_hash, entrance, born_on)
    # Who gave a number is not taken for a namesake behind the same door: father and son often have one name.
    return [(name, one) for one in (said[:1] if phone_hash else said[1:]) if one]


def _here(community: Community, batch: list[tuple[list[Key], Person]] | None = None) -> set[Key]:
    """Collect by what the people of a community are found; of a batch, only those who could be the same."""
    if batch is None:
        rows = sql.read(f"SELECT {_SAID} FROM people_person WHERE community_id = %s", community.pk)
    else:
        hashes = {keys[0][1] for keys, person in batch if person.phone}
        names = {person.name for _keys, person in batch if not person.phone}
        rows = sql.among(Person, "name, phone_hash, NULL, ''", community.pk, "phone_hash", hashes)
        rows += sql.among(Person, _SAID, community.pk, "name", names)
    birth: Any = Person._meta.get_field("born_on")
    found: set[Key] = set()
    for name, phone_hash, entrance, born_on in rows:
        said = (phone_hash, entrance and sql.key(entrance), birth.from_db_value(born_on))
        found.update((name, one) for one in said if one)
    return found
