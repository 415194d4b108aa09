"""UUIDv7: ids that the application makes and that sort by time (RFC 9562 §5.7)."""

import os
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0
_CHANCE = 0x3FFFFFFFFFFFFFFF


def uuid7() -> uuid.UUID:
    """Make an id: 48 bits of milliseconds, then a counter that keeps one process in order, then chance."""
    return uuid.UUID(int=_number(_ticks(1), int.from_bytes(os.urandom(8), "big")))


def numbers(count: int) -> list[int]:
    """Make many ids at once, as numbers of 128 bits that follow one another."""
    chances = memoryview(os.urandom(8 * count)).cast("Q")
    return [_number(ticks, chance) for ticks, chance in enumerate(chances, _ticks(count))]


def _ticks(count: int) -> int:
    """Take so many ticks in a row, and return the first."""
    global _last
    with _lock:
        # Sub-millisecond ticks fill the 12 bits after the version; never backwards within a process.
        first = max(time.time_ns() * 4096 // 1_000_000, _last + 1)
        _last = first + count - 1
    return first


def _number(ticks: int, chance: int) -> int:
    return (ticks >> 12) << 80 | 0x7 << 76 | (ticks & 0xFFF) << 64 | 0b10 << 62 | chance & _CHANCE
