"""The national list of divisions, in editions of several years: own keys, and codes with the days they were valid."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from mulin import sql
from mulin.journal.log import Entry
from mulin.journal.models import INSTALLATION, Detail
from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import save_rows, writing
from mulin.kernel.refusals import Refused

from ..actions import founding_head
from ..models import Division
from .editions import Edition, Row, read_edition
from .matching import Key, Known, match, plain
from .validity import Code, Day, Validity, batches, new_keys

MOST_EXAMPLES = 1_000
KIND, VERB = "territory.division", "import"


class Change(NamedTuple):
    """One division that is not as it was: new, renamed, moved (code or what it belongs to) or gone."""

    what: str
    code: str
    name: str
    was: str


@dataclass
class Divisions:
    """What an edition brought. `counts`: new, renamed, spelled (only written otherwise), moved, gone, same."""

    starts_on: date
    digest: str
    counts: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)  # the first thousand
    is_done: bool = False

    @property
    def is_unchanged(self) -> bool:
        return not any(count for what, count in self.counts.items() if what != "same")

    def tell(self, what: str, code: str, name: str, was: str = "") -> None:
        """Count a division, and keep it as an example."""
        self.counts[what] += 1
        if what not in {"same", "spelled"} and len(self.changes) < MOST_EXAMPLES:
            self.changes.append(Change(what, code, name, was))


def import_divisions(
    path: Path | Edition, *, edition: int | date | None = None, advance: Callable[[int], None] | None = None,
    by: Any = SYSTEM, dry_run: bool = False,
) -> Divisions:  # fmt: skip
    """Bring in an edition of the national list: a folder of five files, or one file with all levels.

    Editions may come in any order, also an older one later; each day's codes are then the same. A division keeps its
    key through all of them; `matching` says how it is recognised. Nothing is deleted: what is gone keeps its row,
    and its code ends on the first day of the edition that lacks it. Names are those of the newest edition.

    One province is one transaction and one line in the installation's journal, with the counts and the hash of the
    file: 620,000 rows each with a line of their own would say no more. Stopped and run again, it goes on; run
    twice, nothing is new. A province's rows are let go of once they are written.
    """
    if by is not SYSTEM:
        raise Refused("not_yours", _("Divisions are brought in by whoever runs the machine: mulin import."), 403)
    read = path if isinstance(path, Edition) else read_edition(path, edition)
    told = Divisions(read.starts_on, read.digest)
    with sql.unmapped():
        known, alone = _editions(), _alone()
        for province in list(read.provinces):
            rows = list(read.provinces[province] if dry_run else read.provinces.pop(province))
            _Province(province, rows, read, told, known.get(province, {}), alone).bring(dry_run)
            if advance:
                advance(len(rows))
    told.is_done = not dry_run
    return told


def _editions() -> dict[str, dict[date, str]]:
    """Return which editions of which province are here, with the hash of their files."""
    found: dict[str, dict[date, str]] = {}
    lines = Detail.objects.filter(community_id=INSTALLATION, noun_kind=KIND, verb=VERB).order_by("seq")
    for body in lines.values_list("body", flat=True):
        said = json.loads(body)["details"]
        found.setdefault(said["province"], {})[date.fromisoformat(said["edition"])] = said["sha256"]
    return found


# Keys as they lie in the database and days as ISO texts: to make objects of them would take most of the time.
_ALONE = """
    SELECT division.id, division.name, division.level, division.parent_id FROM territory_division division
    LEFT JOIN territory_divisioncode code ON code.division_id = division.id WHERE code.id IS NULL
"""
_CODES = """
    SELECT id, division_id, code, CAST(starts_on AS text), CAST(ends_on AS text) FROM territory_divisioncode
    WHERE code >= %s AND code < %s
"""
_CODED = """
    SELECT id, name, level, parent_id FROM territory_division
    WHERE id IN (SELECT division_id FROM territory_divisioncode WHERE code >= %s AND code < %s)
