"""A table that was checked and waits for its button, for an hour at most.

The file is encrypted under a key that stands only in the token of the page: whoever reads the disk learns nothing.
"""

from __future__ import annotations

import os
import time
from base64 import b64decode, b64encode
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core import signing

from mulin.kernel.ids import uuid7

SALT, SECONDS = "tables.waiting", 3600
_NONCE = b"\0" * 12  # each key is used once


def _folder() -> Path:
    folder = Path(settings.DATA) / "waiting"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def set_aside(content: bytes, about: Iterable[str]) -> str:
    """Keep a file for an hour; return the token that opens it to the same page: `about` says whose and what for."""
    name, key = uuid7().hex, AESGCM.generate_key(256)
    path = _folder() / name
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(AESGCM(key).encrypt(_NONCE, content, name.encode()))
    return signing.dumps([name, b64encode(key).decode(), list(about)], salt=SALT)


def look(token: str, about: Iterable[str]) -> bytes | None:
    """Return the file of a token, or None when it is gone, too old or about something else."""
    found = _read(token, about)
    return None if found is None else _opened(*found)


def take(token: str, about: Iterable[str]) -> bytes | None:
    """Return the file of a token and take it away: of two clicks only one gets it."""
    if (found := _read(token, about)) is None:
        return None
    path, key = found
    mine = path.with_suffix(".taken")
    try:
        path.rename(mine)
        return _opened(mine, key, path.name)
    except FileNotFoundError:
        return None
    finally:
        mine.unlink(missing_ok=True)


def sweep() -> None:
    """Take away what waited for more than an hour."""
    # Files carry the world's time, also where the program's clock is simulated.
    for path in _folder().iterdir():
        if path.stat().st_mtime < time.time() - SECONDS:
            path.unlink(missing_ok=True)


def _read(token: str, about: Iterable[str]) -> tuple[Path, bytes] | None:
    try:
        name, key, said = signing.loads(token, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return (_folder() / name, b64decode(key)) if said == list(about) else None


def _opened(path: Path, key: bytes, name: str = "") -> bytes | None:
    try:
        return AESGCM(key).decrypt(_NONCE, path.read_bytes(), (name or path.name).encode())
    except (FileNotFoundError, InvalidTag):
        return None
