"""Slowing down whoever tries too often, and knowing what was there before."""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.refusals import Refused
from mulin.secrecy.hashes import keyed_hash

from ..figures import TRIES_COUNT
from ..models import Throttle


def slow_down(what: str, *keys: str, limit: int = 10) -> None:
    """Count a try for each key (a target, an address); refuse with 429 when one has too many."""
    if not settings.RATE_LIMITS:
        return
    counts = [_count(keyed_hash(f"throttle:{what}", key)) for key in keys if key]
    if max(counts, default=0) > limit:
        minutes = int(TRIES_COUNT.total_seconds() // 60)
        words = _("That was tried too often. Wait %(minutes)s minutes, then it works again.") % {"minutes": minutes}
        raise Refused("too_many", words, status=429)


def forgive(what: str, *keys: str) -> None:
    """Take back one try for each key, since it was a good one."""
    hashes = [keyed_hash(f"throttle:{what}", key) for key in keys if key]
    Throttle.objects.filter(key_hash__in=hashes, count__gt=0).update(count=F("count") - 1)


def is_first(what: str, key: str) -> bool:
    """Take note of something that serves once, such as a challenge, and say whether it did not serve before."""
    return _count(keyed_hash(f"once:{what}", key)) == 1


def tidy() -> None:
    """Delete tries that no longer count."""
    Throttle.objects.filter(starts_at__lt=now() - TRIES_COUNT).delete()


def _count(key_hash: str) -> int:
    at, rows = now(), Throttle.objects.filter(key_hash=key_hash)
    if not rows.filter(starts_at__gt=at - TRIES_COUNT).update(count=F("count") + 1):
        if rows.update(starts_at=at, count=1):
            return 1
        try:
            with transaction.atomic():
                Throttle.objects.create(key_hash=key_hash, starts_at=at)
            return 1
        except IntegrityError:  # someone else was first
            rows.update(count=F("count") + 1)
    return int(rows.values_list("count", flat=True).get())
