"""How areas are written."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def square_metres(area: int) -> str:
    """Write hundredths of a square metre with two decimals, without rounding."""
    return f"{area // 100:,}.{area % 100:02d}"
