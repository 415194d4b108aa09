"""Secret codes that open one noun to whoever holds them; only their hash is stored."""

from __future__ import annotations

import hmac
import secrets
import unicodedata

from .hashes import keyed_hash

# Nothing that is read or heard as something else: no 0 O, 1 I L, U V.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"


def new_code(length: int = 8) -> str:
    """Make a code that is easy to read aloud."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def hash_code(code: str) -> str:
    """Hash a code for storing; spaces, dashes and small letters make no difference."""
    plain = unicodedata.normalize("NFKC", code).upper()
    return keyed_hash("code", "".join(letter for letter in plain if letter.isalnum()))


def check_code(code: str, hashed: str) -> bool:
    """Say whether this is the code that was hashed, in constant time."""
    return bool(hashed) and hmac.compare_digest(hash_code(code).encode(), hashed.encode())
