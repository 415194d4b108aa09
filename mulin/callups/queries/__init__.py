"""Reads about call-ups: which units can be called, who stands where, and what it came to."""

from .boards import Board, any_called, beside, board, holding, listed, news_since, ours, shown_publicly, waiting_at
from .counting import counted, judged, weeks
from .telling import tell_calls
from .units import Groups, called_for, custom_of, groups, is_at, suggested, units_here

__all__ = [
    "Board",
    "Groups",
    "any_called",
    "beside",
    "board",
    "called_for",
    "counted",
    "custom_of",
    "groups",
    "holding",
    "is_at",
    "judged",
    "listed",
    "news_since",
    "ours",
    "shown_publicly",
    "suggested",
    "tell_calls",
    "units_here",
    "waiting_at",
    "weeks",
]  # fmt: skip
