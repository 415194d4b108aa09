"""Reading a file against a layout: the right sheet, the row of headings, then every cell; problems go to a report."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refused

from .books import Book, Sheet, open_book, unfit
from .layouts import Column, Layout, bare
from .report import Report

MOST_ROWS = 200_000
HEAD_ROWS = 10  # headings are looked for in so many rows
SHEETS = 20
_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}


@dataclass(slots=True)
class Row:
    """One row that can be read, under the number that the spreadsheet shows."""

    number: int
    values: dict[str, Any]


@dataclass
class Table:
    """What a sheet holds: rows whose cells are all readable, and what was found in the others."""

    layout: Layout
    report: Report
    rows: list[Row] = field(default_factory=list)

    def stop(self, row: Row, column: str, words: Any) -> None:
        """Say of a row what keeps it outside, under the heading that the file's people know."""
        self.report.stop(row.number, self.layout.column(column).head if column else "", words)

    def note(self, row: Row, column: str, words: Any) -> None:
        """Say of a row what is worth knowing."""
        self.report.note(row.number, self.layout.column(column).head if column else "", words)

    @property
    def good(self) -> Iterator[Row]:
        """Go through the rows that nothing stops."""
        for at, row in enumerate(self.rows):
            if at % 10_000 == 0:
                gc.freeze()  # what was made of the rows so far stays, too; see `at_rest`
            if row.number not in self.report.stopped:
                yield row


@dataclass
class _Head:
    row: int  # from 0
    places: dict[str, int]  # column name -> place
    twice: list[str]
    unknown: list[str]
    ends: int = 0  # the first row below it


def read_table(file: Any, layout: Layout, *, filename: str = "", sheet: str = "", most: int = MOST_ROWS) -> Table:
    """Read Excel, ODS or CSV. What is wrong in a row is reported; Refused is raised for no such table."""
    book = open_book(file)
    found, head = _find(book, layout, sheet)
    report = Report(file=filename or _name(file), sheet=found.name)
    lacking = [column.head for column in layout.columns if column.required and column.name not in head.places]
    if lacking:
        words = _("These columns are missing: %(missing)s. Found: %(found)s.")
        heads = _(", ").join(str(cell) for cell in found.cells[head.row] if str(cell).strip())[:300]
        raise unfit(words % {"missing": _(", ").join(lacking), "found": heads}, "table_columns")
    if head.twice:
        words = _("These columns are there twice: %(names)s.")
        raise unfit(words % {"names": _(", ").join(head.twice)}, "table_columns")
    if len(found.cells) - head.ends > most and sum(map(any, found.cells)) > most:
        words = _("This sheet has more than %(most)s rows. Split it into several files.")
        raise unfit(words % {"most": f"{most:,}"}, "too_big")
    for heading in head.unknown:
        report.note(head.row + 1, heading, _("This column is not known here and is left out."))
    table = Table(layout, report)
    _Reader(table, found, head)()
    if not report.rows:
        raise unfit(_("There is not one row below the headings. Fill in the table first."), "table_empty")
    return table


def _name(file: Any) -> str:
    return "" if isinstance(file, bytes) else Path(str(getattr(file, "name", file))).name


def _find(book: Book, layout: Layout, wanted: str) -> tuple[Sheet, _Head]:
    """Choose the sheet: the one that was named, the one that the template names, or the first with such headings."""
    names = book.names
    if wanted and not book.is_csv:
        if wanted not in names:
            words = _("There is no sheet of this name: %(name)s. Sheets are: %(names)s.")
            raise unfit(words % {"name": wanted, "names": _(", ").join(names)}, "table_sheet")
        names = [wanted]
    elif layout.sheet in names:
        names = [layout.sheet, *(name for name in names if name != layout.sheet)]
    best: tuple[Sheet, _Head] | None = None
    for name in names[:SHEETS]:
        sheet = book.sheet(name)
        if (head := _head(sheet, layout)) is None:
            continue
        if all(column.name in head.places for column in layout.columns if column.required):
            return sheet, head
        if best is None or len(head.places) > len(best[1].places):
            best = sheet, head
    needed = sum(column.required for column in layout.columns)
    if best is not None and len(best[1].places) * 2 >= min(needed, len(layout.columns)):
        return best
    raise _wrong_sheet(book, layout)


def _wrong_sheet(book: Book, layout: Layout) -> Refused:
    said = {"headings": layout.headings, "names": _(", ").join(book.names)[:300], "rows": HEAD_ROWS}
    if book.is_csv:
        words = _("The first %(rows)s lines do not hold the headings of this table. Needed are: %(headings)s.")
    else:
        words = _(
            "No sheet has the headings of this table in its first %(rows)s rows. "
            "Sheets are: %(names)s. Needed are: %(headings)s."
        )
    return unfit(words % said, "table_sheet")


