"""Budgets: lines of what and how much in whole fen, read from words and added up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from .closed import MOST_LINES

_LINE = re.compile(r"(.+?)[\s:：,，]+[¥￥]?([0-9][0-9,，]*)(?:\.([0-9]{1,2}))?\s*(?:元|yuan)?")
MOST_FEN = 10**13


def budget_of(text: str) -> list[dict[str, Any]]:
    """Read one line each: what, then how much in yuan. Raises ValueError with what would work."""
    rows = []
    for number, line in enumerate(filter(None, (each.strip() for each in text.splitlines())), 1):
        found = _LINE.fullmatch(line)
        if found is None:
            words = _("Line %(number)s: write what it is and what it costs in yuan, such as: Lamps 1200.50")
            raise ValueError(words % {"number": number})
        fen = int(re.sub("[,，]", "", found[2])) * 100 + int((found[3] or "0").ljust(2, "0"))
        if fen > MOST_FEN:
            raise ValueError(_("Line %(number)s: this is too much. Please look at the number.") % {"number": number})
        rows.append({"what": found[1].strip()[:80], "fen": fen})
    if len(rows) > MOST_LINES:
        raise ValueError(_("A budget has at most %(most)s lines. Put small things together.") % {"most": MOST_LINES})
    return rows


def sum_of(rows: Iterable[Mapping[str, Any]]) -> int:
    """Add up a budget in fen."""
    return sum(int(row["fen"]) for row in rows)


def yuan(fen: int) -> str:
    """Write money with its fen."""
    return f"{fen // 100:,}.{fen % 100:02d}"


def as_text(rows: Iterable[Mapping[str, Any]]) -> str:
    """Write a budget as it is typed."""
    return "\n".join(f"{row['what']} {row['fen'] // 100}.{row['fen'] % 100:02d}" for row in rows)


def tenth_over(cost: int, budget: int) -> bool:
    """Tell whether something cost at least a tenth more than was planned."""
    return 10 * cost >= 11 * budget > 0
