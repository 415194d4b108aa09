"""What every page gets: who looks, where, and the entries of the navigation by role."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mulin.home.figures import WORK
from mulin.kernel.viewer import NOBODY, Viewer
from mulin.news.queries import unread_count

DESK = frozenset({"cases.desk", "cases.oversee"})
KEEP = frozenset({"people.keep", "people.invite"})
Make = Callable[..., "Entry | None"]


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation."""

    label: str
    icon: str
    url: str
    current: str = ""  # how it is marked: "page" where one is, "true" above it
    main: bool = False
    count: int = 0
    group: str = ""  # the heading that it stands under in the side bar
    wide: bool = False  # a phone, with no room for it, has it on another page


def page(request: HttpRequest) -> dict[str, Any]:
    """Give the base page what it shows on every page."""
    viewer: Viewer = getattr(request, "viewer", NOBODY)
    community = getattr(request, "community", None)
    above = community is None and request.path == reverse("home:overview") and viewer.is_someone
    return {
        "viewer": viewer,
        "community": community,
        "nav": entries(request.path, viewer, community) if community else _above(request.path) if above else (),
        "desk": bool(viewer.capabilities & DESK) or above,
        "appearance": {
            "theme": "dark" if request.COOKIES.get("theme") == "dark" else "light",
            "mode": "elder" if request.COOKIES.get("mode") == "elder" else "plain",
        },
        "unread": unread_count(viewer) if viewer.is_someone and community else 0,
    }


def entries(path: str, viewer: Viewer, community: Any) -> tuple[Entry, ...]:
    """List the entries for a role: five at most on a phone, by headings at a desk."""
    above = viewer.can("cases.oversee") and not viewer.terms
    listed = _listed(
        community.slug, viewer.capabilities, viewer.is_someone, above, get_script_prefix(), get_language() or ""
    )
    return _marked(listed, path)


def _marked(listed: tuple[Entry, ...], path: str) -> tuple[Entry, ...]:
    """Mark where one is: the entry of this very page, else the longest address above it."""
    here = max((entry.url for entry in listed if path.startswith(entry.url)), key=len, default="")
    if path != here and here.count("/") < 3:  # everything lies below a community's home
        return listed
    mark = "page" if path == here else "true"
    return tuple(replace(entry, current=mark) if entry.url == here else entry for entry in listed)


def _above(path: str) -> tuple[Entry, ...]:
    found = (
        ("home:overview", _("Overview"), "layout-dashboard"),
        ("home:front", _("Communities"), "building-community"),
        ("entry:me", _("Me"), "user"),
    )
    return _marked(tuple(Entry(label, icon, reverse(name)) for name, label, icon in found), path)


@lru_cache(maxsize=2000)
def _listed(
    slug: str, can: frozenset[str], is_someone: bool, above: bool, prefix: str, language: str
) -> tuple[Entry, ...]:
    me = (
        Entry(_("Me"), "user", reverse("entry:me"))
        if is_someone
        else Entry(_("Sign in"), "user", f"{reverse('entry:sign_in')}?next=/{slug}/")
    )
    if can & DESK:
        return (*_desk(slug, can, above), me)
    first = (
        _entry(slug, _("Today"), "clipboard-list", "cases:queue")
        if can & WORK
        else _entry(slug, _("Home"), "home", "community:home")
    )
    ours = _entry(slug, _("Take part"), "heart-handshake", "participation:overview")
    mine = _entry(slug, _("My reports"), "list-details", "cases:mine")
    calls = _entry(slug, _("Our call-ups"), "speakerphone", "callups:ours") if "callups.answer" in can else None
    return _there(
        first,
        _entry(slug, _("Nearby"), "map-pin", "cases:list"),
        _entry(slug, _("Report"), "message-report", "cases:report", main=True),
        # A phone has five places: with a sixth, one's own reports are found on the home page.
        calls or ours or mine,
        me,
        ours and replace(ours, wide=True) if calls else None,
        mine and replace(mine, wide=True) if ours else None,
        *_beside(slug, can, is_someone),
    )


def _beside(slug: str, can: frozenset[str], is_someone: bool) -> tuple[Entry | None, ...]:
    """List what stands only in the side bar: a phone has it on other pages."""
    return (
        _entry(slug, _("Call-ups"), "speakerphone", "callups:board", wide=True) if "cases.handle" in can else None,
        _entry(slug, _("Who looked"), "fingerprint", "privacy:audit") if "people.audit" in can else None,
        _entry(slug, _("Incidents"), "alert-triangle", "incidents:incidents", wide=True),
        _entry(slug, _("Proposals"), "bulb", "proposals:board", wide=True),
        _entry(slug, _("Votes"), "checkbox", "votes:board", wide=True),
        _entry(slug, _("Notices"), "pin", "notices:board", wide=True),
        _entry(slug, _("Councils and committees"), "gavel", "bodies:bodies", wide=True),
        _entry(slug, _("Deputies' suggestions"), "feather", "deputies:board", wide=True),
        _entry(slug, _("Mediation"), "messages", "mediation:mine", wide=True) if is_someone else None,
        _entry(slug, _("Confidential report"), "shield-lock", "concerns:index", wide=True),
        _entry(slug, _("Patrol rounds"), "walk", "rounds:today", wide=True) if "cases.handle" in can else None,
        _entry(slug, _("Maintenance"), "hammer", "rounds:board", wide=True),
        _entry(slug, _("The three rates"), "chart-bar", "rates:rates", wide=True),
    )


