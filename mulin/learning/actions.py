"""Learning from a community's cases: at night by the worker, or by `mulin learn`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import change, writing

from . import queries
from .figures import linear
from .models import Lesson
from .queries.lessons import packed

FEWEST = 10  # cases from which on something is learnt; before that rule words alone speak
A_WHILE = 30.0  # seconds that the worker may learn at a time: the clock waits meanwhile

Tell = Callable[[str, int], None]


@dataclass(frozen=True)
class Taught:
    """What came of learning."""

    cases: int
    categories: int
    words: int
    is_new: bool


def learn(community: Any, tell: Tell = lambda what, done: None) -> Taught:
    """Learn from a community's cases, unless they teach nothing new."""
    read = queries.material(community, lambda done: tell("read", done))
    known = Lesson.objects.filter(community=community).first()
    if known is not None and known.taught_by == read.fingerprint:
        with writing(community.pk):
            Lesson.objects.filter(pk=known.pk, community=community).update(looked_at=now())
        return Taught(known.cases, len(set(read.labels)), 0, False)
    model = _model(read, tell) if len(read.texts) >= FEWEST else None
    body = packed(model, read)
    with writing(community.pk):
        lesson = Lesson.objects.filter(community=community).first() or Lesson(community=community)
        lesson.learnt_at = lesson.looked_at = now()
        lesson.cases, lesson.taught_by, lesson.body = len(read.texts), read.fingerprint, body
        lesson.save()
        details = {"cases": lesson.cases, "words": len(model.vocabulary) if model else 0}
        change(lesson, by=SYSTEM, kind="learning.lesson", verb="learn", details=details)
    queries.forget_lessons()
    return Taught(lesson.cases, len(model.answers) if model else 0, details["words"], True)


def _model(read: queries.Material, tell: Tell) -> linear.Model | None:
    answers = sorted(set(read.labels))
    if len(answers) < 2:
        return None
    starts = np.array([[each.get(key, 0.0) for key in answers] for each in read.starts], dtype=np.float32)
    return linear.learn(
        read.texts, read.labels, voices=read.voices, starts=starts, answers=answers,
        tell=lambda done: tell("learn", done),
    )  # fmt: skip


def learn_at_night() -> None:
    """Learn for each community whose night it is, for a while at a time."""
    until = time.monotonic() + A_WHILE
    for community in queries.changed_since():
        learn(community)
        if time.monotonic() > until:
            break
