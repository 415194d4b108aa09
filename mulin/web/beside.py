"""Panels beside a noun: what modules above it put on its page, so that its own module need not know them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.template.context import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from .http import Visit

Maker = Callable[[Visit, Any], "Panel | None"]
ForWhom = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Panel:
    """A template of the module's own, with what it shows; the smaller its order, the higher it stands."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 50


@dataclass(frozen=True)
class _Stand:
    maker: Maker
    later: ForWhom | None  # who gets it at all, once the page stands


_stands: dict[tuple[str, str], list[_Stand]] = defaultdict(list)
LATER = "web/later.html"


def stand_beside(page: str, maker: Maker, where: str = "side", later: ForWhom | None = None) -> None:
    """Put what the maker gives on that page: in its `side` column or in its `main` one; nothing where it gives none.

    What takes long to find out comes later, in a second request, to those whom `later` names; the page needs an address
    `beside/<where>/` of its own for it, answered by `pages.beside`.
    """
    if (stand := _Stand(maker, later)) not in _stands[page, where]:
        _stands[page, where].append(stand)


def beside(context: Context, noun: Any, page: str, where: str = "side", later: bool = False) -> SafeString:
    """Write the panels of a page in their order: those of now, or those that came later."""
    request = context["request"]
    stands = [stand for stand in _stands[page, where] if stand.later is None or stand.later(request.viewer, noun)]
    panels = [panel for each in stands if bool(each.later) == later and (panel := each.maker(request, noun))]
    if not later and any(each.later for each in stands):
        panels.append(Panel(LATER, {"url": f"{noun.get_absolute_url()}beside/{where}/"}, order=1000))
    panels.sort(key=lambda panel: panel.order)
    return format_html_join("\n", "{}", ((_written(context, noun, each),) for each in panels))


def _written(context: Context, noun: Any, panel: Panel) -> SafeString:
    # In the page's own context: to render it as a page would ask anew what every page shows.
    template = context.template.engine.get_template(panel.template)  # type: ignore[union-attr]
    with context.push(noun=noun, **panel.context):
        return SafeString(template.render(context))
