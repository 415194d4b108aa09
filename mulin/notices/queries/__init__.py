"""Which notices there are, their lists, what was answered, where the log holds them, and whom a line concerns."""

from .lists import (
    answers_of,
    board,
    corrected_by,
    layout_of,
    notice_of,
    objections_for,
    objections_of,
    open_now,
    organisations,
    own_objection,
    take_objections,
    whole_rows,
    work,
)  # fmt: skip
from .proof import head_of, way
from .telling import in_charge, keepers, of_poster, tell_notices, tell_objections, the_objector, who_post

__all__ = [
    "answers_of", "board", "corrected_by", "head_of", "in_charge", "keepers", "layout_of", "notice_of",
    "objections_for", "objections_of", "of_poster", "open_now", "organisations", "own_objection",
    "take_objections", "tell_notices", "tell_objections", "the_objector", "way", "who_post", "whole_rows", "work",
]  # fmt: skip
