"""The tree of categories, kept in memory, and what a report may be about."""

from __future__ import annotations

import re
import time
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import get_language

from mulin import sql

from ..models import Category

Named = dict[Any, tuple[Category, str]]


class Tree(NamedTuple):
    """A community's categories as they were read."""

    until: float
    rows: list[Category]
    leaves: list[Category]
    named: dict[str | None, Named]  # by language, then by id as the database gives it


_TREES: dict[UUID, Tree] = {}
TREE_SECONDS = 30  # a changed category is seen by every process after this


def categories(community_id: UUID) -> list[Category]:
    """Return the community's active categories in order, parents before children; kept for half a minute."""
    return _tree(community_id).rows


def named(community_id: UUID, used: set[Any]) -> Named:
    """Find categories, with their names in the reader's language, by ids as the database gives them."""
    by_language, language = _tree(community_id).named, get_language()
    if language not in by_language:
        by_language[language] = {sql.kept(row.pk): (row, str(row)) for row in categories(community_id)}
    found = by_language[language]
    if gone := used - found.keys():  # no longer offered
        rows = Category.objects.filter(community=community_id, pk__in=[sql.key(kept) for kept in gone])
        return found | {sql.kept(row.pk): (row, str(row)) for row in rows}
    return found


def _tree(community_id: UUID) -> Tree:
    kept = _TREES.get(community_id)
    if kept is None or kept.until < time.monotonic():
        rows = list(Category.objects.filter(community_id=community_id, is_active=True).order_by("place", "key"))
        by_id = {row.pk: row for row in rows}
        for row in rows:
            if row.parent_id in by_id:
                row.parent = by_id[row.parent_id]
        parents = {row.parent_id for row in rows}
        ends = [row for row in rows if row.pk not in parents]
        kept = _TREES[community_id] = Tree(time.monotonic() + TREE_SECONDS, rows, ends, {})
    return kept


def forget_categories() -> None:
    """Read the trees anew at the next use."""
    _TREES.clear()


def leaves(community_id: UUID) -> list[Category]:
    """Return the categories that a case can have: those without children."""
    return _tree(community_id).leaves


_OF_A_LEAF = [  # in the order of the model's fields
    "id", "community_id", "key", "parent_id", "zh", "en", "icon", "is_household", "accept_minutes", "solve_days",
    "silence_days", "post_kind",
]  # fmt: skip
_LEAF = f"""
    SELECT {", ".join(f"leaf.{name}" for name in _OF_A_LEAF)} FROM cases_category leaf
    WHERE leaf.community_id = %s AND leaf.key = %s AND leaf.is_active AND NOT EXISTS (
        SELECT 1 FROM cases_category below
        WHERE below.community_id = leaf.community_id AND below.parent_id = leaf.id AND below.is_active
    )
"""


def leaf(community_id: UUID, key: str) -> Category | None:
    """Return the category of this key that a case can have, if there is one; whoever knows the key needs no tree."""
    kept = _TREES.get(community_id)
    if kept is not None and kept.until > time.monotonic():
        return next((row for row in kept.leaves if row.key == key), None)
    found = sql.read(_LEAF, community_id, key)
    if not found:
        return None
    id, _community, _key, parent_id, *rest = found[0]
    ids = [sql.key(id), community_id, key, sql.key(parent_id) if parent_id else None]
    return Category.from_db(None, _OF_A_LEAF, [*ids, *rest])


def suggest(community_id: UUID, words: str, most: int = 3) -> list[Category]:
    """Return the categories whose rule words occur in what was written, the most hits first."""
    text, rows = words.lower(), leaves(community_id)
    scored = [(sum(len(word) for word in row.words if _occurs(word.lower(), text)), row) for row in rows]
    hits = [(score, row) for score, row in scored if score]
    return [row for _, row in sorted(hits, key=lambda hit: (-hit[0], hit[1].place))[:most]]


def _occurs(word: str, text: str) -> bool:
    # Latin words count whole ("street" holds no "tree"); Chinese has no spaces to go by.
    return word in text and (not word.isascii() or bool(re.search(rf"\b{re.escape(word)}\b", text)))
