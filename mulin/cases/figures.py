"""Small arithmetic about cases; no Django models."""

from __future__ import annotations

import re

_END = re.compile(r"[。！？!?\n]")


def first_sentence(words: str, most: int = 60) -> str:
    """Return the first sentence of what someone wrote, shortened: a title for those who may read it."""
    if not words:
        return ""
    first = _END.split(words.strip(), 1)[0]
    return first[:most] + ("…" if len(first) > most else "")
