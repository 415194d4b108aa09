"""What people write for a place: an address found, and places searched by it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from ..models import Building, Community, Dwelling, Entrance
from .known import AnyPlace, Places, first_number, places
from .locating import Place

P = TypeVar("P", Building, Entrance)
MOST_HITS = 10


class Hit(NamedTuple):
    """One place that was searched for."""

    kind: str
    place: AnyPlace | Dwelling

    @property
    def name(self) -> str:
        return str(self.place)


# What people write for a building and for an entrance, in both languages and in either order.
_HOUSE = r"(?:号楼|号院|号|栋|幢|座|楼|building|block|house|bldg\.?|#)"
_DOOR = r"(?:号?门|单元|entrance|unit|door|stairs)"
_HOUSE_FORMS = (rf"(\d+)\s*{_HOUSE}", rf"{_HOUSE}\s*(\d+)")
_DOOR_FORMS = (rf"(\d+)\s*{_DOOR}", rf"{_DOOR}\s*(\d+)")


def find_address(community: Community, text: str) -> Place | None:
    """Return the building, and the entrance if one is named, that an address text means; None if there is none."""
    said = _normal(text)
    known = places(community)
    building, rest = _by_name(known.buildings, said)
    if building is None:
        number, rest = _numbered(said, _HOUSE_FORMS)
        building = next((one for one in known.buildings if number is not None and one.number == number), None)
    if building is None:
        return None
    doors = [door for door in known.entrances if door.building_id == building.pk]
    door, _left = _by_name(doors, rest)
    if door is None:
        number, _left = _numbered(rest, _DOOR_FORMS)
        door = next((one for one in doors if number is not None and first_number(one.name) == number), None)
    return Place(building.grid, building, door)


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _by_name(named: Iterable[P], said: str) -> tuple[P | None, str]:
    for place in sorted(named, key=lambda place: -len(place.name)):
        # "2号楼" is not meant in "12号楼".
        if found := re.search(rf"(?<!\d){re.escape(_normal(place.name))}", said):
            return place, f"{said[: found.start()]} {said[found.end() :]}"
    return None, said


def _numbered(said: str, forms: tuple[str, str]) -> tuple[int | None, str]:
    # "12 building entrance 2" starts with the number, "building 12 entrance 2" with the word.
    ordered = forms if said[:1].isdigit() else forms[::-1]
    for form in (*ordered, r"(\d+)"):
        if found := re.search(form, said):
            return int(found[1]), f"{said[: found.start()]} {said[found.end() :]}"
    return None, said


def search_places(community: Community, text: str, *, dwellings: bool = False) -> list[Hit]:
    """Return up to ten places that a text may mean: names that begin so, the address, other names.

    Dwellings are found only for whoever keeps the register; the caller says so.
    """
    said = _normal(text)
    if not said:
        return []
    known = places(community)
    named = [Hit(kind, one) for kind, one in _named(known, said)]
    hits = [hit for hit in named if _normal(hit.place.name).startswith(said)]
    hits += [*_meant(community, known, text), *named]
    if dwellings:
        hits += _homes(community, text, said)
    kept = dict.fromkeys(hits)
    return list(kept)[:MOST_HITS]


def _meant(community: Community, known: Places, text: str) -> list[Hit]:
    meant = find_address(community, text)
    if meant is None or meant.building is None:
        return []
    if meant.entrance_nearby:
        return [Hit("entrance", meant.entrance_nearby), Hit("building", meant.building)]
    doors = [Hit("entrance", door) for door in known.entrances if door.building_id == meant.building.pk]
    return [Hit("building", meant.building), *doors]


def _named(known: Places, said: str) -> Iterable[tuple[str, AnyPlace]]:
    kinds = (("grid", known.grids), ("building", known.buildings), ("spot", known.spots))
    for kind, every in kinds:
        for one in every:
            if said in _normal(one.name) or (isinstance(one, Building) and said in _normal(one.address)):
                yield kind, one


def _homes(community: Community, text: str, said: str) -> list[Hit]:
    meant = find_address(community, text)
    # The last number of "3-2-1201" is the door's; "1201" alone is looked for in every building.
    numbers = re.findall(r"[0-9a-z]+", said)
    if not numbers:
        return []
    rows = Dwelling.objects.filter(community=community, name__istartswith=numbers[-1])
    if meant and meant.building and len(numbers) > 1:
        rows = rows.filter(building=meant.building)
        if meant.entrance_nearby:
            rows = rows.filter(entrance=meant.entrance_nearby)
    found = rows.select_related("building", "entrance__building").order_by("building__number", "name", "pk")
    return [Hit("dwelling", one) for one in found[:MOST_HITS]]
