"""Fixed lists and spans of channels, and reading of mails; no Django models."""

from .letters import Letter, Unwanted, read_letter
from .lists import (
    AGREE_WITHIN,
    AT_ONCE,
    FORMATS,
    HOLDS,
    LETTERS_A_DAY,
    MAKE_WITHIN,
    MOST_AT_ONCE,
    MOST_ROWS,
    SENTENCES,
    TYPES,
)

__all__ = [
    "AGREE_WITHIN", "AT_ONCE", "FORMATS", "HOLDS", "LETTERS_A_DAY", "MAKE_WITHIN", "MOST_AT_ONCE", "MOST_ROWS",
    "SENTENCES", "TYPES", "Letter", "Unwanted", "read_letter",
]  # fmt: skip
