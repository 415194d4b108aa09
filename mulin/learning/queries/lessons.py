"""What a community has learnt, read once by each process and again when it has learnt anew."""

from __future__ import annotations

import time
import zlib
from dataclasses import dataclass, field
from uuid import UUID

import msgspec
import numpy as np

from mulin import sql

from ..figures.linear import Model, rounded, unrounded
from ..models import Lesson
from .material import Given, Material

LOOKS_AGAIN = 60.0  # seconds
_KEPT = 100  # communities whose lesson one process remembers


class Body(msgspec.Struct):
    """A lesson as it is stored."""

    keys: list[str]
    signs: list[str]
    rarity: bytes
    weights: bytes
    scale: float
    bias: bytes
    texts: int
    places: dict[str, list[tuple[str, int]]]
    answers: dict[str, dict[str, list[Given]]]


@dataclass
class Lessons:
    """A lesson ready to be asked; without a model where there was nothing to learn from."""

    model: Model | None = None
    places: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    answers: dict[str, dict[str, list[Given]]] = field(default_factory=dict)
    taught_by: str = ""
    look_at: float = 0.0


def packed(model: Model | None, read: Material) -> bytes:
    """Write what was learnt."""
    weights, scale = rounded(model) if model else (b"", 1.0)
    body = Body(
        model.answers if model else [], list(model.vocabulary) if model else [],
        model.rarity.astype(np.float32).tobytes() if model else b"", weights, scale,
        model.bias.astype(np.float32).tobytes() if model else b"", model.texts if model else 0, read.places,
        read.answers,
    )  # fmt: skip
    return zlib.compress(msgspec.msgpack.encode(body))


def unpacked(stored: bytes) -> Lessons:
    """Read what was learnt."""
    body = msgspec.msgpack.decode(zlib.decompress(stored), type=Body)
    model = None
    if body.keys:
        places = {sign: at for at, sign in enumerate(body.signs)}
        model = Model(
            body.keys, places, np.frombuffer(body.rarity, np.float32),
            unrounded(body.weights, body.scale, len(body.keys)), np.frombuffer(body.bias, np.float32), body.texts,
        )  # fmt: skip
    return Lessons(model, body.places, body.answers)


_remembered: dict[UUID, Lessons] = {}


def lesson_of(community_id: UUID) -> Lessons:
    """Return what a community has learnt; one small statement a minute, and the whole only when it changed."""
    known = _remembered.get(community_id)
    if known is not None and known.look_at > time.monotonic():
        return known
    found = sql.read("SELECT taught_by FROM learning_lesson WHERE community_id = %s", community_id)
    taught_by = found[0][0] if found else ""
    if known is None or known.taught_by != taught_by:
        stored = Lesson.objects.filter(community=community_id).values_list("body", flat=True).first()
        known = unpacked(bytes(stored)) if stored else Lessons()
        known.taught_by = taught_by if stored else ""
    known.look_at = time.monotonic() + LOOKS_AGAIN
    while len(_remembered) >= _KEPT and community_id not in _remembered:
        _remembered.pop(next(iter(_remembered)), None)
    _remembered[community_id] = known
    return known


def forget_lessons() -> None:
    """Read the lessons anew at the next use."""
    _remembered.clear()
