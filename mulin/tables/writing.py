"""Writing tables: templates to fill in, and what is here as Excel or CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from .cells import Choice, day, decimal_area, phone, text, whole
from .layouts import Column, Layout

ROWS_TO_FILL = 100_000  # rows of a template that its lists of words reach
ROWS_AT_ONCE = 500
NUMBERS = {whole, decimal_area}


def harmless(value: Any) -> Any:
    """Mark text that a spreadsheet would take for a formula."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return value


def template(layout: Layout) -> bytes:
    """Write an Excel file to fill in: headings, a note for each column, lists to choose from, one example row."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(layout.sheet)
        needed = book.add_format({"bold": True, "bg_color": "#DCEBE4", "border": 1, "text_wrap": True})
        optional = book.add_format({"bold": True, "bg_color": "#F2F2F2", "border": 1, "text_wrap": True})
        words = book.add_format({"num_format": "@"})
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        example = book.add_format({"italic": True, "font_color": "#666666", "num_format": "@"})
        for at, column in enumerate(layout.columns):
            form = days if column.read is day else None if column.read in NUMBERS else words
            sheet.set_column(at, at, max(12, 2 * len(column.head) + 4), form)
            sheet.write_string(0, at, column.head, needed if column.required else optional)
            sheet.write_comment(0, at, note_of(column), {"x_scale": 2})
            sheet.write_string(1, at, str(column.example), example)
            if isinstance(column.read, Choice):
                choices = {"validate": "list", "source": column.read.shown, "ignore_blank": True}
                sheet.data_validation(1, at, ROWS_TO_FILL, at, choices)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def note_of(column: Column) -> str:
    """Say what belongs into a column."""
    needed = _("Must be filled in.") if column.required else _("May stay empty.")
    words = [str(column.help), needed]
    if isinstance(column.read, Choice):
        words.append(_("One of: %(words)s.") % {"words": _(", ").join(column.read.shown)})
    if column.example != "":
        words.append(_("Example: %(example)s") % {"example": column.example})
    return "\n".join(word for word in words if word)


def said(column: Column, value: Any) -> Any:
    """Write a value as a cell of its column that can be read again."""
    if value is None:
        return ""
    if column.say is not None:
        return column.say(value)
    if isinstance(column.read, Choice):
        return column.read.say(value)
    if column.read is decimal_area:
        return f"{value // 100}.{value % 100:02d}"
    return value.isoformat() if isinstance(value, date) else value


def write_xlsx(layout: Layout, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Write rows, by column name, as Excel; text stays text, so nothing in it is ever a formula."""
    out = io.BytesIO()
    with Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(layout.sheet)
        bold = book.add_format({"bold": True})
        for at, column in enumerate(layout.columns):
            sheet.set_column(at, at, max(12, 2 * len(column.head) + 4))
            sheet.write_string(0, at, column.head, bold)
        for number, row in enumerate(rows, 1):
            for at, column in enumerate(layout.columns):
                value = said(column, row.get(column.name))
                if isinstance(value, (int, float)) and not isinstance(value, bool) and column.read is not phone:
                    sheet.write_number(number, at, value)
                elif value != "":
                    sheet.write_string(number, at, str(value))
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def csv_parts(layout: Layout, rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Write rows, by column name, as CSV in UTF-8 with the mark that Excel needs: so many rows at a time."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    out.write("\ufeff")
    writer.writerow([column.head for column in layout.columns])
    for number, row in enumerate(rows, 1):
        writer.writerow([harmless(said(column, row.get(column.name))) for column in layout.columns])
        if number % ROWS_AT_ONCE == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def write_csv(layout: Layout, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Write rows, by column name, as one CSV file."""
    return b"".join(csv_parts(layout, rows))


def csv_file(name: str, heads: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """Give rows, by name, as a CSV file of that name under these headings."""
    layout = Layout("", "", tuple(Column(each, (str(head),), text) for each, head in heads.items()))
    named = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(write_csv(layout, rows), content_type="text/csv; charset=utf-8", headers=named)
