"""Reading one edition of the national list of divisions: five files in a folder, or one file with all levels."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple

import msgspec
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refused

WIDTHS = (2, 4, 6, 9, 12)  # digits of a code, by level
LEVELS = {"province": 1, "city": 2, "county": 3, "area": 3, "town": 4, "street": 4, "village": 5}
# The files of a folder, from the top, and the column in which each names its parent.
FILES = (("provinces", ""), ("cities", "provinceCode"), ("areas", "cityCode"), ("streets", "areaCode"),
         ("villages", "streetCode"))  # fmt: skip


class Row(NamedTuple):
    """One division of an edition. Codes are as short as their level allows."""

    code: str
    name: str
    level: int
    parent: str


class Rows:
    """Rows of one province, packed: the list is long, and only one province is looked at in a time."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._open: list[Row] = []
        self._count = 0

    def append(self, row: Row) -> None:
        """Take in a row."""
        self._open.append(row)
        self._count += 1
        if len(self._open) == AT_ONCE:
            self._packed.append(_pack(self._open))
            self._open = []

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        for packed in self._packed:
            yield from _unpack(packed)
        yield from self._open


AT_ONCE = 2_000  # rows that are packed together
_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(list[Row]).decode


@dataclass
class Edition:
    """A whole list as it stood on a day, its rows by province and from the top; bringing it in uses it up."""

    starts_on: date
    digest: str
    provinces: dict[str, Rows]

    @property
    def size(self) -> int:
        return sum(map(len, self.provinces.values()))


def read_edition(path: Path, edition: int | date | None = None) -> Edition:
    """Read an edition and check that it holds together; its year is told, or stands in a file's name.

    Raises Refused with the row that is wrong.
    """
    files = _files(path)
    digest = sha256()
    for file, _level, _parent in files:
        digest.update(file.read_bytes())
    provinces: dict[str, Rows] = {}
    above: dict[str, str] = {}  # one text for each code that something lies in, since there are very many rows
    for file, level, parent in files:
        for row in _rows(file, level, parent, above):
            if row.level < len(WIDTHS):
                above[row.code] = row.code
            if (rows := provinces.get(row.code[:2])) is None:
                rows = provinces[row.code[:2]] = Rows()
            rows.append(row)
    for rows in provinces.values():
        if len({row.code for row in rows}) < len(rows):
            code, _count = Counter(row.code for row in rows).most_common(1)[0]
            raise _wrong(files[-1][0], 0, _("The code stands here twice: %(code)s.") % {"code": code})
    if not provinces:
        raise Refused("no_divisions", _("There are no divisions in: %(file)s") % {"file": path}, 422)
    return Edition(_day(edition, files), digest.hexdigest(), provinces)


def _files(path: Path) -> list[tuple[Path, int, str]]:
    """List the files from the top, each with the level of its rows (0: a column says so) and its parent's column."""
    if not path.is_dir():
        return [(path, 0, "parent")]
    found = []
    for level, (name, parent) in enumerate(FILES, 1):
        here = sorted([*path.glob(f"{name}*.csv"), *path.glob(f"{name}*.csv.gz")])
        if len(here) != 1:
            words = _("Exactly one file is needed whose name begins with: %(name)s. Found: %(count)s.")
            raise Refused("no_divisions", words % {"name": name, "count": len(here)}, 422)
        found.append((here[0], level, parent))
    return found


def _day(edition: int | date | None, files: list[tuple[Path, int, str]]) -> date:
    if isinstance(edition, date):
        return edition
    years = [found for file, _level, _parent in files for found in re.findall(r"(?:19|20)\d\d", file.name)]
    if edition is None and len(set(years)) != 1:
        raise Refused("no_edition", _("Say the year of this edition, as in: --edition 2023"), 422)
    return date(edition or int(years[0]), 1, 1)


def _open(file: Path) -> IO[str]:
    if file.suffix == ".gz":
        return gzip.open(file, "rt", encoding="utf-8-sig", newline="")
    return file.open(encoding="utf-8-sig", newline="")


def _rows(file: Path, level: int, parent: str, above: dict[str, str]) -> Iterator[Row]:
    with _open(file) as text:
        try:
            lines = csv.reader(text)
            heads = {name.strip(): at for at, name in enumerate(next(lines, []))}
            needed = ["code", "name", *([parent] if parent else []), *([] if level else ["level"])]
            if missing := [name for name in needed if name not in heads]:
                raise _wrong(file, 1, _("Columns are missing: %(names)s.") % {"names": ", ".join(missing)})
            at = [heads.get(name, -1) for name in ("code", "name", parent, "level")]
            for number, line in enumerate(lines, 2):
                if row := _row(file, number, line, at, level, above):
                    yield row
        except (UnicodeDecodeError, csv.Error, gzip.BadGzipFile, EOFError):
            raise _wrong(file, 1, _("This is no CSV file in UTF-8, packed with gzip or not.")) from None


def _row(file: Path, number: int, line: list[str], at: list[int], level: int, above: dict[str, str]) -> Row | None:
    code_at, name_at, parent_at, level_at = at
    try:
        code, name = line[code_at].strip(), line[name_at].strip()[:80]
        if not level:
            if (kind := line[level_at].strip()) == "country":
                return None
            level = LEVELS.get(kind, 0)
        if not (level and name and code.isdecimal() and len(code) in WIDTHS):
            raise _wrong(file, number, _("It needs a code of 2, 4, 6, 9 or 12 digits, a name and a level."))
        if level == 1:
            return Row(short(code, 1), name, 1, "")
        upper = short(line[parent_at].strip(), level - 1) if parent_at >= 0 else ""
    except IndexError:
        raise _wrong(file, number, _("The row is too short.")) from None
    if upper not in above:
        raise _wrong(file, number, _("What it belongs to does not come before it: %(code)s.") % {"code": upper})
    return Row(short(code, level), name, level, above[upper])


def short(code: str, level: int) -> str:
    """Cut a code to the digits of its level, where the rest is only zeros."""
    width = WIDTHS[level - 1]
    return code[:width] if len(code) > width and not code[width:].strip("0") else code


def _wrong(file: Path, number: int, words: str) -> Refused:
    said = {"file": file.name, "row": number, "problem": words}
    return Refused("bad_division", _("%(file)s, row %(row)s: %(problem)s") % said, 422)
