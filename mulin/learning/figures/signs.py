"""What a text is read by: its words, pairs of words and pieces of them, without numbers and without names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from mulin.text.words import is_han, words

MOST_TEXT = 4_000  # characters that are read of a text
PIECES = (3, 4, 5)  # letters of a piece of a word in an alphabet
_HAN_RUN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff]+")
_LATIN_RUN = re.compile(r"[a-z][a-z'’-]*(?: [a-z][a-z'’-]*)+", re.IGNORECASE)
_LONGEST_NAME = 4  # of one in Chinese characters
# What people are called to their face: the one or two characters before it are a family name.
_CALLED = re.compile(r"[\u4e00-\u9fff]{1,2}(?=先生|女士|小姐|大爷|大妈|大姐|大哥|阿姨|师傅|奶奶|爷爷)")
_TITLED = re.compile(r"\b(?:mr|mrs|ms|miss|dr)\.? +[a-z'’-]+", re.IGNORECASE)
_ADDRESSES = re.compile(r"\S+@\S+|https?://\S+|www\.\S+", re.IGNORECASE)
_NUMBERS = re.compile(r"[0-9０-９][\w０-９./:-]*")
_SMALL_WORDS = """
    的 了 在 是 有 和 也 都 就 不 很 到 把 被 我 你 他 我们 这 那 一 个 上 下 里 着 吗 吧 呢 请 又 没 没有
    还 去 来 要 会 能 人 从 不是 就是 已经 昨天 今天 有人
    the a an and or of to in on at is are it this that for with be was has have i my we our there by as not from please
    s t
"""
_SMALL = frozenset(_SMALL_WORDS.split())


def plain(text: str, names: Collection[str] = ()) -> str:
    """Return a text as it may be learnt from: small letters, without addresses, numbers, and names of people."""
    said = unicodedata.normalize("NFKC", text[:MOST_TEXT]).casefold()
    for what in (_ADDRESSES, _NUMBERS, _TITLED, _CALLED):
        said = what.sub(" ", said)
    if not names:
        return said
    return _without(said, names, " ")


def _without(said: str, names: Collection[str], mark: str) -> str:
    """Put a mark where one of these names stands; they are given in small letters."""
    said = _HAN_RUN.sub(lambda run: "".join(_unnamed(list(run[0]), "", names, range(_LONGEST_NAME, 1, -1), mark)), said)
    return _LATIN_RUN.sub(lambda run: " ".join(_unnamed(run[0].split(" "), " ", names, (3, 2), mark)), said)


def _unnamed(
    parts: list[str], glue: str, names: Collection[str], sizes: Sequence[int], mark: str
) -> Iterator[str]:  # fmt: skip
    """Go through the parts of a run; where so many of them together are a name, the longest first, give the mark."""
    at = 0
    while at < len(parts):
        size = next((size for size in sizes if glue.join(parts[at : at + size]).casefold() in names), 0)
        yield mark if size else parts[at]
        at += size or 1


def masked(text: str, names: Collection[str] = ()) -> str:
    """Return a text that somebody else may take over: numbers of people and doors, addresses and names are dots."""
    said = _ADDRESSES.sub("…", text)
    said = re.sub(r"[0-9A-Za-z-]*\d{3,}[0-9A-Za-z-]*(?:室|号房|房)?", "…", said)
    said = _without(_TITLED.sub("…", _CALLED.sub("…", said)), names, "…")
    return re.sub("…(?:[ -]*…)+", "…", said).strip()


def is_small(word: str) -> bool:
    """Tell whether a word says nothing about a matter."""
    return word in _SMALL


def signs(said: str) -> dict[str, tuple[str, int]]:
    """Read the signs of a plain text: for each the words in which it stands, and how often."""
    cut = words(said)
    found: dict[str, tuple[str, int]] = {}

    def add(sign: str, spoken: str) -> None:
        known = found.get(sign)
        found[sign] = (spoken, 1 if known is None else known[1] + 1)

    for place, word in enumerate(cut):
        if not is_small(word):
            add(word, word)
        after = cut[place + 1] if place + 1 < len(cut) else ""
        if after:
            add(f"{word} {after}", f"{word}{after}" if is_han(word) and is_han(after) else f"{word} {after}")
        if not is_han(word):
            edged = f"<{word}>"
            for size in PIECES:
                for at in range(len(edged) - size + 1):
                    add(f"~{edged[at : at + size]}", word)
    for run in _HAN_RUN.finditer(said):
        for at, letter in enumerate(run[0]):
            if not is_small(letter):
                add(f"~{letter}", letter)
            if at + 1 < len(run[0]):
                add(f"~{run[0][at : at + 2]}", run[0][at : at + 2])
    return found
