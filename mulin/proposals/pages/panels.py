"""What proposals put on other pages: on a case's, and on the home page of those for whom one waits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from mulin.web.beside import Panel

from .. import queries, rules
from ..models import Proposal

MOST = 3


def beside_case(request: HttpRequest, case: Any) -> Panel | None:
    """Show which proposals came of a case, and let a neighbour make one of it."""
    viewer: Any = getattr(request, "viewer", None)
    found = queries.of_case(viewer, case)
    may_pitch = rules.takes_part(viewer, Proposal(community_id=case.community_id))
    context = {"proposals": found, "may_pitch": may_pitch}
    return Panel("proposals/beside.html", context, 45) if found or may_pitch else None


def waiting(request: HttpRequest, community: Any) -> Panel | None:
    """Tell somebody on their home page what waits for them; costs nothing where no proposal is there."""
    viewer: Any = getattr(request, "viewer", None)
    if not viewer.is_person or not queries.any_there(community):
        return None
    parts = [(label, rows[:MOST]) for label, rows in queries.waiting(viewer, community)]
    return Panel("proposals/waiting.html", {"parts": parts}, 13) if parts else None
