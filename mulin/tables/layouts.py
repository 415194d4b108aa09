"""What a table looks like: its columns, by what headings they are found, and how their cells are read."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _


def bare(heading: Any) -> str:
    """Write a heading so that case, spaces and marks make no difference."""
    said = unicodedata.normalize("NFKC", str(heading)).casefold()
    return "".join(letter for letter in said if not letter.isspace()).strip("*:()")


@dataclass(frozen=True)
class Column:
    """One column: the first heading stands in templates, all are understood."""

    name: str
    heads: tuple[str, ...]
    read: Callable[[Any], Any]
    required: bool = False
    help: Any = ""
    example: Any = ""
    empty: Any = None  # what an empty cell means
    say: Callable[[Any], Any] | None = None  # how a value is written into a cell; a choice says its own word

    @property
    def head(self) -> str:
        return self.heads[0]


@dataclass(frozen=True)
class Layout:
    """One kind of sheet; no two rows may have the same `key`."""

    name: Any
    sheet: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @cached_property
    def by_heading(self) -> dict[str, Column]:
        """Find a column by any of its headings."""
        return {bare(head): column for column in self.columns for head in (*column.heads, column.name)}

    def column(self, name: str) -> Column:
        """Return the column of this name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def headings(self) -> str:
        """List the headings that a sheet needs, for sentences."""
        return _(", ").join(column.head for column in self.columns if column.required)
