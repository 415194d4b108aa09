"""Hashes, trees and proofs: pure functions over bytes. RFC 9162 §2.1 with our own leaf (law 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from struct import Struct
from typing import Any

import msgspec

TILE = 1024  # leaves under one stored inner node; a power of two
_TILE_HEIGHT = TILE.bit_length() - 1
EMPTY = sha256(b"").digest()
_HEADER = Struct(">BIQI32sI").pack  # what stands before the cleared facts in a leaf
_written = msgspec.json.Encoder(order="sorted", enc_hook=str.__str__).encode  # the hook is for kinds of str
_SAFE = 2**53 - 1  # beyond it JavaScript rounds, and RFC 8785 with it


def canonical(value: Any) -> bytes:
    """Write JSON the one way of RFC 8785; floats are refused and keys are ASCII, so sorting is simple."""
    _must_be_plain(value)
    return _written(value)


def _must_be_plain(value: Any) -> None:
    """Refuse what other programs would write differently. Raises TypeError."""
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise TypeError(f"{key!r} is no key for canonical JSON: use ASCII text.")
            if item.__class__ is not str:  # most are
                _must_be_plain(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _must_be_plain(item)
    elif value is not None and not isinstance(value, str) and (not isinstance(value, int) or abs(value) > _SAFE):
        raise TypeError(f"{type(value).__name__} {value} has no canonical form: use text or a safe integer.")


def commit(salt: bytes, body: bytes) -> bytes:
    """Commit to a body that may be erased later: H(salt length ‖ salt ‖ body length ‖ body)."""
    return sha256(len(salt).to_bytes(4, "big") + salt + len(body).to_bytes(4, "big") + body).digest()


def leaf(seq: int, commitment: bytes, cleared: bytes) -> bytes:
    """Hash one line: H(0x00 ‖ seq ‖ commitment ‖ cleared facts), each part length-prefixed."""
    return sha256(_HEADER(0, 8, seq, 32, commitment, len(cleared)) + cleared).digest()


def hash_lines(rows: Iterable[tuple[int, bytes, str]]) -> list[bytes]:
    """Hash many lines at once, given as (seq, commitment, cleared): the same as `leaf`, without a call for each."""
    return [
        sha256(_HEADER(0, 8, seq, 32, commitment, len(text := cleared.encode())) + text).digest()
        for seq, commitment, cleared in rows
    ]


def node(left: bytes, right: bytes) -> bytes:
    """Hash an inner node."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: one hash per set bit of its size, the largest subtree first."""

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        self.size = size
        self.hashes = list(hashes)

    @classmethod
    def unpack(cls, size: int, packed: bytes) -> Frontier:
        return cls(size, [packed[i : i + 32] for i in range(0, len(packed), 32)])

    def pack(self) -> bytes:
        return b"".join(self.hashes)

    def push(self, item: bytes, height: int = 0) -> bytes | None:
        """Append a leaf (or a whole subtree of that height); return the hash of the tile this completes, if any."""
        size, tile = self.size >> height, None
        while size & 1:
            item = node(self.hashes.pop(), item)
            size >>= 1
            height += 1
            if height == _TILE_HEIGHT:
                tile = item
        self.hashes.append(item)
        self.size = (size << height) + (1 << height)
        return tile

    def root(self) -> bytes:
        """Return the tree's root."""
        if not self.hashes:
            return EMPTY
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node(left, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes, level by level (the quickest way in Python)."""
    level = list(leaves)
    if not level:
        return EMPTY
    while len(level) > 1:
        odd = level[-1:] if len(level) & 1 else []
        pairs = iter(level)
        level = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)] + odd
    return level[0]


Span = Callable[[int, int], bytes]  # (start, end) -> root of the leaves start..end-1


def inclusion(index: int, start: int, end: int, span: Span) -> list[bytes]:
    """Return the audit path of a leaf in the tree over start..end-1. RFC 9162 §2.1.3.1."""
    path: list[bytes] = []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(span(middle, end))
            end = middle
        else:
            path.append(span(start, middle))
            start = middle
    return path[::-1]


def consistency(first: int, second: int, span: Span) -> list[bytes]:
    """Return the proof that the tree of `first` leaves is a beginning of that of `second`. RFC 9162 §2.1.4.1."""
    path: list[bytes] = []
    start, end, complete = 0, second, True
    if first in (0, second):
        return path
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            path.append(span(middle, end))
            end = middle
        else:
            path.append(span(start, middle))
            start, complete = middle, False
    if not complete:
        path.append(span(start, end))
    return path[::-1]


def _split(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)


def check_inclusion(item: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Tell whether the path leads from a leaf hash to the root. RFC 9162 §2.1.3.2."""
    if not 0 <= index < size:
        return False
    position, last, seen = index, size - 1, item
    for step in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            seen = node(step, seen)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            seen = node(seen, step)
        position >>= 1
        last >>= 1
    return last == 0 and seen == root


def check_consistency(first: int, second: int, path: Sequence[bytes], old: bytes, new: bytes) -> bool:
    """Tell whether the newer tree begins with the older one. RFC 9162 §2.1.4.2."""
    if not 0 < first < second:
        return not path and (first == 0 <= second or (first == second and old == new))
    steps = list(path)
    if first & (first - 1) == 0:
        steps.insert(0, old)
    position, last = first - 1, second - 1
    while position & 1:
        position >>= 1
        last >>= 1
    seen_old = seen_new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            seen_old, seen_new = node(step, seen_old), node(step, seen_new)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            seen_new = node(seen_new, step)
        position >>= 1
        last >>= 1
    return last == 0 and seen_old == old and seen_new == new
