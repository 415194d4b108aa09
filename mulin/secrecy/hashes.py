"""Keyed hashes: how an encrypted value is found; on a stolen copy nobody can try out all phone numbers."""

from __future__ import annotations

import hmac

from .keys import derived, hashing_secret


def keyed_hash(purpose: str, value: str) -> str:
    """Hash a normalised value under the key for this purpose (HMAC-SHA256, hex)."""
    return hmac.digest(derived(hashing_secret(), f"hash:{purpose}"), value.encode(), "sha256").hex()
