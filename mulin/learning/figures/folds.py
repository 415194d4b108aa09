"""How good a classifier is on texts that it did not learn from: folds, macro-F1, and what it must beat."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import linear
from .signs import plain, signs

Guess = Callable[[Sequence[str], Sequence[str], Sequence[str]], list[str]]
PIECES = (1, 2, 3, 4)
SMOOTH = 0.1


@dataclass(frozen=True)
class OfLabel:
    """How well one label is found."""

    label: str
    rows: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Score:
    """How well all labels are found; each counts the same in macro-F1, however rare it is."""

    macro_f1: float
    accuracy: float
    labels: list[OfLabel]


def folds(labels: Sequence[str], count: int, seed: int = 1) -> list[int]:
    """Say for each row in which fold it is tried: every label is shared out evenly, always the same way."""
    chance, rows = random.Random(seed), defaultdict(list)
    for row, label in enumerate(labels):
        rows[label].append(row)
    fold, place = [0] * len(labels), 0
    for label in sorted(rows):
        chance.shuffle(rows[label])
        for row in rows[label]:
            fold[row], place = place % count, place + 1
    return fold


def score(right: Sequence[str], guessed: Sequence[str]) -> Score:
    """Compare what was guessed with what is right."""
    hit = Counter(one for one, other in zip(right, guessed, strict=True) if one == other)
    there, said = Counter(right), Counter(guessed)
    found = [
        OfLabel(
            label, there[label], hit[label] / said[label] if said[label] else 0.0, hit[label] / there[label],
            2 * hit[label] / (there[label] + said[label]),
        )
        for label in sorted(there)
    ]  # fmt: skip
    macro = sum(each.f1 for each in found) / len(found) if found else 0.0
    return Score(macro, hit.total() / len(right) if right else 0.0, found)


def by_folds(texts: Sequence[str], labels: Sequence[str], fold: Sequence[int], guess: Guess,
             tell: Callable[[int], None] = lambda done: None) -> list[str]:  # fmt: skip
    """Guess each row by what the rows of the other folds teach."""
    guessed = [""] * len(texts)
    for at in sorted(set(fold)):
        taught = [row for row, each in enumerate(fold) if each != at]
        tried = [row for row, each in enumerate(fold) if each == at]
        found = guess([texts[row] for row in taught], [labels[row] for row in taught], [texts[row] for row in tried])
        for row, label in zip(tried, found, strict=True):
            guessed[row] = label
        tell(at + 1)
    return guessed


def by_model(texts: Sequence[str], labels: Sequence[str], tried: Sequence[str]) -> list[str]:
    """Guess with the classifier that suggests categories."""
    model = linear.learn([signs(plain(text)) for text in texts], labels)
    return [model.answers[int(np.argmax(model.logits(signs(plain(text)))[0]))] for text in tried]


def by_most_frequent(texts: Sequence[str], labels: Sequence[str], tried: Sequence[str]) -> list[str]:
    """Guess what is most frequent, whatever is said."""
    often = Counter(labels)
    first = min(often, key=lambda label: (-often[label], label))
    return [first] * len(tried)


def by_pieces(texts: Sequence[str], labels: Sequence[str], tried: Sequence[str]) -> list[str]:
    """Guess by pieces of one to four characters: multinomial naive Bayes, which knows no words."""
    often, answers = Counter(labels), sorted(set(labels))
    at = {answer: place for place, answer in enumerate(answers)}
    places: dict[str, int] = {}
    read = [Counter(places.setdefault(piece, len(places)) for piece in _pieces(text)) for text in texts]
    counts = np.full((len(places), len(answers)), SMOOTH)
    for row, label in zip(read, labels, strict=True):
        counts[list(row), at[label]] += list(row.values())
    weights = np.log(counts / counts.sum(axis=0))
    prior = np.array([math.log(often[answer] / len(labels)) for answer in answers])
    return [answers[_best(weights, prior, places, text)] for text in tried]


def _pieces(text: str) -> list[str]:
    said = f" {' '.join(text[:4000].casefold().split())} "
    return [said[at : at + size] for size in PIECES for at in range(len(said) - size + 1)]


def _best(weights: Any, prior: Any, places: dict[str, int], text: str) -> int:
    row = Counter(places[piece] for piece in _pieces(text) if piece in places)
    return int(np.argmax(prior + np.array(list(row.values()), dtype=float) @ weights[list(row)] if row else prior))
