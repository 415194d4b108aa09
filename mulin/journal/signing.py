"""Signing a head, and checking it with nothing but the public key."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from .merkle import canonical


@cache
def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(settings.MULIN_LOG_KEY)


def public_key() -> bytes:
    """Return the installation's public key (32 bytes)."""
    return _key().public_key().public_bytes_raw()


def statement(community: UUID, size: int, root: bytes, at: datetime) -> bytes:
    """Write what is signed, as canonical JSON."""
    return canonical({"at": at.isoformat(), "log": str(community), "root": root.hex(), "size": size})


def sign(community: UUID, size: int, root: bytes, at: datetime) -> bytes:
    """Vouch for a size and a root."""
    return _key().sign(statement(community, size, root, at))


def check(public: bytes, signature: bytes, community: UUID, size: int, root: bytes, at: datetime) -> bool:
    """Tell whether a signature is that of the key for these facts."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, statement(community, size, root, at))
    except InvalidSignature:
        return False
    return True
