"""How many and how long; which sentences people read about an export."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

AT_ONCE = 500  # cases read in one statement
MOST_AT_ONCE = 20_000  # of a table that is given out right away
MOST_ROWS = 100_000  # of one that the worker makes
AGREE_WITHIN = timedelta(days=3)
MAKE_WITHIN = timedelta(days=1)
HOLDS = timedelta(hours=24)  # how long the file of an export can be fetched
LETTERS_A_DAY = 10  # from one address

FORMATS: dict[str, Any] = {"xlsx": "Excel", "csv": "CSV"}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SENTENCES = {
    "ask": _("A colleague asks for an export with people's words. It needs a second person."),
    "decline": _("Your export was not agreed to."),
    "finish": _("Your export is ready. It can be fetched for 24 hours."),
    "fail": _("Your export could not be made."),
}
