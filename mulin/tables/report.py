"""What was found in a table: by file, sheet, row and column, with what to do; few are kept, all are counted."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to see to; it stops its row, or is only worth knowing."""

    row: int  # as the spreadsheet numbers it; 0: the whole sheet
    column: str
    words: str
    stops: bool = True


@dataclass
class Report:
    """All that was found in one sheet."""

    file: str = ""
    sheet: str = ""
    rows: int = 0  # rows that hold anything
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    stopped: set[int] = field(default_factory=set)  # the rows that stay outside
    stops: int = 0
    notes: int = 0

    @property
    def is_clean(self) -> bool:
        return not self.stops

    @property
    def left_out(self) -> int:
        """Return how many problems were counted and not kept."""
        return self.stops + self.notes - len(self.problems)

    def stop(self, row: int, column: Any, words: Any) -> None:
        """Say why a row cannot come in, and what would work."""
        self.stops += 1
        self.stopped.add(row)
        self._keep(row, column, words, True)

    def note(self, row: int, column: Any, words: Any) -> None:
        """Say what is worth knowing and stops nothing."""
        self.notes += 1
        self._keep(row, column, words, False)

    def _keep(self, row: int, column: Any, words: Any, stops: bool) -> None:
        if len(self.problems) < MOST_KEPT:
            self.problems.append(Problem(row, str(column), str(words), stops))

    def ordered(self) -> list[Problem]:
        """List what is kept from the first row to the last; what stops a row comes before what is noted of it."""
        return sorted(self.problems, key=lambda one: (one.row, not one.stops))

    def as_dict(self) -> dict[str, Any]:
        """Return the report for programs."""
        return {
            "file": self.file, "sheet": self.sheet, "rows": self.rows, "stopped_rows": len(self.stopped),
            "is_clean": self.is_clean, "counts": dict(self.counts), "left_out": self.left_out,
            "problems": [
                {"row": one.row, "column": one.column, "words": one.words, "stops": one.stops} for one in self.ordered()
            ],
        }  # fmt: skip

    def as_json(self) -> bytes:
        """Write the report for programs."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=1).encode()

    def as_csv(self) -> bytes:
        """Write the report as CSV that spreadsheets open as it is."""
        from .writing import harmless

        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow([_("File"), _("Sheet"), _("Row"), _("Column"), _("What to do"), _("Stops the row")])
        for one in self.ordered():
            stops = _("yes") if one.stops else _("no")
            cells = (self.file, self.sheet, str(one.row or ""), one.column, one.words, stops)
            writer.writerow([harmless(cell) for cell in cells])
        if self.left_out:
            words = _("%(count)s more are not listed. Mend these first.") % {"count": self.left_out}
            writer.writerow([harmless(self.file), harmless(self.sheet), "", "", words, ""])
        return ("\ufeff" + out.getvalue()).encode()
