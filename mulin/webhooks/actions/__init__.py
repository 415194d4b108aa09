"""The verbs of webhooks; every write."""

from .feeding import feed
from .life import (
    again,
    change,
    end,
    expire,
    make,
    pause,
    ping,
    renew,
    replay,
    resume,
    start,
    suspend,
    tidy,
)  # fmt: skip
from .sending import record, send_due

__all__ = [
    "again", "change", "end", "expire", "feed", "make", "pause", "ping", "record", "renew", "replay", "resume",
    "send_due", "start", "suspend", "tidy",
]  # fmt: skip
