"""Suggestions of deputies, who signed them, who takes part, what was said of them, and the answers."""

from .rows import Answer, CoSigner, Partner, Word
from .suggestion import Suggestion

__all__ = ["Answer", "CoSigner", "Partner", "Suggestion", "Word"]
