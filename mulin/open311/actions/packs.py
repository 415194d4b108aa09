"""Bringing a pack of questions into a community."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from mulin.cases.models import Category
from mulin.kernel.engine import change, writing

from ..models import Question

PACKS = Path(__file__).parents[1] / "packs"


def load_questions(community: Any, *, by: Any, pack: str = "questions") -> int:
    """Take over the questions of a pack; what a category asks already stays as it is."""
    rows = tomllib.loads((PACKS / f"{pack}.toml").read_text("utf-8"))["question"]
    with writing(community.pk):
        kinds = {row.key: row for row in Category.objects.filter(community=community, is_household=False)}
        known = set(Question.objects.filter(community=community).values_list("category__key", "code"))
        fresh = [
            Question(community=community, place=place, **{**row, "category": kinds[row["category"]]})
            for place, row in enumerate(rows)
            if row["category"] in kinds and (row["category"], row["code"]) not in known
        ]
        Question.objects.bulk_create(fresh)
        for row in fresh[:1]:
            change(row, by=by, kind="open311.question", verb="load", details={"pack": pack, "count": len(fresh)})
    return len(fresh)
