"""Cases in a list; the whole row is the link. Written without a template, since a page has up to a hundred of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mulin.web import dates, parts
from mulin.web.markup import fill

from ..pages import telling

register = template.Library()
TILES = {"over": "brick", "soon": "lamp", "wait": "slate"}


@register.simple_tag
def at_place(case: Any, place: str, slug: str) -> SafeString:
    """Show a case's place as a plate that leads to the place's own page."""
    kinds = (("entrance", case.entrance), ("building", case.building), ("grid", case.grid))
    found = next(((kind, each.pk) for kind, each in kinds if each), None)
    return parts.plate(place, url=reverse("community:place", args=[slug, *found]) if found else "")


@register.simple_tag
def case_rows(rows: list[dict[str, Any]], numbered: bool = False, steps: bool = False) -> SafeString:
    """Show the cases that `lists.row` prepared; `numbered` as on the map beside, `steps` with their five strokes."""
    teller = dates.Teller()
    frame = _frame(teller.language, parts.icon("chevron-right", css="ml-dim"))
    shown = (_row(frame, row, teller, numbered, steps) for row in rows if not row.get("is_chosen"))
    return SafeString("".join(shown))


@lru_cache(maxsize=20)
def _frame(language: str, arrow: SafeString) -> str:
    comma = fill("{}", _(", "))
    return (
        '<li><a class="ml-row top" href="{}">{}<span class="grow"><b class="ml-words">{}</b><br>'
        '<span class="ml-wrap">{}{}{}</span><span class="ml-xs ml-dim"><span class="ml-num">{}</span>'
        f"{comma}{{}}{{}}{{}}</span>{{}}</span>{arrow}</a></li>"
    )


def _row(frame: str, row: dict[str, Any], teller: dates.Teller, numbered: bool, steps: bool) -> SafeString:
    case, due = row["case"], row["due"]
    return fill(
        frame,
        row["url"],
        _number(row["colour"], row["number"]) if numbered else _tile(row),
        row["title"],
        parts.plate(row["place"], quiet=True),
        parts.badge(row["label"], row["tone"]),
        parts.clock(due["at"], waiting=due["paused"], teller=teller) if due else "",
        case.number,
        "" if str(case.kind) == str(row["title"]) else _kind(str(case.kind), teller.language),
        dates.marked(case.happened_at, teller.when(case.happened_at)),
        _met(case.met_by, teller.language) if case.met_by else "",
        _strokes(telling.progress(case), teller.language) if steps else "",
    )


@lru_cache(maxsize=1000)
def _kind(name: str, language: str) -> SafeString:
    return fill("{}{}", name, _(", "))


@lru_cache(maxsize=1000)
def _met(n: int, language: str) -> str:
    return _(", ") + ngettext("%(n)s neighbour meets it too", "%(n)s neighbours meet it too", n) % {"n": n}


@lru_cache(maxsize=1000)
def _number(colour: str, number: int) -> SafeString:
    return fill('<span class="ml-no{}">{}</span>', parts.is_(colour), number)


def _tile(row: dict[str, Any]) -> SafeString:
    tone = parts.is_(TILES.get(row["colour"], ""))
    return fill('<span class="ml-tile{}">{}</span>', tone, parts.icon(row["icon"]))


@lru_cache(maxsize=100)
def _strokes(progress: tuple[str, ...], language: str) -> SafeString:
    slips = [{"label": label, "state": state} for label, state in zip(telling.SLIPS, progress, strict=True)]
    return fill("<br>{}", render_to_string("web/slips.html", {"slips": slips, "mini": True}))
