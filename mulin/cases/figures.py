"""Small arithmetic about cases; no Django models."""

from __future__ import annotations


def first_sentence(words: str, most: int = 60) -> str:
    """Return the first sentence of what someone wrote, shortened: a title for those who may read it."""
    first = words.strip().split("\n")[0]
    for mark in "。！？!?":
        first = first.split(mark)[0]
    return first[:most] + ("…" if len(first) > most else "")
