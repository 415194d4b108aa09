"""Opening a file as sheets of rows, whatever it really is; a file that would fill the memory is refused before."""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import python_calamine as calamine
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.kernel.refusals import Refused

MOST_BYTES = 50_000_000
MOST_UNPACKED = 400_000_000
MOST_CELLS = 25_000_000
Cells = list[list[Any]]
Merged = list[tuple[tuple[int, int], tuple[int, int]]]
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OTHERS = {
    b"%PDF": _l("a PDF"), b"\x89PNG": _l("a picture"), b"\xff\xd8\xff": _l("a picture"),
    b"\x1f\x8b": _l("a packed file"), b"Rar!": _l("a packed file"), b"7z\xbc\xaf": _l("a packed file"),
}  # fmt: skip
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DELIMITERS = (",", ";", "\t")


@dataclass
class Sheet:
    """All cells of a sheet, from its first row and column on, and what its cells alone do not tell."""

    name: str
    cells: Cells
    merged: Merged = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)  # what a formula gives instead of a value


@dataclass
class Book:
    """A file with sheets that are read when they are asked for."""

    names: list[str]
    sheet: Callable[[str], Sheet]
    is_csv: bool = False


def unfit(words: Any, code: str = "table_file") -> Refused:
    """Refuse a file as a whole."""
    return Refused(code, str(words), 422)


def open_book(file: Any, most_bytes: int = MOST_BYTES) -> Book:
    """Open a path, bytes or a file. Raises Refused with what it is and what would work."""
    data = _bytes(file, most_bytes)
    if not data.strip(b"\0 \r\n\t"):
        raise unfit(_("The file is empty."))
    if data.startswith(ZIP):
        return _zipped(data)
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise _locked()
        return _calamine(data, {})
    for sign, kind in OTHERS.items():
        if data.startswith(sign):
            raise unfit(_("This is no table, but: %(kind)s. Save it as Excel (.xlsx) or CSV first.") % {"kind": kind})
    if re.match(rb"\s*<(!doctype|html|table|\?xml|meta)", data[:200].removeprefix(b"\xef\xbb\xbf"), re.I):
        words = _("This is a web page that is only named like a spreadsheet. Open it and save it as .xlsx first.")
        raise unfit(words)
    text = _decoded(data)
    return Book([""], lambda name: Sheet(name, _csv(text)), is_csv=True)


def _bytes(file: Any, most: int) -> bytes:
    if isinstance(file, bytes):
        data = file
    elif hasattr(file, "read"):
        data = file.read(most + 1)
    else:
        with open(file, "rb") as opened:
            data = opened.read(most + 1)
    if len(data) > most:
        words = _("This file is larger than %(most)s MB. Split it into several.")
        raise unfit(words % {"most": most // 1_000_000}, "too_big")
    return data


def _locked() -> Refused:
    return unfit(_("The file is locked with a password. Save a copy without one."), "table_locked")


def _broken() -> Refused:
    words = _("The file is damaged or cut off and cannot be opened. Take a whole copy, or save it as .xlsx again.")
    return unfit(words, "table_broken")


def _calamine(data: bytes, errors: dict[str, dict[tuple[int, int], str]]) -> Book:
    book = _guarded(lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)))

    def sheet(name: str) -> Sheet:
        found = _guarded(lambda: book.get_sheet_by_name(name))
        cells = _guarded(lambda: found.to_python(skip_empty_area=False))
        return Sheet(name, cells, found.merged_cell_ranges or [], errors.get(name, {}))

    return Book(list(book.sheet_names), sheet)


def _guarded(do: Callable[[], Any]) -> Any:
    try:
        return do()
    except calamine.PasswordError:
        raise _locked() from None
    except (calamine.CalamineError, OSError, ValueError):
        raise _broken() from None
    except BaseException as error:
        # A panic of the Rust below arrives as an exception that is not an Exception.
        if type(error).__name__ == "PanicException":
            raise _broken() from None
        raise


def _zipped(data: bytes) -> Book:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
            known = "xl/workbook.xml" in names or "content.xml" in names
            if not known or "xl/workbook.bin" in {name.lower() for name in names}:
                words = _("This is a packed file (ZIP) and no spreadsheet. Unpack it, or save it as .xlsx first.")
                raise unfit(words)
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise _too_wide()
            left, errors = MOST_UNPACKED, {}
            # Every part, whatever its name: which of them is a sheet, the library reads from links of the file's own.
            for part in packed.infolist():
                with packed.open(part) as unpacked:
                    content = unpacked.read(left + 1)
                left -= len(content)
                if left < 0 or _is_too_wide(content):
                    raise _too_wide()
                errors[part.filename] = _errors(content)
            where = _parts_of_sheets(packed) if "xl/workbook.xml" in names else {}
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError):
        raise _broken() from None
    except RuntimeError:  # what zipfile says of a part that needs a password
        raise _locked() from None
    return _calamine(data, {sheet: errors.get(part, {}) for sheet, part in where.items()})