def _desk(slug: str, can: frozenset[str], above: bool) -> tuple[Entry, ...]:
    """List what a desk has, by headings; those above see only figures and what came up to them."""

    def entry(label: str, icon: str, *names: str, when: Any = True, main: bool = False) -> Entry | None:
        return _entry(slug, label, icon, *names, main=main) if when else None

    groups = (
        (_("Today"), _today(entry, can, above)),
        (_("Deciding together"), _deciding(entry, can)),
        (_("People"), _people(entry, can, above)),
        (_("Places"), _places(entry, can, above)),
        (_("Figures"), _figures(entry, above)),
        (_("Setting up"), _setting_up(entry, can, above)),
    )
    return tuple(replace(each, group=group) for group, listed in groups for each in listed if each)


def _today(entry: Make, can: frozenset[str], above: bool) -> list[Entry | None]:
    return [
        entry(_("Overview"), "layout-dashboard", "community:overview", when=above),
        entry(_("Queue"), "clipboard-list", "cases:queue"),
        entry(_("Nearby"), "map-pin", "cases:list"),
        entry(_("Report"), "message-report", "cases:report", main=True),
        entry(_("Write down a call"), "phone-call", "channels:desk", when="cases.desk" in can),
        entry(_("Call-ups"), "speakerphone", "callups:board", when=not above),
        entry(_("Incidents"), "alert-triangle", "incidents:incidents"),
        entry(_("My reports"), "list-details", "cases:mine", when=not above),
    ]


def _deciding(entry: Make, can: frozenset[str]) -> list[Entry | None]:
    return [
        entry(_("Proposals"), "bulb", "proposals:board"),
        entry(_("Votes"), "checkbox", "votes:board"),
        entry(_("Notices"), "pin", "notices:board"),
        entry(_("Councils and committees"), "gavel", "bodies:bodies"),
        entry(_("Deputies' suggestions"), "feather", "deputies:board"),
        entry(_("Comments"), "message-2", "comments:queue", when="notices.post" in can),
    ]


def _people(entry: Make, can: frozenset[str], above: bool) -> list[Entry | None]:
    return [
        entry(_("Posts"), "id-badge-2", "people:posts"),
        entry(_("Persons"), "users", "people:persons", when=can & KEEP),
        entry(_("Households"), "home-heart", "households:boards", when=can & KEEP),
        entry(_("Organisations"), "users-group", "people:organisations"),
        entry(_("Take part"), "heart-handshake", "participation:overview"),
        entry(_("Mediation"), "messages", "mediation:mine", when=not above),
        entry(_("Confidential report"), "shield-lock", "concerns:index", when=not above),
        entry(_("Consents"), "shield-check", "privacy:purposes"),
        entry(_("Who looked"), "fingerprint", "privacy:audit", when="people.audit" in can),
    ]


def _places(entry: Make, can: frozenset[str], above: bool) -> list[Entry | None]:
    return [
        entry(_("Find a place"), "search", "territory:search"),
        entry(_("Patrol rounds"), "walk", "rounds:today", when=not above),
        entry(_("Maintenance"), "hammer", "rounds:board", when=not above),
        entry(_("Grids"), "map-2", "territory:grids", when="places.draw" in can),
        entry(_("Plates"), "qrcode", "territory:plates", when="places.draw" in can),
    ]


def _figures(entry: Make, above: bool) -> list[Entry | None]:
    return [
        entry(_("Overview"), "layout-dashboard", "community:overview", when=not above),
        entry(_("The three rates"), "chart-bar", "rates:rates"),
        entry(_("What comes"), "chart-line", "rates:outlook"),
        entry(_("The log"), "shield-check", "community:log"),
    ]


def _setting_up(entry: Make, can: frozenset[str], above: bool) -> list[Entry | None]:
    return [
        entry(_("Settings"), "settings", "territory:settings", when="places.draw" in can),
        entry(_("Import"), "file-import", "community:importing", when=can & KEEP),
        entry(_("Group robots"), "robot", "news:robots", when=not above),
        entry(_("Webhooks"), "plug", "webhooks:webhooks", when=can & KEEP),
        entry(_("Open311"), "plug-connected", "open311:overview", when="cases.desk" in can),
    ]


def _entry(
    slug: str, label: str, icon: str, *names: str, main: bool = False, wide: bool = False
) -> Entry | None:  # fmt: skip
    """Make an entry of the first of these addresses that exists."""
    for name in names:
        try:
            return Entry(label, icon, reverse(name, args=[slug]), main=main, wide=wide)
        except NoReverseMatch:  # not part of this installation
            continue
    return None


def _there(*found: Entry | None) -> tuple[Entry, ...]:
    listed: Iterable[Entry] = (each for each in found if each)
    return tuple(listed)
