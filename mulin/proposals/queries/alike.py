"""Which proposals are like one that is being written, by the words that both have; rare words weigh more."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from mulin.kernel.viewer import Viewer
from mulin.territory.models import Community
from mulin.text.words import words

from ..flow import ON_ITS_WAY
from ..models import Proposal

LOOKED_AT, MOST, LEAST = 300, 3, 0.18


def _told(text: str) -> set[str]:
    return {word for word in words(text) if len(word) > 1 and not word.isdigit()}


def alike(viewer: Viewer, community: Community, text: str, besides: Any = None) -> list[Proposal]:
    """List the few proposals on their way that say much the same, the likest first."""
    mine = _told(text)
    if not mine:
        return []
    seen = Proposal.objects.visible_to(viewer).filter(community=community, state__in=ON_ITS_WAY)
    seen = seen.filter(submitted_at__isnull=False).exclude(pk=besides)
    rows = list(seen.for_list().order_by("-created_at")[:LOOKED_AT])
    theirs = {row.pk: _told(f"{row.title} {row.title} {row.wrong} {row.plan}") for row in rows}
    counted = Counter(word for each in theirs.values() for word in each)
    weight = {word: math.log((len(rows) + 2) / (counted[word] + 1)) + 0.5 for word in {*counted, *mine}}
    found = []
    for row in rows:
        both = sum(weight[word] for word in mine & theirs[row.pk])
        whole = math.sqrt(sum(weight[w] for w in mine) * sum(weight[w] for w in theirs[row.pk]) or 1)
        if both / whole >= LEAST:
            found.append((both / whole, row))
    found.sort(key=lambda pair: -pair[0])
    return [row for _share, row in found[:MOST]]
