"""Reads too big for a QuerySet method: categories, routing, lists and the timeline."""

from .categories import categories, forget_categories, leaf, leaves, suggest
from .lists import (
    by_number,
    figures_of_week,
    queue,
    sent_case,
    similar,
    was_sent,
)
from .routing import Where, posts_that_handle, responsible_post, shown_point, where
from .rows import Row, name_posts, rows
from .timeline import Step, holders, names, timeline

__all__ = [
    "Row", "Step", "Where", "by_number", "categories", "figures_of_week", "forget_categories", "holders", "leaf",
    "leaves", "name_posts", "names", "posts_that_handle", "queue", "responsible_post", "rows", "sent_case",
    "shown_point", "similar", "suggest", "timeline", "was_sent", "where",
]  # fmt: skip
