"""Reads too big for a QuerySet method: categories, routing, lists and the timeline."""

from .categories import categories, forget_categories, leaves, suggest
from .lists import (
    OF_STEPS,
    by_number,
    concerning,
    figures_of_week,
    handled_by,
    queue,
    readable,
    rows,
    sent_case,
    similar,
    was_sent,
)
from .routing import Where, posts_that_handle, responsible_post, shown_point, where
from .timeline import Step, holders, names, timeline

__all__ = [
    "OF_STEPS", "Step", "Where", "by_number", "categories", "concerning", "figures_of_week", "forget_categories",
    "handled_by", "holders", "leaves", "names", "posts_that_handle", "queue", "readable", "responsible_post",
    "rows", "sent_case", "shown_point", "similar", "suggest", "timeline", "was_sent", "where",
]  # fmt: skip
