"""One place by its kind and id: what it lies in, what it holds, and what is beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import ngettext

from .. import figures
from ..models import Building, Community, Dwelling, Entrance, Grid, GridCell, Spot
from .known import AnyPlace, Places, places

KINDS: dict[str, type[AnyPlace]] = {"grid": Grid, "building": Building, "entrance": Entrance, "spot": Spot}
BESIDE = 6  # neighbours that are shown
# What other modules keep by a place's id alone: each gives the words for what hangs on it, or nothing.
_hanging: list[Callable[[AnyPlace], str]] = []


@dataclass(frozen=True)
class Shown:
    """A place with what is around it. Dwellings are not here: who lives where is asked of another module."""

    kind: str
    place: AnyPlace
    above: tuple[AnyPlace, ...]  # what it lies in, the widest first
    children: tuple[AnyPlace, ...]
    beside: tuple[AnyPlace, ...]  # of its own kind, the nearest first; the doors of the same building in their order
    lon: float
    lat: float


def kinds() -> tuple[str, ...]:
    """Name the kinds of places that have a page."""
    return tuple(KINDS)


def place(community: Community, kind: str, id: UUID) -> Shown | None:
    """Return a place of this community with what is around it; None if there is no such place."""
    known = places(community)
    found = known.by_id.get(id)
    if kind not in KINDS or not isinstance(found, KINDS[kind]):
        return None
    lon, lat = _point(found)
    return Shown(kind, found, _above(found), _children(known, found), _beside(known, kind, found), lon, lat)


def place_to_correct(community: Community, kind: str, id: UUID) -> Building | Entrance | Dwelling | Spot | None:
    """Return a building, entrance, dwelling or spot as it is stored; None if there is no such place."""
    model: Any = {"building": Building, "entrance": Entrance, "dwelling": Dwelling, "spot": Spot}.get(kind)
    if model is None:
        return None
    related = {"entrance": ("building",), "dwelling": ("building", "entrance__building")}.get(kind, ())
    found: Any = model.objects.filter(community=community, pk=id).select_related("community", *related).first()
    return found  # type: ignore[no-any-return]


def _point(place: AnyPlace) -> tuple[float, float]:
    return figures.centre(place.polygon) if isinstance(place, Grid) else (place.lon, place.lat)


def _above(place: AnyPlace) -> tuple[AnyPlace, ...]:
    if isinstance(place, Grid):
        return ()
    if isinstance(place, Entrance):
        return (*_above(place.building), place.building)
    if isinstance(place, Spot) and place.building:
        return (*_above(place.building), place.building)
    return (place.grid,) if place.grid else ()


def _children(known: Places, place: AnyPlace) -> tuple[AnyPlace, ...]:
    if isinstance(place, Grid):
        spots = [spot for spot in known.spots if spot.grid_id == place.pk and spot.building_id is None]
        return (*(one for one in known.buildings if one.grid_id == place.pk), *spots)
    if isinstance(place, Building):
        doors = [door for door in known.entrances if door.building_id == place.pk]
        return (*doors, *(spot for spot in known.spots if spot.building_id == place.pk))
    return ()


def _beside(known: Places, kind: str, place: AnyPlace) -> tuple[AnyPlace, ...]:
    if isinstance(place, Entrance):
        same = [door for door in known.entrances if door.building_id == place.building_id and door.pk != place.pk]
        return tuple(same)
    every: tuple[AnyPlace, ...] = known.grids if kind == "grid" else known.buildings
    every = known.spots if kind == "spot" else every
    here = _point(place)
    others = [(figures.distance(*here, *_point(one)), str(one.pk), one) for one in every if one.pk != place.pk]
    return tuple(one for _metres, _key, one in sorted(others, key=lambda each: each[:2])[:BESIDE])


def hangs(on: Callable[[AnyPlace], str]) -> None:
    """Let a module say what of it hangs on a place, so that the place is not taken away."""
    if on not in _hanging:
        _hanging.append(on)


def hanging_on(place: AnyPlace) -> list[str]:
    """Name what belongs to a place and would be left without it."""
    found = []
    for relation in place._meta.related_objects:
        model = relation.related_model
        if model is GridCell:
            continue
        rows = model._base_manager.filter(community_id=place.community_id, **{relation.field.name: place.pk})
        if count := rows.count():
            words = ngettext("%(count)s entry (%(kind)s)", "%(count)s entries (%(kind)s)", count)
            found.append(words % {"count": count, "kind": model._meta.verbose_name})
    return found + [words for on in _hanging if (words := on(place))]