"""


def _alone() -> dict[Key, Known]:
    """Return the divisions without any code: each may be recognised, wherever it lies."""
    return {row[0]: Known(*row) for row in sql.read(_ALONE)}


class _Province:
    """One province in one edition."""

    def __init__(
        self, prefix: str, rows: list[Row], edition: Edition, told: Divisions, known: dict[date, str],
        alone: dict[Key, Known],
    ) -> None:  # fmt: skip
        self.prefix, self.rows, self.told, self.digest, self.alone = prefix, rows, told, edition.digest, alone
        day = self.starts_on = edition.starts_on
        self.day, self.is_known = day.isoformat(), day in known
        self.is_same_file = known.get(day) == edition.digest
        self.before = max((one.isoformat() for one in known if one < day), default=None)
        self.after = min((one.isoformat() for one in known if one > day), default=None)
        self.old: dict[Key, Known] = {}
        self.codes: list[Code] = []
        self.on: dict[Day | None, list[Code]] = {None: []}  # the codes that hold on each day that is asked
        self.found: dict[str, Known] = {}
        self.made: list[tuple[Any, ...]] = []
        self.changed: list[tuple[Any, ...]] = []

    def bring(self, dry_run: bool) -> None:
        """Match the rows and write what is new, in one transaction."""
        if self.is_same_file:
            self.told.counts["same"] += len(self.rows)
            return
        self._load()
        fresh = self._match()
        before = Counter(self.told.counts)
        self._judge(fresh)
        self._gone()
        if dry_run:
            return
        with writing(founding_head()) as turn:
            for some in batches(self.made):
                save_rows(Division, some)
            for changed in batches(self.changed):
                save_rows(Division, changed, ("name", "parent"))
            validity = Validity(self.day, self.after, self.codes, self.on[self.day])
            validity.write({row.code: self.found[row.code].id for row in self.rows})
            counts = {what: count for what, count in (self.told.counts - before).items() if count}
            details = {
                "province": self.prefix, "edition": self.starts_on.isoformat(), "sha256": self.digest, "counts": counts,
            }  # fmt: skip
            first = sql.key(self.found[self.rows[0].code].id)
            turn.note(INSTALLATION, Entry(KIND, first, VERB, SYSTEM.actor, now(), details=details))
        self._leave(validity.left)

    def _load(self) -> None:
        here = self.prefix, str(int(self.prefix) + 1)
        self.codes = [Code(*row) for row in sql.read(_CODES, *here)]
        self.old = {row[0]: Known(*row) for row in sql.read(_CODED, *here)}
        for day in (self.day, self.before, self.after):
            if day is not None:
                self.on[day] = [
                    one for one in self.codes if one.starts <= day and (one.ends is None or day < one.ends)
                ]  # fmt: skip

    def _leave(self, left: Collection[Key]) -> None:
        """Keep who is without a code now, for the provinces that follow."""
        for known in self.found.values():
            self.alone.pop(known.id, None)
        for some in batches(list(left)):
            rows = Division.objects.filter(pk__in=some, codes__isnull=True).values_list("pk", flat=True)
            self.alone |= {key: self.old[key] for key in map(sql.kept, rows)}

    def _match(self) -> set[str]:
        if self.is_known:  # the same edition once more, perhaps mended: whoever had the code has it
            mine = {row.code for row in self.rows}
            self.found = {one.code: self.old[one.division] for one in self.on[self.day] if one.code in mine}
        alone = list(self.alone.values())
        days = [day for day in (self.before, self.after) if day]
        references = [[*alone, *self._at(day)] for day in days] or [alone]
        return match(self.rows, references, self.found, new_keys)

    def _at(self, day: Day) -> list[Known]:
        old = ((self.old[one.division], one.code) for one in self.on[day])
        return [Known(known.id, known.name, known.level, known.parent, code) for known, code in old]

    def _judge(self, fresh: set[str]) -> None:
        """Tell what each row is, and keep the divisions to be written, from the top."""
        compared = self.day if self.is_known else self.before or self.after
        codes = {one.division: one.code for one in self.on[compared]}
        later = {one.division for one in self.on[self.after]}
        for row in self.rows:
            known = self.found[row.code]
            parent = self.found[row.parent].id if row.parent else None
            if row.code in fresh:
                self.told.tell("new", row.code, row.name)
                self.made.append((known.id, row.level, row.name, parent))
                continue
            was = codes.get(known.id, row.code)
            if was != row.code or known.parent != parent:
                self.told.tell("moved", row.code, row.name, f"{known.name} {was}")
            elif known.name == row.name:
                self.told.tell("same", row.code, row.name)
                continue
            else:
                is_other = plain(known.name, row.level) != plain(row.name, row.level)
                self.told.tell("renamed" if is_other else "spelled", row.code, row.name, known.name)
            if known.id not in later:
                self.changed.append((known.id, row.level, row.name, parent))

    def _gone(self) -> None:
        here = {known.id for known in self.found.values()}
        compared = self.day if self.is_known else self.before
        for one in self.on[compared]:
            if one.division not in here:
                self.told.tell("gone", one.code, self.old[one.division].name)
