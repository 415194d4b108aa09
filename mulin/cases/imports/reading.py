"""Reading the file: all of it, before anything is written, so that a broken file changes nothing."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from mulin.kernel.refusals import Refused

from .mapping import Map

GZIP = b"\x1f\x8b"
PACKED = {
    b"PK\x03\x04": "a ZIP file or a spreadsheet",
    b"\x89PNG": "a picture",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an Excel file",
}


@dataclass(frozen=True)
class Row:
    """One row of the source under the map's own names; `line` is where it ends in the file."""

    number: int
    line: int
    said: dict[str, str]


def read_rows(path: Path, map_: Map) -> list[Row]:
    """Read every row. Raises Refused with what is wrong and what would work."""
    text = _text(path, map_.encoding)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        places = _places(header, map_)
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise _unfit(
                    f"Row {len(rows) + 1} (line {reader.line_num}) has {len(cells)} columns instead of {len(header)}: "
                    "the file is cut off or broken there. Take a whole copy."
                )
            said = {name: cells[at].replace("\0", "") for name, at in places.items()}
            rows.append(Row(len(rows) + 1, reader.line_num, said))
    except csv.Error as error:
        raise _unfit(
            f"The file cannot be read as CSV after row {len(rows)} (line {reader.line_num}): {error}. "
            "Take a whole copy."
        ) from None
    if not rows:
        raise _unfit("The file has no rows.")
    return rows


def _text(path: Path, encoding: str) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unfit(f"The file cannot be read: {path} ({error.strerror}).") from None
    if data.startswith(GZIP):
        try:
            data = gzip.decompress(data)
        except EOFError:
            raise _unfit("The packed file (gzip) ends in the middle. Take a whole copy.") from None
        except (OSError, zlib.error):
            raise _unfit("The packed file (gzip) is damaged. Take a whole copy.") from None
    elif path.suffix == ".gz":
        raise _unfit("The file is named .gz, but is not packed with gzip.")
    for sign, what in PACKED.items():
        if data.startswith(sign):
            raise _unfit(f"This is {what}, no CSV. Save it as CSV (comma-separated) first.")
    try:
        text = data.decode("utf-8-sig" if encoding.lower().replace("-", "") == "utf8" else encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _unfit(
            f"The file is not written in {encoding}: line {line} has other letters. "
            "Save it in that encoding, or name the right one in the map file."
        ) from None
    if not text.strip():
        raise _unfit("The file is empty.")
    return text


def _places(header: list[str], map_: Map) -> dict[str, int]:
    lacking = [column for column in map_.columns.values() if column not in header]
    if len(lacking) == len(map_.columns):
        raise _unfit("The first line holds none of the columns that the map file names: another file, or no CSV.")
    if lacking:
        raise _unfit(f"These columns are missing: {', '.join(lacking)}. Found: {', '.join(header)[:300]}.")
    twice = [column for column in map_.columns.values() if header.count(column) > 1]
    if twice:
        raise _unfit(f"These columns are there twice: {', '.join(twice)}.")
    return {name: header.index(column) for name, column in map_.columns.items()}


def _unfit(words: str) -> Refused:
    return Refused("import_file", words, 422)
