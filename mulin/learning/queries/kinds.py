"""What a report may be about: rule words and what the community's cases taught, with the words that speak for it."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mulin.cases import queries as cases
from mulin.cases.models import Category

from ..figures.hints import head_start, shares
from ..figures.signs import plain, signs
from .lessons import lesson_of

MOST, LEAST = 3, 0.12


@dataclass(frozen=True)
class Suggested:
    """A category that may fit, how likely of all, and the words that speak for it."""

    category: Category
    share: float
    words: list[str]

    @property
    def why(self) -> str:
        """Say what speaks for it."""
        return _("because of: %(words)s") % {"words": _(", ").join(self.words)} if self.words else ""


def suggest(community_id: Any, text: str, most: int = MOST) -> list[Suggested]:
    """Suggest categories for what was written, the likeliest first; none where no word speaks for one."""
    leaves = {row.key: row for row in cases.leaves(community_id)}
    ahead, hits = head_start({key: row.words for key, row in leaves.items()}, text)
    model = lesson_of(community_id).model
    logits: dict[str, float] = {}
    known: list[tuple[str, int, float]] = []
    if model is not None:
        weighed, known = model.logits(signs(plain(text)))
        unseen = statistics.median(map(float, model.bias))
        if known:
            logits = {key: float(each) for key, each in zip(model.answers, weighed, strict=True) if key in leaves}
        logits |= {key: logits.get(key, unseen) + much for key, much in ahead.items()}
    else:
        logits = dict(ahead)
    found = []
    for key, share in sorted(shares(logits).items(), key=lambda each: (-each[1], leaves[each[0]].place)):
        spoken = hits.get(key, [])[:MOST]
        if model is not None and known and key in model.answers:
            spoken = list(dict.fromkeys([*spoken, *model.reasons(known, model.answers.index(key))]))[:MOST]
        if share >= LEAST and spoken:
            found.append(Suggested(leaves[key], share, spoken))
    return found[:most]
