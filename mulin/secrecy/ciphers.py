"""How a text is sealed: AES-256-GCM under k-keys, SM4-GCM under sm-keys; others join by `register`."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import keys

_NONCE, _TAG = 12, 16


class NotReadable(ValueError):
    """A sealed value that was changed, moved to another field, or never was one."""


@dataclass(frozen=True)
class Box:
    """A cipher: both functions take key, nonce, text and associated data; the tag stands at the end."""

    seal: Callable[[bytes, bytes, bytes, bytes], bytes]
    unseal: Callable[[bytes, bytes, bytes, bytes], bytes]


def _sm4_seal(key: bytes, nonce: bytes, text: bytes, bound: bytes) -> bytes:
    encryptor = Cipher(algorithms.SM4(keys.derived(key, "sm4", 16)), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(bound)
    return encryptor.update(text) + encryptor.finalize() + encryptor.tag


def _sm4_unseal(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    mode = modes.GCM(nonce, sealed[-_TAG:])
    decryptor = Cipher(algorithms.SM4(keys.derived(key, "sm4", 16)), mode).decryptor()
    decryptor.authenticate_additional_data(bound)
    return decryptor.update(sealed[:-_TAG]) + decryptor.finalize()


_aes = lru_cache(maxsize=16)(AESGCM)  # to make one takes longer than to seal with it
_boxes: dict[str, Box] = {
    "k": Box(
        lambda key, nonce, text, bound: _aes(key).encrypt(nonce, text, bound),
        lambda key, nonce, text, bound: _aes(key).decrypt(nonce, text, bound),
    ),
    "sm": Box(_sm4_seal, _sm4_unseal),
}


def register(letters: str, box: Box) -> None:
    """Let key ids that begin with these letters use this cipher."""
    _boxes[letters] = box


def _box(key_id: str) -> Box:
    letters = key_id.rstrip("0123456789")
    if letters not in _boxes:
        raise NotReadable(f"No cipher is registered for the key id {key_id!r}.")
    return _boxes[letters]


def seal(text: str, bound: str) -> str:
    """Seal a text under the current key, bound to where it is stored."""
    (key_id, secret), nonce = keys.newest(), os.urandom(_NONCE)
    sealed = _box(key_id).seal(secret, nonce, text.encode(), bound.encode())
    return f"{key_id}:{base64.b64encode(nonce + sealed).decode()}"


def unseal(value: str, bound: str) -> str:
    """Read a sealed text back, or raise NotReadable."""
    key_id, colon, body = value.partition(":")
    if not colon:
        raise NotReadable(f"Not a sealed value in {bound}.")
    box, secret = _box(key_id), keys.secret(key_id)
    try:
        raw = base64.b64decode(body, validate=True)
        if len(raw) < _NONCE + _TAG:
            raise NotReadable(f"A sealed value in {bound} is cut short.")
        return box.unseal(secret, raw[:_NONCE], raw[_NONCE:], bound.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise NotReadable(f"A sealed value in {bound} was changed or belongs elsewhere.") from error
