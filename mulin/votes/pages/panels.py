"""On the resident's home: the votes in which they can vote now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from mulin.web.beside import Panel

from .. import queries

MOST = 2


def waiting(request: HttpRequest, community: Any) -> Panel | None:
    """Tell a resident where they can vote and have not; costs nothing where no vote is on."""
    viewer: Any = getattr(request, "viewer", None)
    votes = queries.to_cast(viewer, community, for_units=False)
    found = [vote for vote in votes if not getattr(vote, "has_voted", False)]
    return Panel("votes/waiting.html", {"votes": found[:MOST]}, 8) if found else None
