"""Reads of the home pages: what waits for a viewer, what stands above communities, and who a place belongs to."""

from .overview import LATELY, Figures, Week, figures, overseen, weeks
from .places import Here, answers_for, find, numbers_shown, open_at, posts_at, posts_to_fill
from .telling import communities, home_of, own_cases, reachable, where_the_log_stands

__all__ = [
    "LATELY", "Figures", "Here", "Week", "answers_for", "communities", "figures", "find", "home_of", "numbers_shown",
    "open_at", "overseen", "own_cases", "posts_at", "posts_to_fill", "reachable", "weeks", "where_the_log_stands",
]  # fmt: skip
