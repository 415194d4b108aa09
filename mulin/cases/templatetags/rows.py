"""One case in a list; the whole row is the link. Written without a template, since a page has up to a hundred."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mulin.web import dates, parts
from mulin.web.markup import fill

register = template.Library()
TILES = {"over": "brick", "soon": "lamp", "wait": "slate"}


@register.simple_tag
def case_row(row: dict[str, Any], numbered: bool = False, steps: bool = False) -> SafeString:
    """Show a case that `lists.row` prepared; `numbered` as on the map beside it, `steps` with its five strokes."""
    case, due, comma, n = row["case"], row["due"], _(", "), row["case"].met_by
    met = ngettext("%(n)s neighbour meets it too", "%(n)s neighbours meet it too", n) % {"n": n} if n else ""
    return fill(
        '<li><a class="ml-row top" href="{}">{}<span class="grow"><b class="ml-words">{}</b><br>'
        '<span class="ml-wrap">{}{}{}</span><span class="ml-xs ml-dim"><span class="ml-num">{}</span>'
        "{}{}{}{}{}{}</span>{}</span>{}</a></li>",
        row["url"],
        _number(row) if numbered else _tile(row),
        row["title"],
        parts.plate(row["place"], quiet=True),
        parts.badge(row["label"], row["tone"]),
        parts.clock(due["at"], waiting=due["paused"]) if due else "",
        case.number,
        comma,
        str(case.category),
        comma,
        dates.marked(case.happened_at, dates.when(case.happened_at)),
        comma if met else "",
        met,
        _strokes(row) if steps else "",
        parts.icon("chevron-right", css="ml-dim"),
    )


def _number(row: dict[str, Any]) -> SafeString:
    return fill('<span class="ml-no{}">{}</span>', parts.is_(row["colour"]), row["number"])


def _tile(row: dict[str, Any]) -> SafeString:
    tone = parts.is_(TILES.get(row["colour"], ""))
    return fill('<span class="ml-tile{}">{}</span>', tone, parts.icon(row["icon"]))


def _strokes(row: dict[str, Any]) -> SafeString:
    return fill("<br>{}", render_to_string("web/slips.html", {"slips": row["slips"], "mini": True}))
