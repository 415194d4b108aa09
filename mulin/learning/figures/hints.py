"""Rule words: what a category pack says would speak for each category, before there is anything to learn from."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

HAN, LATIN, MOST = 1.0, 0.35, 4.5  # for each character of a word that occurs; at most together
MOST_TEXT = 4_000


def head_start(hints: Mapping[str, Sequence[str]], text: str) -> tuple[dict[str, float], dict[str, list[str]]]:
    """Say how far rule words put each category ahead, and which of them stand in the text."""
    said = text[:MOST_TEXT].lower()
    ahead: dict[str, float] = {}
    hits: dict[str, list[str]] = {}
    for key, listed in hints.items():
        if found := [word for word in listed if word and occurs(word.lower(), said)]:
            hits[key] = sorted(found, key=lambda word: -len(word))
            ahead[key] = min(MOST, sum(len(word) * (LATIN if word.isascii() else HAN) for word in found))
    return ahead, hits


def occurs(word: str, said: str) -> bool:
    """Tell whether a word stands in a text: Latin ones whole, Chinese has no spaces to go by."""
    return word in said and (not word.isascii() or bool(_whole(word).search(said)))


@lru_cache(maxsize=5000)
def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}\b")


def shares(logits: Mapping[str, float]) -> dict[str, float]:
    """Turn what speaks for each answer into shares of a whole."""
    if not logits:
        return {}
    most = max(logits.values())
    raised = {key: math.exp(value - most) for key, value in logits.items()}
    total = sum(raised.values())
    return {key: value / total for key, value in raised.items()}
