"""Parts of pages that are put together once: `{% kept name=value … %}…{% hole %}…{% endhole %}…{% endkept %}`."""

from __future__ import annotations

from collections.abc import Hashable
from secrets import token_hex
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
MOST = 500  # variants of one part that a process remembers
MARK = f"\x1f{token_hex(8)}\x1f"  # stands where a hole is; nobody can send it in a text
HOLES = " holes"  # no template can name it


class Kept(Node):
    """Markup that depends on nothing but the values it names, and on the language.

    Inside, nothing else is known, so what is kept of one visit cannot hold anything of who made it. What is new each
    time stands in a hole, which sees the whole page. Values must be hashable.
    """

    def __init__(self, given: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.given, self.nodelist = given, nodelist
        self.made: dict[Hashable, tuple[list[str], list[Hole]]] = {}

    def render(self, context: template.Context) -> SafeString:
        values = {name: value.resolve(context) for name, value in self.given.items()}
        # With its type: a text that is safe markup equals one that is not.
        key = (get_language(), settings.STATIC_URL, *((type(value), value) for value in values.values()))
        made = self.made.get(key)
        if made is None:
            if len(self.made) >= MOST:
                self.made.clear()
            made = self.made[key] = self._make(context, values)
        pieces, holes = made
        filled = [pieces[0]]
        for hole, piece in zip(holes, pieces[1:], strict=True):
            filled += (hole.nodelist.render(context), piece)
        return SafeString("".join(filled))

    def _make(self, context: template.Context, values: dict[str, Any]) -> tuple[list[str], list[Hole]]:
        holes: list[Hole] = []
        alone = template.Context({**values, HOLES: holes})
        alone.template = context.template
        return self.nodelist.render(alone).split(MARK), holes


class Hole(Node):
    """What is new each time within a part that is kept."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        if HOLES not in context:
            return self.nodelist.render(context)
        context[HOLES].append(self)
        return SafeString(MARK)


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """Put a part of a page together once for each set of the values it names."""
    given = token_kwargs(token.split_contents()[1:], parser)
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(given, nodelist)


@register.tag
def hole(parser: Parser, token: Token) -> Hole:
    """Leave open, in a part that is kept, what is new each time."""
    nodelist = parser.parse(("endhole",))
    parser.delete_first_token()
    return Hole(nodelist)
