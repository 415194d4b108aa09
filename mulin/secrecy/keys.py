"""The keys, from settings.MULIN_KEYS (id -> 32 bytes; the first is current). The letters of an id name its cipher."""

from __future__ import annotations

import re
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_KEY_ID = re.compile(r"[a-z]{1,8}[0-9]{1,6}")
_looked_through: dict[str, bytes] | None = None


def _all() -> dict[str, bytes]:
    global _looked_through
    keys: dict[str, bytes] = settings.MULIN_KEYS
    if keys and keys is _looked_through:
        return keys
    if not keys:
        raise ImproperlyConfigured("MULIN_KEYS is empty: give it at least one key, for example k1.")
    for key_id, secret in keys.items():
        if not _KEY_ID.fullmatch(key_id) or len(secret) != 32:
            raise ImproperlyConfigured(f"MULIN_KEYS: {key_id!r} must be like k1, with a key of 32 bytes.")
    _looked_through = keys  # every value that is sealed or hashed asks
    return keys


def current() -> str:
    """Return the id of the key that new values are written under."""
    return next(iter(_all()))


def newest() -> tuple[str, bytes]:
    """Return the id and the key that new values are written under."""
    return next(iter(_all().items()))


def secret(key_id: str) -> bytes:
    """Return the key with this id."""
    try:
        return _all()[key_id]
    except KeyError:
        raise ImproperlyConfigured(f"MULIN_KEYS lacks {key_id!r}; values written under it cannot be read.") from None


def hashing_secret() -> bytes:
    """Return the key that keyed hashes hang on: MULIN_HASH_KEY, else the oldest key."""
    # Hashes are compared over years, so they must not follow the rotation of the current key.
    return settings.MULIN_HASH_KEY or list(_all().values())[-1]


@lru_cache(maxsize=256)
def derived(root: bytes, purpose: str, length: int = 32) -> bytes:
    """Derive the key for one purpose (HKDF-SHA256)."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=b"mulin:" + purpose.encode()).derive(root)
