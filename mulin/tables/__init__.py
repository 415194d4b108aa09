"""Tables in and out: Excel and CSV read against a layout, with a report by file, sheet, row and column."""

from .cells import (
    Choice,
    choice,
    day,
    decimal_area,
    number_between,
    phone,
    plain,
    text,
    text_of,
    whole,
    whole_between,
    yes_no,
)
from .importers import Importer, Plan, at_rest, examine, importer, importers, register
from .layouts import Column, Layout
from .reading import Row, Table, read_table
from .report import Problem, Report
from .writing import csv_file, csv_parts, harmless, template, write_csv, write_xlsx

__all__ = [
    "Choice",
    "Column",
    "Importer",
    "Layout",
    "Plan",
    "Problem",
    "Report",
    "Row",
    "Table",
    "at_rest",
    "choice",
    "csv_file",
    "csv_parts",
    "day",
    "decimal_area",
    "examine",
    "harmless",
    "importer",
    "importers",
    "number_between",
    "phone",
    "plain",
    "read_table",
    "register",
    "template",
    "text",
    "text_of",
    "whole",
    "whole_between",
    "write_csv",
    "write_xlsx",
    "yes_no",
]
