"""Bringing a category tree into a community."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from mulin.kernel.engine import change, writing

from .. import queries
from ..models import Category

PACKS = Path(__file__).parents[1] / "packs"
NOTICES = ("notice", "notice_en")


def load_categories(community: Any, *, by: Any, pack: str = "grid-management") -> int:
    """Take over a category pack, or what is new in it; see `add_categories`."""
    return add_categories(community, _pack(pack), by=by, name=pack)


def add_categories(community: Any, rows: list[dict[str, Any]], *, by: Any, name: str) -> int:
    """Add categories; what the community already has under the same key stays, only an empty notice is filled in."""
    with writing(community.pk):
        known = {row.key: row for row in Category.objects.filter(community=community)}
        brought = [_category(community, row, place) for place, row in enumerate(rows)]
        fresh = [row for row in brought if row.key not in known]
        filled = [known[row.key] for row in brought if row.key in known and _takes_notice(known[row.key], row)]
        known |= {row.key: row for row in fresh}
        parents = {row["key"]: row.get("parent") for row in rows}
        for row in fresh:
            parent = parents[row.key]
            row.parent = known[parent] if parent else None
        Category.objects.bulk_create(fresh)
        Category.objects.bulk_update(filled, NOTICES)
        for row in [*fresh, *filled][:1]:
            details = {"pack": name, "count": len(fresh), **({"filled": len(filled)} if filled else {})}
            change(row, by=by, kind="cases.category", verb="load", details=details)
    queries.forget_categories()
    return len(fresh)


def _takes_notice(row: Category, brought: Category) -> bool:
    """Fill in the notices that a category lacks; a town's own words stay alone, in whichever language they are."""
    here, there = ([getattr(each, name) for name in NOTICES] for each in (row, brought))
    if here == there or any(said not in ("", other) for said, other in zip(here, there, strict=True)):
        return False
    row.notice, row.notice_en = there
    return True


def pack_keys(pack: str) -> set[str]:
    """Name the categories of a pack."""
    return {row["key"] for row in _pack(pack)}


def _pack(pack: str) -> list[dict[str, Any]]:
    data = tomllib.loads((PACKS / f"{pack}.toml").read_text("utf-8"))
    defaults = data.get("defaults", {})
    return [{**defaults, **row} for row in data["category"]]


def _category(community: Any, row: dict[str, Any], place: int) -> Category:
    return Category(
        community=community, key=row["key"], zh=row["zh"], en=row["en"], icon=row.get("icon", ""),
        words=row.get("words", []), is_household=row.get("household", False),
        accept_minutes=row.get("accept_minutes", 30), solve_days=row.get("solve_days", 5),
        silence_days=row.get("silence_days", 14), post_kind=row.get("post", "grid_officer"),
        opens=row.get("opens", ""), closes=row.get("closes", ""), notice=row.get("notice", ""),
        notice_en=row.get("notice_en", ""), place=place,
    )  # fmt: skip
