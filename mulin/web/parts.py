"""The small parts that stand on every row of a list: icon, door plate, badge, clock. Written without templates, since
a page has hundreds of them, and kept, since few differ."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mulin.web import dates
from mulin.web.markup import fill

# What is kept is kept by type, too: a text must never stand for markup that reads the same.
CLOCK_ICONS = {"over": "alert-triangle", "wait": "hourglass"}


def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """Draw an icon of the sprite; with a label it speaks, without one it is silent."""
    return _drawn(str(name), str(label), str(css), _sprite(settings.STATIC_URL))


@lru_cache(maxsize=1)
def _sprite(at: str) -> str:
    return static("vendor/icons.svg")


@lru_cache(maxsize=1000, typed=True)
def _drawn(name: str, label: str, css: str, sprite: str) -> SafeString:
    voice = fill('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return fill(
        '<svg class="icon {}" {} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round"'
        ' stroke-linejoin="round"><use href="{}#i-{}"/></svg>',
        css, voice, sprite, name,
    )  # fmt: skip


def is_(tone: str) -> str:
    """Write the class of a tone, if there is one."""
    return f" is-{tone}" if tone else ""


def plate(place: Any, quiet: bool = False, url: str = "", large: bool = False) -> SafeString:
    """Show a place (text or anything that prints as its name) as an enamel door plate; quiet in lists."""
    return _plate(str(place), quiet, str(url), large) if place else SafeString("")


@lru_cache(maxsize=2000, typed=True)
def _plate(place: str, quiet: bool, url: str, large: bool) -> SafeString:
    css = f"ml-plate{' is-quiet' if quiet else ''}{' is-lg' if large else ''}"
    if url:
        return fill('<a class="{}" href="{}">{}</a>', css, url, place)
    return fill('<span class="{}">{}</span>', css, place)


def badge(label: Any, tone: str = "") -> SafeString:
    """Show a state in words; its tone is new, go, done, late or empty."""
    return _badge(str(label), is_(tone))


@lru_cache(maxsize=500, typed=True)
def _badge(label: str, css: str) -> SafeString:
    return fill('<span class="ml-badge{}">{}</span>', css, label)


def options(choices: Iterable[tuple[Any, Any]], chosen: str = "") -> SafeString:
    """Write the entries of a list to choose from, the chosen one marked."""
    known = tuple((str(value), str(label)) for value, label in choices)
    return _options(known, chosen if any(chosen == value for value, _label in known) else None)


@lru_cache(maxsize=500)
def _options(choices: tuple[tuple[str, str], ...], chosen: str | None) -> SafeString:
    marked = ((value, SafeString(" selected" if value == chosen else ""), label) for value, label in choices)
    return SafeString("".join(fill('<option value="{}"{}>{}</option>', *each) for each in marked))


# What would end a script, or begin something else in it.
_ESCAPES = ((">", "\\u003E"), ("<", "\\u003C"), ("&", "\\u0026"))
_encode = msgspec.json.Encoder(enc_hook=str).encode  # translated words and the like are written as text


def data(value: Any, id: str) -> SafeString:
    """Hand data to the page's scripts, as `json_script` does."""
    text = _encode(value).decode()
    for sign, code in _ESCAPES:
        text = text.replace(sign, code)
    return fill('<script id="{}" type="application/json">{}</script>', id, SafeString(text))


def clock(
    due_at: datetime | None, waiting: bool = False, soon: int = 2, teller: dates.Teller | None = None
) -> SafeString:
    """Show how long is left, or by how much a promise is late, always with icon and words; `soon` is in hours."""
    teller = teller or dates.Teller()
    if waiting:
        tone, text = "wait", _("Clock stopped")
    elif due_at is None:
        return SafeString("")
    else:
        left, text = teller.left(due_at)
        tone = "over" if left < 0 else "soon" if left <= soon * 60 else ""
    if due_at:
        text = dates.marked(teller.here(due_at), text)
    return fill('<span class="ml-clock{}">{}{}</span>', is_(tone), icon(CLOCK_ICONS.get(tone, "clock")), text)
