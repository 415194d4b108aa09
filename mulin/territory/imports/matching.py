"""Telling which division of a new edition is which of those we know; no database.

Codes are used again for other places, and names are written in several ways. So, level by level from the top: the same
name within the same division above; then that name elsewhere below the one above that (it moved); then the same code,
if the name is alike (it was renamed). What fits two is left alone: rather a new division than a wrong one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from .editions import Row

T = TypeVar("T", Row, "Known")
Key = Any  # of a division, or what two are compared by

# What follows a name and is written in one edition and not in another.
_COUNCIL = re.compile(r"(?:居民委员会|村民委员会|居民委会|村民委会|居委会|村委会)$")
_OFFICE = re.compile(r"(?:街道办事处|街道办)$")
_KINDS = {
    3: re.compile(r"(?:自治县|自治旗|市|区|县|旗)$"),
    4: re.compile(r"(?:民族乡|街道|地区|镇|乡|苏木|办事处)$"),
    5: re.compile(r"(?:社区|村)$"),
}
ALIKE = 0.5  # more than this part of the shorter name's signs
SURE_CODES = 3
LOWEST = 5  # the level below which nothing lies


@dataclass(slots=True)
class Known:
    """A division that we have: its name now, what it belongs to, and its code on the day that is compared with.

    Keys are as they lie in the database: texts are compared much faster than UUIDs.
    """

    id: Key
    name: str
    level: int
    parent: Key | None
    code: str = ""


def plain(name: str, level: int) -> str:
    """Write a name in one way: what differs after this is another name."""
    if level == 4:
        return _OFFICE.sub("街道", name)
    return stem(name, level) if level == 5 else name


def stem(name: str, level: int) -> str:
    """Leave out what only says of which kind a division is."""
    short = _COUNCIL.sub("", name) if level == 5 else _OFFICE.sub("", name) if level == 4 else name
    kind = _KINDS.get(level)
    return (kind.sub("", short) if kind else short) or short or name


def is_alike(one: str, other: str) -> bool:
    """Tell whether two stems share most of their signs."""
    shared = sum((Counter(one) & Counter(other)).values())
    return shared > ALIKE * min(len(one), len(other))


def match(
    rows: Iterable[Row], references: Iterable[list[Known]], found: dict[str, Known],
    new_keys: Callable[[int], Iterable[Key]],
) -> set[str]:  # fmt: skip
    """Find the division that each row is and add it to `found` by the row's code; return the codes that are new.

    `references` are the divisions of the nearest editions, the nearest first. What `found` holds already stays.
    """
    levels, pools, fresh = by_level(rows), [by_level(reference) for reference in references], set[str]()
    above = {known.id: known.parent for pool in pools for level in pool if level < LOWEST for known in pool[level]}
    above |= {known.id: known.parent for known in found.values() if known.level < LOWEST}
    for level in sorted(levels):
        for pool in pools:
            _Level(level, levels[level], pool.get(level, []), found, above).match()
        lacking = [row for row in levels[level] if row.code not in found]
        for row, key in zip(lacking, new_keys(len(lacking)), strict=True):
            found[row.code] = Known(key, row.name, level, found[row.parent].id if row.parent else None)
        fresh.update(row.code for row in lacking)
        if level < LOWEST:
            for row in levels[level]:
                above.setdefault(found[row.code].id, found[row.code].parent)
    return fresh


def by_level(rows: Iterable[T]) -> dict[int, list[T]]:
    """Share rows out by their level."""
    shared: dict[int, list[T]] = {}
    for row in rows:
        shared.setdefault(row.level, []).append(row)
    return shared


class _Level:
    """The rows of one level that are nobody yet, and the divisions that no row is yet."""

    def __init__(
        self, level: int, rows: list[Row], pool: list[Known], found: dict[str, Known], above: dict[Key, Key | None]
    ) -> None:
        self.level, self.found, self.above = level, found, above
        taken = {found[row.code].id for row in rows if row.code in found}
        self.rows = [row for row in rows if row.code not in found]
        self.pool = [known for known in pool if known.id not in taken] if taken else pool
        self.stems: dict[str, str] = {}

    def match(self) -> None:
        """Try what is surest first."""
        parents = {row.parent: self.found[row.parent].id if row.parent else None for row in self.rows}
        far = {code: self.above.get(key) if key else None for code, key in parents.items()}
        above, stem = self.above, self._stem
        self._pair(lambda row: (parents[row.parent], row.name), lambda known: (known.parent, known.name))
        self._pair(lambda row: (parents[row.parent], stem(row)), lambda known: (known.parent, stem(known)))
        self._pair(lambda row: (far[row.parent], stem(row)),
                   lambda known: (above.get(known.parent) if known.parent else None, stem(known)))  # fmt: skip
        self._pair(lambda row: row.code, lambda known: known.code or None, alike=True)

    def _pair(self, of_row: Callable[[Row], Key], of_known: Callable[[Known], Key], alike: bool = False) -> None:
        """Join the rows and divisions that have the same key, where it is nobody else's."""
        if not self.rows or not self.pool:
            return
        rows, pool = _unique(self.rows, of_row), _unique(self.pool, of_known)
        joined = set()
        for key, row in rows.items():
            known = pool.get(key)
            if known is None or (alike and not self._is_renamed(row, known)):
                continue
            self.found[row.code] = known
            joined.add(known.id)
        self.rows = [row for row in self.rows if row.code not in self.found]
        self.pool = [known for known in self.pool if known.id not in joined]

    def _is_renamed(self, row: Row, known: Known) -> bool:
        # The codes of counties and all above are never given to another place.
        return self.level <= SURE_CODES or is_alike(self._stem(row), self._stem(known))

    def _stem(self, one: Row | Known) -> str:
        found = self.stems.get(one.name)
        if found is None:
            found = self.stems[one.name] = stem(one.name, self.level)
        return found


def _unique(rows: Iterable[T], key_of: Callable[[T], Key]) -> dict[Key, T]:
    found: dict[Key, T] = {}
    twice = set()
    for row in rows:
        key = key_of(row)
        if key in found:
            twice.add(key)
        found[key] = row
    return {key: row for key, row in found.items() if key is not None and key not in twice}
