"""Pages of notices: the public board and its feed, one notice and its sheet of paper, objections, lists of people."""

from .boards import board, feed, kinds, mine
from .listing import rows, rows_bring, rows_report, rows_template
from .one import new, notice, objection, objection_new, photo, sheet

__all__ = [
    "board", "feed", "kinds", "mine", "new", "notice", "objection", "objection_new", "photo", "rows", "rows_bring",
    "rows_report", "rows_template", "sheet",
]  # fmt: skip
