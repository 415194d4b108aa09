"""Reading the file: all of it, before anything is written, so that a broken file changes nothing."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.kernel.refusals import Refused

from .mapping import Map

GZIP = b"\x1f\x8b"
PACKED = {
    b"PK\x03\x04": gettext_lazy("a ZIP file or a spreadsheet"),
    b"\x89PNG": gettext_lazy("a picture"),
    b"%PDF": gettext_lazy("a PDF"),
    b"\xd0\xcf\x11\xe0": gettext_lazy("an Excel file"),
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
                words = _(
                    "Row %(row)s (line %(line)s) has %(seen)s columns instead of %(said)s: "
                    "the file is cut off or broken there. Take a whole copy."
                )
                where = {"row": len(rows) + 1, "line": reader.line_num}
                raise _unfit(words % {**where, "seen": len(cells), "said": len(header)})
            said = {name: cells[at].replace("\0", "") for name, at in places.items()}
            rows.append(Row(len(rows) + 1, reader.line_num, said))
    except csv.Error as error:
        words = _("The file cannot be read as CSV after row %(row)s (line %(line)s): %(why)s. Take a whole copy.")
        raise _unfit(words % {"row": len(rows), "line": reader.line_num, "why": error}) from None
    if not rows:
        raise _unfit(_("The file has no rows."))
    return rows


def _text(path: Path, encoding: str) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        words = _("This file cannot be read or written: %(file)s (%(why)s).")
        raise _unfit(words % {"file": path, "why": error.strerror}) from None
    if data.startswith(GZIP):
        try:
            data = gzip.decompress(data)
        except EOFError:
            raise _unfit(_("The packed file (gzip) ends in the middle. Take a whole copy.")) from None
        except (OSError, zlib.error):
            raise _unfit(_("The packed file (gzip) is damaged. Take a whole copy.")) from None
    elif path.suffix == ".gz":
        raise _unfit(_("The file is named .gz, but is not packed with gzip."))
    for sign, what in PACKED.items():
        if data.startswith(sign):
            words = _("This is no CSV, but: %(kind)s. Save it as CSV (comma-separated) first.")
            raise _unfit(words % {"kind": what})
    try:
        text = data.decode("utf-8-sig" if encoding.lower().replace("-", "") == "utf8" else encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        words = _(
            "The file is not written in %(encoding)s: line %(line)s has other letters. "
            "Save it in that encoding, or name the right one in the map file."
        )
        raise _unfit(words % {"encoding": encoding, "line": line}) from None
    if not text.strip():
        raise _unfit(_("The file is empty."))
    return text


def _places(header: list[str], map_: Map) -> dict[str, int]:
    lacking = [column for column in map_.columns.values() if column not in header]
    if len(lacking) == len(map_.columns):
        words = _("The first line holds none of the columns that the map file names: another file, or no CSV.")
        raise _unfit(words)
    if lacking:
        words = _("These columns are missing: %(missing)s. Found: %(found)s.")
        raise _unfit(words % {"missing": ", ".join(lacking), "found": ", ".join(header)[:300]})
    twice = [column for column in map_.columns.values() if header.count(column) > 1]
    if twice:
        raise _unfit(_("These columns are there twice: %(names)s.") % {"names": ", ".join(twice)})
    return {name: header.index(column) for name, column in map_.columns.items()}


def _unfit(words: str) -> Refused:
    return Refused("import_file", words, 422)
