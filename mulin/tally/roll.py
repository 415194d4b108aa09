"""The roll: who may vote, and with how many heads, how much area and how many shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from .malformed import Malformed

Amount = Annotated[int, msgspec.Meta(ge=0, le=10_000_000_000)]
DEVELOPER = "developer"


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True, gc=False, order=True):
    """One voice on the roll, under a key that everyone may see; in a file a row of these four."""

    key: str
    heads: Amount = 1
    area: Amount = 0  # in 0.01 m²
    shares: Amount = 0


class Roll(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everyone who may vote. `seats` counts a body's seats, the vacant ones with them, where all seats are the base."""

    entries: tuple[Entry, ...]
    seats: Amount | None = None


class Unit(msgspec.Struct, frozen=True):
    """A dwelling as the roll of owners knows it."""

    dwelling: str
    area: int  # in 0.01 m²
    owners: tuple[str, ...] = ()
    developer: bool = False  # not sold yet
    delivered: bool = True  # handed over to whoever bought it
    shares: int = 0


class Pool(msgspec.Struct, frozen=True):
    """One entry, with the dwellings and owners it was made of; no owners: the developer's."""

    entry: Entry
    dwellings: tuple[str, ...]
    owners: tuple[str, ...]


def pool(units: Sequence[Unit], headcount: Literal["by_owner", "by_unit"] = "by_owner") -> tuple[Pool, ...]:
    """Make entries of dwellings and owners: joint owners are one head, whatever the developer still has is one."""
    _must_be_sound(units)
    groups: dict[tuple[str, ...], list[Unit]] = {}
    for unit in sorted(units, key=lambda unit: unit.dwelling):
        groups.setdefault(_voice(unit, headcount), []).append(unit)
    width = max(4, len(str(len(groups))))
    return tuple(
        Pool(
            Entry(f"R-{number:0{width}}", 1, sum(unit.area for unit in held), sum(unit.shares for unit in held)),
            tuple(unit.dwelling for unit in held),
            () if _is_developers(held[0]) else tuple(sorted(set(held[0].owners))),
        )
        for number, held in enumerate(groups.values(), 1)
    )


def roll_of(pools: Sequence[Pool]) -> Roll:
    """Make the roll of what was pooled."""
    return Roll(tuple(pool.entry for pool in pools))


def _is_developers(unit: Unit) -> bool:
    return unit.developer or not unit.delivered


def _voice(unit: Unit, headcount: str) -> tuple[str, ...]:
    """Name what shares one head with this dwelling."""
    if _is_developers(unit):
        return (DEVELOPER,)
    return ("unit", unit.dwelling) if headcount == "by_unit" else ("owners", *sorted(set(unit.owners)))


def _must_be_sound(units: Sequence[Unit]) -> None:
    seen: set[str] = set()
    for at, unit in enumerate(units):
        where = ("units", at)
        if unit.dwelling in seen:
            raise Malformed("unit_double", where, unit=unit.dwelling)
        if unit.area <= 0 or unit.shares < 0:
            raise Malformed("unit_amount", where, unit=unit.dwelling)
        if not unit.owners and not _is_developers(unit):
            raise Malformed("unit_ownerless", where, unit=unit.dwelling)
        seen.add(unit.dwelling)
