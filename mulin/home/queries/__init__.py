"""Reads of the home pages: what waits for a viewer, what stands above communities, and who a place belongs to."""

from .overview import LATELY, Figures, Week, figures, overseen, weeks
from .places import Here, answers_for, find, numbers_shown, open_at, posts_at, posts_to_fill
from .telling import (
    accounts_of_persons,
    accounts_that_can,
    accounts_that_hold,
    accounts_that_oversee,
    communities,
    home_of,
    notifications,
    own_cases,
    reachable,
    unread_count,
    where_the_log_stands,
)

__all__ = [
    "LATELY", "Figures", "Here", "Week", "accounts_of_persons", "accounts_that_can", "accounts_that_hold",
    "accounts_that_oversee", "answers_for", "communities", "figures", "find", "home_of", "notifications",
    "numbers_shown", "open_at", "overseen", "own_cases", "posts_at", "posts_to_fill", "reachable", "unread_count",
    "weeks", "where_the_log_stands",
]  # fmt: skip
