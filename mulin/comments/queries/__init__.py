"""Reads about comments: the discussion of a noun, the queue of those who keep the pages, and whom a line concerns."""

from .lists import (
    Discussion,
    discussion,
    discussion_of,
    how_many,
    line,
    pause_of,
    queue,
    reports_of,
    subject_of,
    titles,
    units,
)  # fmt: skip
from .telling import in_charge, tell_comments, tell_pauses, the_answered, the_keepers, the_owners, the_writer

__all__ = [
    "Discussion", "discussion", "discussion_of", "how_many", "in_charge", "line", "pause_of", "queue", "reports_of",
    "subject_of", "tell_comments", "tell_pauses", "the_answered", "the_keepers", "the_owners", "the_writer", "titles",
    "units",
]  # fmt: skip
