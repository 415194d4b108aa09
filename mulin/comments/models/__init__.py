"""Comments, reports of them, and cooling-offs of whole discussions."""

from .comment import Comment, OnSubjects, Report
from .pause import Pause

__all__ = ["Comment", "OnSubjects", "Pause", "Report"]