def _head(sheet: Sheet, layout: Layout) -> _Head | None:
    """Find the row of headings: the one with the most that are known."""
    best: _Head | None = None
    for row, cells in enumerate(sheet.cells[:HEAD_ROWS]):
        head = _Head(row, {}, [], [], row + 1)
        for place, cell in enumerate(cells):
            if not (said := str(cell).strip()):
                continue
            column = layout.by_heading.get(bare(said))
            if column is None:
                head.unknown.append(said[:60])
            elif column.name in head.places:
                head.twice.append(said)
            else:
                head.places[column.name] = place
        if head.places and (best is None or len(head.places) > len(best.places)):
            best = head
    if best is not None:
        for (top, _left), (bottom, _right) in sheet.merged:
            if top <= best.row <= bottom:
                best.ends = max(best.ends, bottom + 1)
    return best


class _Reader:
    """Goes through the rows once."""

    def __init__(self, table: Table, sheet: Sheet, head: _Head) -> None:
        self.table, self.sheet, self.head, self.report = table, sheet, head, table.report
        layout = table.layout
        self.columns = [(column, head.places[column.name]) for column in layout.columns if column.name in head.places]
        self.absent = {column.name: column.empty for column in layout.columns if column.name not in head.places}
        self.examples = [str(column.example) for column, _place in self.columns]
        self.seen: dict[Any, int] = {}
        self.key = itemgetter(*layout.key) if layout.key else None
        self.plan = [(place, column.name, column.read, column.empty, column) for column, place in self.columns]

    def __call__(self) -> None:
        covered = self._merged()
        for at in range(self.head.ends, len(self.sheet.cells)):
            cells = self.sheet.cells[at]
            if not any(cells) and all(cell == "" for cell in cells):
                continue
            if at == self.head.ends and self._is_example(cells):
                self.report.note(at + 1, "", _("This is the example row of the template; it is left out."))
                continue
            self.report.rows += 1
            if at in covered:
                self.report.stopped.add(at + 1)
                continue
            values = self._values(at, cells)
            if values is not None and not self._is_double(at + 1, values):
                self.table.rows.append(Row(at + 1, values))

    def _is_example(self, cells: list[Any]) -> bool:
        if not any(self.examples):
            return False
        said = [str(cells[place]).strip() if place < len(cells) else "" for _column, place in self.columns]
        return said == self.examples

    def _values(self, at: int, cells: list[Any]) -> dict[str, Any] | None:
        values, width, stopped = dict(self.absent), len(cells), False
        for place, name, read, empty, column in self.plan:
            value = cells[place] if place < width else ""
            if value.__class__ is str:
                value = value.strip()
                if not value or value[0] in "#'":
                    value, error = self._odd(value, at, place)
                    if error or (not value and column.required):
                        self._lacks(at + 1, column, error)
                        stopped = True
                    if not value:
                        values[name] = empty
                        continue
            try:
                values[name] = read(value)
            except (ValueError, ValidationError) as problem:
                self.report.stop(at + 1, column.head, _words(problem))
                stopped = True
        return None if stopped else values

    def _odd(self, value: str, at: int, place: int) -> tuple[str, str]:
        """Return the value of a cell that is empty or begins oddly, and what a formula in it gives instead."""
        if value.startswith("'") and value[1:2] in {"=", "+", "-", "@"}:
            return value[1:], ""
        error = value if value in _ERRORS else self.sheet.errors.get((at, place), "") if not value else ""
        return "" if error else value, error

    def _lacks(self, row: int, column: Column, error: Any) -> None:
        if error:
            words = _("The formula in this cell gives %(error)s. Write the value itself.") % {"error": error}
        else:
            words = _("This cell is empty and must be filled in.")
        self.report.stop(row, column.head, words)

    def _is_double(self, row: int, values: dict[str, Any]) -> bool:
        if self.key is None:
            return False
        first = self.seen.setdefault(self.key(values), row)
        if first == row:
            return False
        heads = _(", ").join(self.table.layout.column(name).head for name in self.table.layout.key)
        words = _("This row says the same as row %(first)s. Take one of them out.") % {"first": first}
        self.report.stop(row, heads, words)
        return True

    def _merged(self) -> set[int]:
        """Report merged cells below the headings: only the first of them has the value."""
        covered: set[int] = set()
        places = {place: column for column, place in self.columns}
        for (top, left), (bottom, right) in self.sheet.merged:
            met = [column for place, column in places.items() if left <= place <= right]
            if top < self.head.ends or not met:
                continue
            words = _(
                "The cells %(cells)s are merged, so only the first holds the value. Unmerge them and fill in each."
            )
            where = {"cells": f"{_letters(left)}{top + 1}:{_letters(right)}{bottom + 1}"}
            self.report.stop(top + 1, _(", ").join(column.head for column in met), words % where)
            covered.update(range(top, min(bottom, len(self.sheet.cells)) + 1))
        return covered


def _letters(place: int) -> str:
    said, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        said = chr(65 + rest) + said
    return said


def _words(problem: ValueError | ValidationError) -> str:
    if isinstance(problem, ValidationError):
        return " ".join(map(str, problem.messages))
    return str(problem)
