"""How many calls somebody may make: buckets of tokens in this process's memory, filled evenly."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.utils.translation import gettext as _

from .http import Call, Unmet

PER_MINUTE = {"guest": 60, "person": 600, "code": 30}
_MOST = 20_000  # buckets kept; beyond that the full ones go
_buckets: dict[str, tuple[float, float]] = {}  # tokens left, and when that was
_lock = Lock()


@dataclass(frozen=True)
class Counted:
    """One call that was counted: what is left of how many, and how long to wait when there is nothing."""

    kind: str
    per_minute: int
    left: float
    wait: float = 0

    @property
    def headers(self) -> dict[str, str]:
        """Write it as the fields of draft-ietf-httpapi-ratelimit-headers."""
        full_in = math.ceil((self.per_minute - self.left) * 60 / self.per_minute)
        return {
            "RateLimit-Policy": f'"{self.kind}";q={self.per_minute};w=60',
            "RateLimit": f'"{self.kind}";r={int(self.left)};t={full_in}',
        }


def take(key: str, per_minute: int) -> tuple[float, float]:
    """Take one token; return how many are left, and 0 or the seconds until there is one again."""
    at = time.monotonic()
    with _lock:
        left, since = _buckets.get(key, (float(per_minute), at))
        left = min(per_minute, left + (at - since) * per_minute / 60)
        if left < 1:
            return left, (1 - left) * 60 / per_minute
        if len(_buckets) >= _MOST:
            _forget(at)
        _buckets[key] = (left - 1, at)
        return left - 1, 0


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
    _count(call, kind, str(who), PER_MINUTE[kind])


def slow_down_key(call: Call) -> None:
    """Count one call, read or write, against the limit of the key that makes it."""
    if settings.RATE_LIMITS and call.key is not None:
        _count(call, "key", str(call.key.id), call.key.per_minute)


def _count(call: Call, kind: str, who: str, per_minute: int) -> None:
    left, wait = take(f"{kind} {who}", per_minute)
    counted = Counted(kind, per_minute, left, wait)
    if call.counted is None or wait or left / per_minute < call.counted.left / call.counted.per_minute:
        call.counted = counted  # the tighter one is told
    if wait:
        seconds = math.ceil(wait)
        words = _("That was a lot at once. Wait %(seconds)s seconds, then it works again.") % {"seconds": seconds}
        raise Unmet(429, "too_many", words, headers={"Retry-After": str(seconds)})
