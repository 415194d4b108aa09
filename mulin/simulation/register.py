"""Who lives where and who owns what in the demo, invented, as rows of the tables that a community brings in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import Random
from typing import Any

from mulin.territory.models import Entrance

from .names import Names

Row = dict[str, Any]
DEVELOPER = "宝翠置业有限公司"
SIZES = ("52.30", "61.75", "68.40", "76.15", "88.92", "94.60", "103.28")
LIVED_IN, DELIVERED, OWNER_LIVES_HERE, UNSOLD = 0.62, 0.97, 0.8, 0.02
SLAB, TOWER = (6, 2), (11, 4)  # floors, doors on each floor of an entrance
THIS_YEAR = 2026


@dataclass
class Someone:
    """A member of a family."""

    name: str
    born_on: date
    relation: str
    phone: str = ""


@dataclass
class Flat:
    """A dwelling, and who lives there."""

    entrance: Entrance
    door: str
    floor: int
    area: str
    family: list[Someone] = field(default_factory=list)
    was_asked: bool = False  # whether its head was asked to take a post

    @property
    def place(self) -> Row:
        return {"building": self.entrance.building.name, "entrance": self.entrance.name}

    @property
    def adults(self) -> list[Someone]:
        return [one for one in self.family if one.born_on.year < THIS_YEAR - 18]


class Register:
    """All flats of the demo with their families, drawn by chance, and the tables made from them."""

    def __init__(self, entrances: Sequence[Entrance], known: Sequence[tuple[str, str, Any]], chance: Random) -> None:
        """`known`: name, phone and entrance of those who are there already and live in one of the flats."""
        self.chance, self.names, self.numbers = chance, Names(chance), count(1)
        self.flats = [flat for entrance in entrances for flat in self._flats_of(entrance)]
        at_home = list(known)
        for flat in self.flats:
            mine = next((one for one in at_home if one[2] and one[2].pk == flat.entrance.pk), None)
            if mine and flat.floor > 1:
                at_home.remove(mine)
                flat.family = [Someone(mine[0], self._born(45, 70), "户主", mine[1]), *self._others(mine[0][0])]
                flat.was_asked = True  # who plays a part of the demo keeps to it
                flat.was_asked = True  # they play their part in the demo as it is: a resident stays one
            elif chance.random() < LIVED_IN:
                flat.family = self._family()

    def dwellings(self) -> Iterator[Row]:
        """Give every flat."""
        for flat in self.flats:
            yield {**flat.place, "name": flat.door, "floor": flat.floor, "area": flat.area, "use": "住宅"}

    def households(self) -> Iterator[Row]:
        """Give everyone who lives here; children under 14 with the adult who agreed."""
        for flat in self.flats:
            for one in flat.family:
                is_child = one.born_on.year > THIS_YEAR - 15
                yield {
                    **flat.place, "door": flat.door, "name": one.name, "phone": one.phone,
                    "born_on": one.born_on.isoformat(), "relation": one.relation, "starts_on": "2019-05-01",
                    "guardian": flat.family[0].name if is_child else "",
                }  # fmt: skip

    def ownerships(self) -> Iterator[Row]:
        """Give the owners: who lives there, alone or half and half, someone elsewhere, or still the developer."""
        for flat in self.flats:
            row = {**flat.place, "door": flat.door, "area": flat.area, "starts_on": "2018-09-30"}
            if self.chance.random() < UNSOLD and not flat.family:
                yield {**row, "organisation": DEVELOPER, "is_delivered": "否"}
                continue
            row["is_delivered"] = "是" if self.chance.random() < DELIVERED else "否"
            owners = flat.adults[:2] if flat.adults and self.chance.random() < OWNER_LIVES_HERE else []
            if not owners:
                yield {**row, "owner": self.names.full(), "phone": self.phone()}
            for one in owners:
                yield {**row, "owner": one.name, "phone": one.phone, "share": "1/2" if len(owners) == 2 else "1/1"}

    def willing(self, entrances: Sequence[Any] | None = None) -> Iterator[Someone]:
        """Name heads of families who take a post, by entrance where that matters; each at most once."""
        wanted = {entrance.pk for entrance in entrances} if entrances is not None else None
        for flat in self.flats:
            if flat.family and not flat.was_asked and (wanted is None or flat.entrance.pk in wanted):
                flat.was_asked = True
                yield flat.family[0]

    def phone(self) -> str:
        """Give a number that nobody has."""
        return f"1380000{next(self.numbers):04}"

    def _flats_of(self, entrance: Entrance) -> Iterator[Flat]:
        polygon = entrance.building.polygon or {"coordinates": [[]]}
        floors, doors = TOWER if _is_tower(polygon["coordinates"][0]) else SLAB
        for floor in range(1, floors + 1):
            for door in range(1, doors + 1):
                yield Flat(entrance, f"{floor}{door:02}", floor, self.chance.choice(SIZES))

    def _family(self) -> list[Someone]:
        surname, oldest = self.names.surname(), self.chance.choice((28, 38, 50, 63, 72))
        head = Someone(self.names.full(surname), self._born(oldest, oldest + 9), "户主", self.phone())
        return [head, *self._others(surname, oldest)]

    def _others(self, surname: str, oldest: int = 50) -> list[Someone]:
        found = []
        if self.chance.random() < 0.68:
            found.append(Someone(self.names.full(), self._born(oldest, oldest + 9), "配偶", self.phone()))
        young = 2 if oldest in (28, 38) else 24
        for _each in range(self.chance.choice((0, 0, 1, 1, 2) if oldest < 60 else (0, 0, 0, 1))):
            age = self.chance.randint(young, young + 9)
            phone = self.phone() if age > 14 else ""
            found.append(Someone(self.names.full(surname), self._born(age, age), "子女", phone))
        if 30 < oldest < 60 and self.chance.random() < 0.15:
            found.append(Someone(self.names.full(), self._born(70, 84), "父母", self.phone()))
        return found

    def _born(self, youngest: int, oldest: int) -> date:
        year = THIS_YEAR - self.chance.randint(youngest, oldest)
        return date(year, self.chance.randint(1, 10), self.chance.randint(1, 28))


def _is_tower(ring: list[Any]) -> bool:
    """Tell a tower from a long house by its outline: it is nearly as deep as it is wide."""
    if not ring:
        return False
    wide = max(x for x, _y in ring) - min(x for x, _y in ring)
    deep = max(y for _x, y in ring) - min(y for _x, y in ring)
    return bool(deep > wide * 0.6)
