"""The kit's tags and filters: icons, plates, clocks, dates, states, moves. How each looks is in templates/web,
and of the smallest in web/parts."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any
from uuid import uuid4

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.base import NodeList, Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.web import beside as panels
from mulin.web import dates, parts

register = template.Library()

CHIPS = 6  # up to here all choices are in sight; more go into a list
CLAUSE = re.compile(r"[^，；。！？]+[，；。！？]*|[，；。！？]+")
BESIDE = 3  # outlined moves beside the expected one; the rest is under "More"
BESIDE_IN_BAR = 1


for part in (parts.icon, parts.plate, parts.badge, parts.clock, parts.options, parts.data):
    register.simple_tag(part)


@register.simple_tag
def day(value: Any) -> SafeString | str:
    """Write a day: Fri 20 Nov."""
    return dates.marked(value, dates.day(value)) if value else ""


@register.simple_tag
def when(value: Any) -> SafeString | str:
    """Write a day and a time: Fri 20 Nov 10:05."""
    return dates.marked(value, dates.when(value)) if value else ""


@register.simple_tag
def state(noun: Any) -> SafeString:
    """Show a noun's state in words. The noun may say its own `tone`: new, go, done or late."""
    return parts.badge(noun.state_label, getattr(noun, "tone", None) or _tone(noun))


def _tone(noun: Any) -> str:
    if noun.due_at:
        return "late" if noun.due_at < now() else "go"
    starts = {target for move in noun.flow for target in move.targets if not move.sources}
    return "new" if noun.state in starts else "done"


@register.simple_tag(takes_context=True)
def beside(context: Any, noun: Any, page: str, where: str = "side", later: bool = False) -> SafeString:
    """Show what modules above put on this page."""
    return panels.beside(context, noun, page, where, later)


@register.inclusion_tag("web/moves.html", takes_context=True)
def moves(context: dict[str, Any], noun: Any, bar: bool = False, without: str = "") -> dict[str, Any]:
    """Offer each move this viewer can make now: the expected one filled, few beside it, the rest under More."""
    viewer, skip = context["viewer"], without.split()
    choices = [
        {"move": move, "form": _form(noun, move.name, viewer), "url": f"{noun.get_absolute_url()}{move.name}/"}
        for move in noun.flow.moves_for(viewer, noun)
        if move.name not in skip
    ]
    expected = next((choice for choice in choices if choice["move"].main), None)
    others = [choice for choice in choices if choice is not expected]
    room = BESIDE_IN_BAR if bar else BESIDE
    return {
        "noun": noun,
        "bar": bar,
        "expected": expected,
        "beside": others[:room],
        "rest": others[room:],
        "request": context.get("request"),
    }


def _form(noun: Any, name: str, viewer: Any) -> forms.Form | None:
    # Several forms stand on one page: the move's name keeps their ids apart.
    form = noun.flow.form(name)
    return form(by=viewer, noun=noun, auto_id=f"id_{name}_%s") if form else None


@register.simple_tag
def once() -> SafeString:
    """Write the hidden key that makes a second click do nothing."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid4())


class ActBar(template.Node):
    """Wraps what it holds in the fixed bar, or vanishes when there is nothing in it."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        inner = self.nodelist.render(context)
        if not inner.strip():
            return SafeString("")
        return format_html('<div class="ml-act" role="region" aria-label="{}">{}</div>', _("Next step"), inner)


@register.tag
def actbar(parser: Parser, token: Token) -> ActBar:
    """Hold the next step at the bottom of a phone's screen."""
    nodelist = parser.parse(("endactbar",))
    parser.delete_first_token()
    return ActBar(nodelist)


# ---- Forms ----


@register.filter
def radios(field: BoundField) -> BoundField | None:
    """Return the field with its choices all in sight when they are few, or None."""
    widget = field.field.widget
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return field
    if not isinstance(widget, forms.Select) or widget.allow_multiple_selected:
        return None
    choices = list(islice(widget.choices, CHIPS + 2))
    answers = [choice for choice in choices if choice[0] not in ("", None)]
    grouped = any(isinstance(label, (list, tuple)) for _value, label in answers)
    if grouped or not 0 < len(answers) <= CHIPS:
        return None
    if len(answers) < len(choices) and not field.field.required:
        answers = [("", _no_answer(choices)), *answers]
    few = forms.RadioSelect(attrs=widget.attrs, choices=answers)
    few.is_required, few.use_fieldset = widget.is_required, True
    field.field.widget = few
    return field


def _no_answer(choices: list[Any]) -> str:
    """Name what it means to choose nothing: as the field says it, else that nothing is said."""
    own = next((str(label) for value, label in choices if value in ("", None)), "")
    return own if any(map(str.isalnum, own)) and own != _("Please choose") else _("Not said")


@register.filter
def kind(field: BoundField) -> str:
    """Name how a field is laid out: photos, radios, check or line."""
    widget = field.field.widget
    if isinstance(widget, forms.FileInput) and getattr(widget, "allow_multiple_selected", False):
        return "photos"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "radios" if radios(field) else "line"


# ---- Words ----


@register.filter
def clauses(text: Any) -> SafeString | str:
    """Let a title in Chinese break after its commas, where a line may end, and not within a word."""
    parts_of = CLAUSE.findall(str(text or ""))
    if len(parts_of) < 2:
        return str(text or "")
    return SafeString("".join(format_html('<span class="ml-clause">{}</span>', part) for part in parts_of))


@register.filter
def initial(name: Any) -> str:
    """Take the first sign of a name, for the round face."""
    return str(name or "").strip()[:1]


@register.filter
def tabs(nav: list[Any], mode: str = "") -> dict[str, list[Any]]:
    """Share the entries out: what fits into a phone's tab bar, and the rest under More."""
    room = 3 if mode == "elder" else 5
    narrow = [entry for entry in nav if not entry.wide]
    if len(narrow) <= room and mode != "elder":
        return {"shown": narrow, "rest": []}
    first_and_main = [nav[0], *[entry for entry in nav[1:] if entry.main][:1]]
    shown = first_and_main if mode == "elder" else narrow[: room - 1]
    return {"shown": shown, "rest": [entry for entry in nav if entry not in shown]}


@register.filter
def further(nav: list[Any]) -> list[Any]:
    """Keep the entries that have no room in a phone's tab bar, nor in the one line of a desk."""
    return [entry for entry in nav if entry.wide]


@register.filter
def by_row(chart: dict[str, Any]) -> list[dict[str, Any]]:
    """Turn a chart's lines into the rows of its table."""
    lines = [line.get("texts") or line["values"] for line in chart["series"]]
    return [
        {"label": label, "texts": ["–" if value is None else value for value in values]}
        for label, *values in zip(chart["labels"], *lines, strict=True)
    ]
