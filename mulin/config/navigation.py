"""What every page gets: who looks, where, and the entries of the navigation by role."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mulin.home.figures import WORK
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
        "nav": entries(request.path, viewer, community) if community else (),
        "desk": bool(viewer.capabilities & DESK),
        "appearance": {
            "theme": "dark" if request.COOKIES.get("theme") == "dark" else "light",
            "mode": "elder" if request.COOKIES.get("mode") == "elder" else "plain",
        },
        "unread": unread_count(viewer) if viewer.is_someone and community else 0,
    }


def entries(path: str, viewer: Viewer, community: Any) -> tuple[Entry, ...]:
    """List the entries for a role: five at most on a phone."""
    works = bool(viewer.capabilities & WORK)
    listed = _listed(community.slug, works, viewer.is_someone, get_script_prefix(), get_language() or "")
    return tuple(replace(entry, current=True) if entry.url == path else entry for entry in listed)


@lru_cache(maxsize=2000)
def _listed(slug: str, works: bool, is_someone: bool, prefix: str, language: str) -> tuple[Entry, ...]:
    def entry(label: str, icon: str, name: str, main: bool = False) -> Entry:
        return Entry(label, icon, reverse(name, args=[slug]), main=main)

    return (
        entry(_("Today"), "clipboard-list", "cases:queue") if works else entry(_("Home"), "home", "community:home"),
        entry(_("Nearby"), "map-pin", "cases:list"),
        entry(_("Report"), "message-report", "cases:report", main=True),
        entry(_("My reports"), "list-details", "cases:mine"),
        Entry(_("Me"), "user", reverse("entry:me"))
        if is_someone
        else Entry(_("Sign in"), "user", f"{reverse('entry:sign_in')}?next=/{slug}/"),
    )
