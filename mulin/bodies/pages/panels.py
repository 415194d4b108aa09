"""What bodies put on other pages: on that of an organisation, what it is as a body, or the way to found one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from mulin.web.beside import Panel

from .. import queries, rules
from ..figures import KINDS
from ..models import Body


def beside_organisation(request: HttpRequest, organisation: Any) -> Panel | None:
    """Lead from an organisation to the body that it is; whoever may found one finds the way to it."""
    viewer: Any = getattr(request, "viewer", None)
    body = queries.body_of(organisation)
    fits = any(organisation.kind in kind.organisations for kind in KINDS.values())
    is_open = body is None and fits and organisation.state == "registered"
    may_found = is_open and rules.keeps_bodies(viewer, Body(community_id=organisation.community_id))
    if body is None and not may_found:
        return None
    standing = queries.can_decide(body) if body else None
    return Panel("bodies/beside.html", {"body": body, "standing": standing, "may_found": may_found}, 30)
