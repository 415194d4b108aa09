"""What every page gets: who looks, where, and the entries of the navigation by role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.home.queries import unread_count
from mulin.kernel.viewer import NOBODY, Viewer

DESK = {"cases.desk", "cases.oversee"}


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation."""

    label: str
    icon: str
    url: str
    current: bool = False
    main: bool = False
    count: int = 0


def page(request: HttpRequest) -> dict[str, Any]:
    """Give the base page what it shows on every page."""
    viewer: Viewer = getattr(request, "viewer", NOBODY)
    community = getattr(request, "community", None)
    return {
        "viewer": viewer,
        "community": community,
        "nav": entries(request.path, viewer, community) if community else [],
        "desk": bool(viewer.capabilities & DESK),
        "appearance": {
            "theme": request.COOKIES.get("theme", "light"),
            "mode": request.COOKIES.get("mode", "plain"),
        },
        "unread": unread_count(viewer) if viewer.is_someone and community else 0,
    }


def entries(path: str, viewer: Viewer, community: Any) -> list[Entry]:
    """List the entries for a role: five at most on a phone."""
    slug = community.slug

    def entry(label: str, icon: str, name: str, main: bool = False) -> Entry:
        url = reverse(name, args=[slug])
        return Entry(label, icon, url, current=path == url, main=main)

    works = viewer.capabilities & (DESK | {"cases.handle", "cases.lead"})
    first = entry(_("Today"), "clipboard-list", "cases:queue") if works else entry(_("Home"), "home", "community:home")
    listed = [
        first,
        entry(_("Nearby"), "map-pin", "cases:list"),
        entry(_("Report"), "message-report", "cases:report", main=True),
        entry(_("My reports"), "list-details", "cases:mine"),
    ]
    me = reverse("people:me") if viewer.is_someone else f"{reverse('people:sign_in')}?next=/{slug}/"
    label = _("Me") if viewer.is_someone else _("Sign in")
    return [*listed, Entry(label, "user", me, current=path == me)]
