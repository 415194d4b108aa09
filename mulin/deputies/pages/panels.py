"""What suggestions put on other pages: on those of a case, and on the home page of those for whom one waits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from mulin.web.beside import Panel

from .. import queries, rules
from ..models import Suggestion

MOST = 3


def beside_case(request: HttpRequest, case: Any) -> Panel | None:
    """Show which suggestions came of a case, and let a deputy bring it as one."""
    viewer: Any = getattr(request, "viewer", None)
    found = queries.of_case(viewer, case)
    may_draft = rules.is_deputy(viewer, Suggestion(community_id=case.community_id))
    context = {"suggestions": found, "may_draft": may_draft}
    return Panel("deputies/beside.html", context, 40) if found or may_draft else None


def waiting(request: HttpRequest, community: Any) -> Panel | None:
    """Tell a deputy or a department on their home page what waits for them."""
    viewer: Any = getattr(request, "viewer", None)
    is_deputy = viewer.can("deputies.suggest")
    if not viewer.is_person or not (is_deputy or queries.any_open(community)):
        return None
    parts = [(label, rows[:MOST]) for label, rows in queries.waiting(viewer, community)]
    return Panel("deputies/waiting.html", {"parts": parts}, 12) if parts or is_deputy else None
