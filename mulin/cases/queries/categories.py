"""The tree of categories, kept in memory, and what a report may be about."""

from __future__ import annotations

import re
import time
from uuid import UUID

from ..models import Category

_TREES: dict[UUID, tuple[float, list[Category]]] = {}
TREE_SECONDS = 30  # a changed category is seen by every process after this


def categories(community_id: UUID) -> list[Category]:
    """Return the community's active categories in order, parents before children; kept for half a minute."""
    kept = _TREES.get(community_id)
    if kept is None or kept[0] < time.monotonic():
        rows = list(Category.objects.filter(community_id=community_id, is_active=True).order_by("place", "key"))
        by_id = {row.pk: row for row in rows}
        for row in rows:
            if row.parent_id in by_id:
                row.parent = by_id[row.parent_id]
        kept = _TREES[community_id] = (time.monotonic() + TREE_SECONDS, rows)
    return kept[1]


def forget_categories() -> None:
    """Read the trees anew at the next use."""
    _TREES.clear()


def leaves(community_id: UUID) -> list[Category]:
    """Return the categories that a case can have: those without children."""
    rows = categories(community_id)
    parents = {row.parent_id for row in rows}
    return [row for row in rows if row.pk not in parents]


def suggest(community_id: UUID, words: str, most: int = 3) -> list[Category]:
    """Return the categories whose rule words occur in what was written, the most hits first."""
    text, rows = words.lower(), leaves(community_id)
    scored = [(sum(len(word) for word in row.words if _occurs(word.lower(), text)), row) for row in rows]
    hits = [(score, row) for score, row in scored if score]
    return [row for _, row in sorted(hits, key=lambda hit: (-hit[0], hit[1].place))[:most]]


def _occurs(word: str, text: str) -> bool:
    # Latin words count whole ("street" holds no "tree"); Chinese has no spaces to go by.
    return word in text and (not word.isascii() or bool(re.search(rf"\b{re.escape(word)}\b", text)))
