"""Small words of call-ups for templates."""

from __future__ import annotations

from typing import Any

from django import template

from mulin.callups.figures import MOODS

register = template.Library()


@register.filter
def mood(rating: int) -> str:
    """Say a rating in words."""
    return str(MOODS.get(rating, "–"))


@register.filter
def chosen(field: Any) -> list[str]:
    """List what is ticked in a field of several."""
    value = field.value() or []
    return [str(getattr(each, "pk", each)) for each in (value if isinstance(value, list | tuple) else [value])]


@register.filter
def may_report_in(turnout: Any, viewer: Any) -> bool:
    """Tell whether a viewer's own unit can report in now."""
    ours = turnout.organisation_id in turnout.callup.units_of(viewer)
    return ours and turnout.state in ("called", "lapsed") and turnout.flow.why_not("report_in", viewer, turnout) is None
