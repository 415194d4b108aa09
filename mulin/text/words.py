"""Text to words: Chinese by dictionary, everything else by its letters and digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import rjieba

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_RUNS = re.compile(rf"([{_HAN}]+)|[^\W_{_HAN}]+")
# PostgreSQL refuses to search for words over 2 kB; nobody looks for longer words than these.
_LONGEST = 64
_LONGEST_HAN = 8
_MOST_TEXT = 20_000
_MOST_QUERY = 200
_MOST_WORDS = 12


def words(text: str) -> list[str]:
    """Split a text into its words, in small letters, without punctuation."""
    return list(_words(text[:_MOST_TEXT]))


def _words(text: str) -> Iterator[str]:
    for run in _RUNS.finditer(unicodedata.normalize("NFKC", text).casefold()):
        if run[1]:
            # Without guessing at unknown words: the same text is then cut the same way in any sentence.
            for word in rjieba.cut(run[0], False):
                yield from (word[at : at + _LONGEST_HAN] for at in range(0, len(word), _LONGEST_HAN))
        else:
            yield run[0][:_LONGEST]


def is_han(word: str) -> bool:
    """Say whether a word is in Chinese characters."""
    run = _RUNS.match(word)
    return bool(run and run[1])


def endings(word: str) -> list[str]:
    """List a word and, for Chinese, its endings: 自行车, 行车, 车."""
    return [word[at:] for at in range(len(word))] if is_han(word) else [word]


def segment(text: str) -> str:
    """Write the words of a text as they are stored for search: each Chinese word is followed by its endings.

    Searching for beginnings then finds any part of a word.
    """
    return " ".join(part for word in words(text) for part in endings(word))


def query_words(q: str) -> list[str]:
    """Split what somebody typed into the words to look for, each once; anything may be typed."""
    return list(dict.fromkeys(_words(q[:_MOST_QUERY])))[:_MOST_WORDS]


def phrases(word: str) -> list[list[str]]:
    """List the ways a word may stand in a stored text: as (part of) one word, or across the seam of two.

    The last item of each phrase may go on.
    """
    ways = [[word]]
    if is_han(word):
        ways += [[*endings(word[:at]), word[at:]] for at in range(1, len(word))]
    return ways
