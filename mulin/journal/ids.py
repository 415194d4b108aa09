"""UUIDv7: ids that the application makes and that sort by time (RFC 9562 §5.7)."""

import os
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0


def uuid7() -> uuid.UUID:
    """Make an id: 48 bits of milliseconds, then a counter that keeps one process in order, then chance."""
    global _last
    with _lock:
        # Sub-millisecond ticks fill the 12 bits after the version; never backwards within a process.
        ticks = max(time.time_ns() * 4096 // 1_000_000, _last + 1)
        _last = ticks
    milliseconds, fraction = divmod(ticks, 4096)
    chance = int.from_bytes(os.urandom(8), "big") & 0x3FFFFFFFFFFFFFFF
    return uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | chance)