def _too_wide() -> Refused:
    words = _("Unpacked, this file is far too large. Take only the rows and columns that are needed.")
    return unfit(words, "too_big")


# A cell or row beyond column Z or row 210,000, or one that is written in an odd way: normal tables have none, so one
# quick search for each tells.
_OUT = re.compile(rb"""r="(?:[A-Za-z]{2,}\d|[A-Za-z]?(?:\d{7,}|[3-9]\d{5}|2[1-9]\d{4}))""")
_ODD = re.compile(rb"""r(?:\s+=|=[^"])""")
_PLACES = re.compile(rb"""["'\s]r\s*=\s*["']([A-Za-z]*)(\d+)""")
_ODS_COLUMNS = re.compile(rb"""number-columns-repeated\s*=\s*["']([^"']*)""")
_ODS_ROWS = re.compile(rb"""number-rows-repeated\s*=\s*["']([^"']*)""")


def _is_too_wide(content: bytes) -> bool:
    """Tell whether a sheet names cells so far out that the rectangle up to them would not fit into memory."""
    if b"<table:table-row" in content:
        return _ods_cells(content) > MOST_CELLS
    if _OUT.search(content) is None and _ODD.search(content) is None:
        return False
    columns = rows = 1
    for found in _PLACES.finditer(content):
        columns, rows = max(columns, _column(found[1].upper()) + 1), max(rows, int(found[2][:20]))
    return columns * rows > MOST_CELLS


def _ods_cells(content: bytes) -> int:
    """Count the cells of the rectangle around all values of an ODS sheet; what is empty behind them counts nothing."""
    columns = rows = behind = 0
    for row in content.split(b"<table:table-row")[1:]:
        behind += _repeats(_ODS_ROWS, row[: row.find(b"<")])
        last = max(row.rfind(b"office:value"), row.rfind(b"table:formula"))
        if last < 0:
            continue
        filled = row[: row.find(b"<", last)]
        cells = filled.count(b"<table:table-cell") + filled.count(b"<table:covered-table-cell")
        columns = max(columns, cells + (_repeats(_ODS_COLUMNS, filled) if b"-columns-repeated" in filled else 0))
        rows, behind = rows + behind, 0
    return columns * rows


def _repeats(asked: re.Pattern[bytes], said: bytes) -> int:
    """Add up how often something is repeated; what is not written in digits is too often."""
    found = asked.findall(said)
    return sum(int(each) if each.isdigit() and len(each) < 12 else MOST_CELLS + 1 for each in found) or 1


def _column(letters: bytes) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + letter - 64
    return at - 1


# The library gives such a cell as empty, so they are looked up in the file itself.
_ERROR = re.compile(
    rb"""<c\b(?=[^>]*\bt=["']e["'])[^>]*\br=["']([A-Z]+)(\d+)["'][^>]*>.{0,4000}?<v>(#[^<]{2,20})</v>"""
)


def _errors(content: bytes) -> dict[tuple[int, int], str]:
    if b't="e"' not in content and b"t='e'" not in content:
        return {}
    found = _ERROR.finditer(content)
    return {(int(row) - 1, _column(column)): words.decode() for column, row, words in (one.groups() for one in found)}


def _parts_of_sheets(packed: zipfile.ZipFile) -> dict[str, str]:
    """Say which part of the file holds which sheet."""
    book = packed.read("xl/workbook.xml").decode("utf-8", "replace")
    links = packed.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {}
    for link in re.findall(r"<Relationship\b[^>]*>", links):
        said = dict(re.findall(r'(\w+)="([^"]*)"', link))
        targets[said.get("Id")] = "xl/" + said.get("Target", "").removeprefix("/xl/").removeprefix("xl/")
    found = {}
    for sheet in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
        said = dict(re.findall(r'([\w:]+)="([^"]*)"', sheet))
        found[html.unescape(said.get("name", ""))] = targets.get(said.get("r:id", ""), "")
    return found


def _decoded(data: bytes) -> str:
    codes = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for code in codes:
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    words = _("This is no table that can be read. Save it as Excel (.xlsx) or as CSV in UTF-8.")
    raise unfit(words, "table_broken")


def _csv(text: str) -> Cells:
    head = "\n".join(text.splitlines()[:10])
    delimiter = max(DELIMITERS, key=head.count)
    csv.field_size_limit(1_000_000)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        words = _("The file cannot be read as CSV: %(why)s. Save it as CSV again, or as Excel (.xlsx).")
        raise unfit(words % {"why": error}, "table_broken") from None
