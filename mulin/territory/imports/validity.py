"""The days on which codes of divisions were valid, and making them what an edition says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from mulin import sql
from mulin.kernel.engine import save_rows
from mulin.kernel.ids import numbers

from ..models import DivisionCode
from .matching import Key

BATCH = 5_000
Day = str  # in ISO form
T = TypeVar("T")


class Code(NamedTuple):
    """A code of a division, and the days from which and before which it was valid."""

    id: Key
    division: Key
    code: str
    starts: Day
    ends: Day | None


class Validity:
    """The days on which codes were valid, `ends_on` being the first on which one no longer is.

    An edition speaks for the days from its own to the next one's. What it says is cut out of what was there, or added
    and joined to it; so the order in which editions come makes no difference, and no code has two divisions on a day.
    """

    def __init__(self, day: Day, after: Day | None, codes: list[Code], on_day: list[Code]) -> None:
        self.day, self.after, self.codes, self.on_day = day, after, codes, on_day
        self.ending: dict[Day | None, list[Key]] = {}  # the new ends_on, and whose
        self.starting: dict[Day, list[Key]] = {}
        self.dropped: list[Key] = []
        self.left: set[Key] = set()  # the divisions that may be without a code now
        self.made: list[tuple[Any, ...]] = []

    def write(self, said: dict[str, Key]) -> None:
        """Make the codes of this day what the edition says."""
        held = self._cut(said)
        self._add((code, division) for code, division in said.items() if code not in held)
        for ids in batches(self.dropped):
            DivisionCode.objects.filter(pk__in=ids).delete()
        for column, changes in (("ends_on", self.ending), ("starts_on", self.starting)):
            for day, keys in changes.items():
                for ids in batches(keys):
                    DivisionCode.objects.filter(pk__in=ids).update(**{column: day})
        for rows in batches(self.made):
            save_rows(DivisionCode, [(key, *row) for key, row in zip(new_keys(len(rows)), rows, strict=True)])

    def _cut(self, said: dict[str, Key]) -> set[str]:
        """End what the edition does not say, until the next one; return the codes that stand already."""
        held = set()
        for one in self.on_day:
            if said.get(one.code) == one.division:
                held.add(one.code)
                continue
            goes_on = self.after and (one.ends is None or one.ends > self.after)
            if one.starts < self.day:
                self.ending.setdefault(self.day, []).append(one.id)
                if goes_on and self.after:
                    self._make(one.code, one.division, self.after, one.ends)
            elif goes_on and self.after:
                self.starting.setdefault(self.after, []).append(one.id)
            else:
                self.dropped.append(one.id)
                self.left.add(one.division)
        return held

    def _add(self, codes: Iterable[tuple[str, Key]]) -> None:
        before = {(one.code, one.division): one for one in self.codes if one.ends == self.day}
        behind = {(one.code, one.division): one for one in self.codes if self.after and one.starts == self.after}
        for key in codes:
            earlier, later = before.get(key), behind.get(key)
            if earlier and later:
                self.dropped.append(later.id)
                self.ending.setdefault(later.ends, []).append(earlier.id)
            elif earlier:
                self.ending.setdefault(self.after, []).append(earlier.id)
            elif later:
                self.starting.setdefault(self.day, []).append(later.id)
            else:
                self._make(*key, self.day, self.after)

    def _make(self, code: str, division: Key, starts: Day, ends: Day | None) -> None:
        self.made.append((division, code, starts, ends))


def new_keys(count: int) -> list[Key]:
    """Make keys of new rows as they lie in the database."""
    return sql.keys(numbers(count))


def batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut rows into those of one statement each."""
    for first in range(0, len(rows), BATCH):
        yield rows[first : first + BATCH]
