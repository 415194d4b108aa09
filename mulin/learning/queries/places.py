"""Where a report may be, from what was written: a place that is named, or where such words were reported before."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.territory import queries as places
from mulin.territory.models import Building, Entrance, Spot

from ..figures.signs import plain
from .lessons import lesson_of
from .material import words_of

MOST, MOST_DOORS, MOST_TEXT = 3, 4, 2_000
_HOUSE = re.compile(r"(?<!\d)\d{1,4}\s*(?:号楼|栋|幢|座)|\b(?:building|block|bldg\.?)\s*\d{1,4}(?!\d)")
_DOOR = re.compile(r"[\s,，的]*(?:\d{1,3}\s*(?:号门|单元|门)|(?:entrance|unit|door)\s*\d{1,3})")


@dataclass(frozen=True)
class Somewhere:
    """A place that may be meant, what speaks for it, and `at`: the code of a door, or a point as "lon,lat"."""

    place: Building | Entrance | Spot
    kind: str
    why: str

    @property
    def at(self) -> str:
        return self.place.code if isinstance(self.place, Entrance) else f"{self.place.lon},{self.place.lat}"


def somewhere(community: Any, text: str) -> list[Somewhere]:
    """Suggest where it may be: what the text names comes first."""
    said = " ".join(unicodedata.normalize("NFKC", text[:MOST_TEXT]).casefold().split())
    if not said:
        return []
    known = places.places(community)
    named = _addressed(community, known, said) or _called(known, said)
    found = [*named, *_told_before(community, known, said)]
    kept: dict[UUID, Somewhere] = {}
    for each in found:
        kept.setdefault(each.place.pk, each)
    return list(kept.values())[:MOST_DOORS]


def _addressed(community: Any, known: places.Places, said: str) -> list[Somewhere]:
    """Find a house by its number, and its door; "三楼" and "3楼" are floors here."""
    house = _HOUSE.search(said)
    if house is None:
        return []
    door = _DOOR.match(said, house.end())
    written = said[house.start() : door.end() if door else house.end()]
    meant = places.find_address(community, written)
    if meant is None or meant.building is None:
        return []
    why = _("you wrote: %(words)s") % {"words": written.strip()}
    if door and meant.entrance_nearby:
        return [Somewhere(meant.entrance_nearby, "entrance", why)]
    return _of(known, meant.building, why)


def _of(known: places.Places, building: Building, why: str) -> list[Somewhere]:
    """Offer a building by its doors, as far as they are few."""
    doors = [door for door in known.entrances if door.building_id == building.pk]
    if not 0 < len(doors) <= MOST_DOORS:
        return [Somewhere(building, "building", why)]
    return [Somewhere(door, "entrance", why) for door in doors]


def _called(known: places.Places, said: str) -> list[Somewhere]:
    """Find what is called by its name: a spot, or a house with a name and no mere number."""
    found: list[Somewhere] = []
    named: tuple[Spot | Building, ...] = (*known.spots, *known.buildings)
    for one in sorted(named, key=lambda place: -len(place.name)):
        name = " ".join(one.name.casefold().split())
        if len(name) < 2 or not re.search(rf"(?<!\d){re.escape(name)}", said):
            continue
        why = _("you wrote: %(words)s") % {"words": one.name}
        found += [Somewhere(one, "spot", why)] if isinstance(one, Spot) else _of(known, one, why)
        if len(found) >= MOST:
            break
    return found


def _told_before(community: Any, known: places.Places, said: str) -> list[Somewhere]:
    """Find where such words were reported before, by enough people."""
    taught = lesson_of(community.pk).places
    often: dict[UUID, tuple[int, str, Building | Entrance]] = {}
    for word in words_of(plain(said)):
        for key, count in taught.get(word, ()):
            one = known.by_id.get(UUID(key))
            if isinstance(one, Building | Entrance) and (one.pk not in often or count > often[one.pk][0]):
                often[one.pk] = (count, word, one)
    listed = sorted(often.values(), key=lambda each: (-each[0], each[1]))[:2]
    return [
        Somewhere(
            one, "entrance" if isinstance(one, Entrance) else "building",
            _("reported there before: %(words)s") % {"words": word},
        )
        for _count, word, one in listed
    ]  # fmt: skip
