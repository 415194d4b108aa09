"""Reads too big for a QuerySet method: categories, routing, lists and the timeline."""

from .advice import Adviser, advise_by, adviser
from .categories import categories, forget_categories, leaf, leaves, suggest
from .lists import (
    After,
    Cases,
    by_number,
    by_state,
    counts,
    figures_of_week,
    holding,
    in_charge_of,
    in_grid,
    log_and_places,
    most_urgent,
    newest,
    news,
    of_category,
    queue,
    sent_case,
    tabs,
    waiting_for_me,
    was_sent,
    within,
)
from .routing import Where, posts_that_handle, responsible_post, shown_point, where
from .rows import Reading, Row, name_posts, reading, rows
from .telling import handlers
from .timeline import Name, Step, holders, names, proposed_summary, timeline

__all__ = [
    "Adviser", "After", "Cases", "Name", "Reading", "Row", "Step", "Where", "advise_by", "adviser", "by_number",
    "by_state", "categories", "counts", "figures_of_week", "forget_categories", "handlers", "holders", "holding",
    "in_charge_of", "in_grid", "leaf", "leaves", "log_and_places", "most_urgent", "name_posts", "names", "newest",
    "news", "of_category", "posts_that_handle", "proposed_summary", "queue", "reading", "responsible_post", "rows",
    "sent_case", "shown_point", "suggest", "tabs", "timeline", "waiting_for_me", "was_sent", "where", "within",
]  # fmt: skip
