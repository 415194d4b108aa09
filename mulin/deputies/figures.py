"""Fixed lists, spans and arithmetic of days about suggestions; no Django models. Figures are of departments alone."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext_lazy as _

_RULES: dict[str, int] = tomllib.loads((Path(__file__).parent / "packs" / "rules.toml").read_text("utf-8"))
ANSWER_MONTHS, HARD_MONTHS, AGAIN_MONTHS = (_RULES[f"{name}_months"] for name in ("answer", "hard", "again"))
RECEIVE_DAYS, HAND_ON_DAYS, JUDGE_DAYS, KEPT_DAYS, DRAFT_DAYS = (
    _RULES[f"{name}_days"] for name in ("receive", "hand_on", "judge", "kept", "draft")
)
LONGEST_PROMISE = _RULES["longest_promise_years"]

ROUNDS = 2  # an answer that does not satisfy is taken up once more
MOST_CASES = 20
DEPARTMENTS = ("department", "resident_unit")  # kinds of organisations that a suggestion can go to
SOURCES = {
    "residents": _("Residents who came to see the deputy"), "cases": _("Matters that were reported here"),
    "visit": _("A visit or an inspection"), "own": _("What the deputy noticed"),
}  # fmt: skip
CLASSES = {"A": _("Done or taken up"), "B": _("Planned, with a day"), "C": _("Kept for reference")}
PLANNED = "B"
SATISFIED, FAIRLY, NOT_SATISFIED = 3, 2, 1
JUDGEMENTS = {SATISFIED: _("Satisfied"), FAIRLY: _("Fairly satisfied"), NOT_SATISFIED: _("Not satisfied")}


def months_later(day: date, months: int) -> date:
    """Return the same day some months later; where that month has no such day, its last one."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass
class Told:
    """What the suggestions to one department came to."""

    name: str
    handed: int = 0
    answered: int = 0
    in_time: int = 0
    overdue: int = 0
    done: int = 0
    planned: int = 0
    kept_for_reference: int = 0
    satisfied: int = 0
    fairly: int = 0
    not_satisfied: int = 0
    kept: int = 0
    not_kept: int = 0
