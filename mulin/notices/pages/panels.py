"""What notices put on other pages: on everybody's home page, what is posted now and ends first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from mulin.web.beside import Panel

from .. import queries


def open_notices(request: HttpRequest, community: Any) -> Panel | None:
    """Show what is posted now, so that who may object hears of it in time."""
    found = queries.open_now(community)
    return Panel("notices/panel.html", {"notices": found}, 14) if found else None
