"""How many calls somebody may make: buckets of tokens in this process's memory, filled evenly."""

from __future__ import annotations

import math
import time
from threading import Lock

from django.conf import settings
from django.utils.translation import gettext as _

from .http import Call, Unmet

PER_MINUTE = {"guest": 60, "person": 600, "code": 30}
_MOST = 20_000  # buckets kept; beyond that the full ones go
_buckets: dict[str, tuple[float, float]] = {}  # tokens left, and when that was
_lock = Lock()


def take(key: str, per_minute: int) -> float:
    """Take one token; return 0, or the seconds until there is one again."""
    at = time.monotonic()
    with _lock:
        left, since = _buckets.get(key, (float(per_minute), at))
        left = min(per_minute, left + (at - since) * per_minute / 60)
        if left < 1:
            return (1 - left) * 60 / per_minute
        if len(_buckets) >= _MOST:
            _forget(at)
        _buckets[key] = (left - 1, at)
        return 0


def forget() -> None:
    """Empty all buckets' memory; for tests."""
    with _lock:
        _buckets.clear()


def _forget(at: float) -> None:
    # After a minute every bucket is full again, and a full one need not be kept.
    for key in [key for key, (_left, since) in _buckets.items() if since < at - 60]:
        del _buckets[key]
    if len(_buckets) >= _MOST:
        _buckets.clear()


def slow_down(call: Call, kind: str = "") -> None:
    """Count one call for whoever makes it; too many are refused with how long to wait."""
    if not settings.RATE_LIMITS:
        return
    kind = kind or ("person" if call.viewer.is_someone else "guest")
    who = call.viewer.actor if kind == "person" else call.META.get("REMOTE_ADDR", "")
    if wait := take(f"{kind} {who}", PER_MINUTE[kind]):
        seconds = math.ceil(wait)
        words = _("That was a lot at once. Wait %(seconds)s seconds, then it works again.") % {"seconds": seconds}
        raise Unmet(429, "too_many", words, headers={"Retry-After": str(seconds)})
