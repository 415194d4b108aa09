"""Notices, the rows of their lists, and objections to them."""

from .notice import ListRow, Notice
from .objection import Objection

__all__ = ["ListRow", "Notice", "Objection"]
