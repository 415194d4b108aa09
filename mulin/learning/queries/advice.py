"""Advice for whoever reports, as the report page asks it."""

from __future__ import annotations

from typing import Any

from mulin.cases.queries import Adviser

from .alike import similar
from .kinds import suggest
from .places import somewhere


class Learnt(Adviser):
    """Advises by what the community's cases taught."""

    def kinds(self, community: Any, text: str) -> list[tuple[Any, str]]:
        """Suggest what it may be about, and say why."""
        return [(each.category, each.why) for each in suggest(community.pk, text)]

    def near(self, community: Any, viewer: Any, text: str, place: Any, kind: Any) -> list[tuple[Any, str]]:
        """Find what was reported already, and say what is alike."""
        return [(each.case, each.why) for each in similar(community, viewer, text, place, kind)] if place else []

    def places(self, community: Any, text: str) -> list[tuple[Any, str, str]]:
        """Suggest where it may be: place, what the form sends for it, and why."""
        return [(each.place, each.at, each.why) for each in somewhere(community, text)]
