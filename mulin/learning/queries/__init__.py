"""Reads: what was learnt, what a report may be about, where it may be, what is like it, what was answered before."""

from .advice import Learnt
from .alike import Alike, similar, similar_to, taken_into
from .answers import Answer, answers_for
from .kinds import Suggested, suggest
from .lessons import Lessons, forget_lessons, lesson_of
from .material import Material, changed_since, communities, material
from .places import Somewhere, somewhere

__all__ = [
    "Alike", "Answer", "Learnt", "Lessons", "Material", "Somewhere", "Suggested", "answers_for", "changed_since",
    "communities", "forget_lessons", "lesson_of", "material", "similar", "similar_to", "somewhere", "suggest",
    "taken_into",
]  # fmt: skip
