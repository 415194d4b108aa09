"""Proposals, their steps, who supports and rates, what was said, sittings, and a community's templates and numbers."""

from .keeping import Settings, Template
from .proposal import Proposal
from .rows import Rating, Revision, Supporter, Word
from .step import Sitting, Step

__all__ = ["Proposal", "Rating", "Revision", "Settings", "Sitting", "Step", "Supporter", "Template", "Word"]
