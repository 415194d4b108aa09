"""A linear classifier of texts: softmax over signs, learnt by AdaGrad one text after the other.

It is exact (the same texts give the same model), small, and says which words speak for an answer. What is known
beforehand of each text, such as the rule words of categories, comes in as a head start for its answers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Signs = dict[str, tuple[str, int]]
EPOCHS, RATE, FEWEST, MOST_SIGNS = 6, 0.35, 3, 40_000
BALANCE = 0.3  # how far rare answers are heard louder: 0 not at all, 1 as loud as all others together
BIAS_RATE, LEAST_REASON = 0.05, 0.02
_LEVELS = 127.0
SEED = 7


@dataclass
class Model:
    """What was learnt: how much each sign speaks for each answer."""

    answers: list[str]
    vocabulary: dict[str, int]
    rarity: Floats  # of each sign
    weights: Floats  # sign × answer
    bias: Floats
    texts: int = 0
    _spread: Floats | None = field(default=None, repr=False)

    def logits(self, found: Signs) -> tuple[Floats, list[tuple[str, int, float]]]:
        """Weigh a text for every answer; with it come the signs it is known by (what was said, which, how much)."""
        known = [(said, self.vocabulary[sign], n) for sign, (said, n) in found.items() if sign in self.vocabulary]
        places, values = _weighed(known, self.rarity)
        total: Floats = values @ self.weights[places] + self.bias
        return total, [(said, at, float(value)) for (said, at, _n), value in zip(known, values, strict=True)]

    def reasons(self, known: list[tuple[str, int, float]], answer: int, most: int = 3) -> list[str]:
        """Name the words that speak most for an answer, against what they say for all others."""
        if self._spread is None:
            self._spread = self.weights.mean(axis=1)
        speak: dict[str, float] = {}
        for said, at, value in known:
            speak[said] = speak.get(said, 0.0) + value * float(self.weights[at, answer] - self._spread[at])
        listed = sorted((word for word, much in speak.items() if much > LEAST_REASON), key=lambda word: -speak[word])
        return _not_within_each_other(listed, most)


def _not_within_each_other(said: list[str], most: int) -> list[str]:
    kept: list[str] = []
    for word in said:
        if not any(word in other or other in word for other in kept):
            kept.append(word)
    return kept[:most]


def _weighed(known: Sequence[tuple[Any, int, int]], rarity: Floats) -> tuple[Any, Floats]:
    """Give the places of a text's signs, and how much each counts: often is little more than once, rare is more."""
    places = np.fromiter((at for _said, at, _n in known), dtype=np.int64, count=len(known))
    values = np.fromiter((1 + math.log(n) for _said, _at, n in known), dtype=np.float32, count=len(known))
    values *= rarity[places]
    length = float(np.sqrt(values @ values))
    return places, values / length if length else values


def vocabulary(texts: Iterable[Signs], voices: Iterable[Any], fewest: int = FEWEST) -> dict[str, int]:
    """Count in how many texts each sign stands, and keep what enough texts of enough voices share."""
    count: Counter[str] = Counter()
    heard: dict[str, set[Any]] = {}
    for found, voice in zip(texts, voices, strict=True):
        count.update(found.keys())
        for sign in found:
            speakers = heard.setdefault(sign, set())
            if len(speakers) < fewest:
                speakers.add(voice)
    kept = [(n, sign) for sign, n in count.items() if n >= fewest and len(heard[sign]) >= fewest]
    kept.sort(key=lambda each: (-each[0], each[1]))
    return {sign: n for n, sign in kept[:MOST_SIGNS]}


def learn(
    texts: Sequence[Signs], labels: Sequence[str], *, voices: Sequence[Any] = (), starts: Floats | None = None,
    answers: Sequence[str] = (), tell: Callable[[int], None] = lambda done: None,
) -> Model:  # fmt: skip
    """Learn which answer fits which text.

    `voices` says who wrote each, so that what only few say is left out; `starts` gives each text a head start.
    """
    counted = vocabulary(texts, voices or range(len(texts)))
    listed = list(answers) or sorted(set(labels))
    rarity = np.array([math.log((1 + len(texts)) / (1 + n)) + 1 for n in counted.values()], dtype=np.float32)
    places = {sign: at for at, sign in enumerate(counted)}
    size = (len(places), len(listed))
    model = Model(listed, places, rarity, np.zeros(size, np.float32), np.zeros(size[1], np.float32), len(texts))
    at = {answer: place for place, answer in enumerate(listed)}
    right = np.array([at[label] for label in labels], dtype=np.int64)
    rows = [_weighed([("", places[sign], n) for sign, (_s, n) in found.items() if sign in places], rarity)
            for found in texts]  # fmt: skip
    _fit(model, rows, right, starts, tell)
    return model


def _fit(model: Model, rows: list[Any], right: Any, starts: Floats | None, tell: Callable[[int], None]) -> None:
    weights, bias, loud = model.weights, model.bias, _loudness(right, len(model.answers))
    travelled = np.full((len(model.vocabulary), 1), 1e-6, np.float32)
    chance, order = np.random.RandomState(SEED), np.arange(len(rows))
    for epoch in range(EPOCHS):
        chance.shuffle(order)
        for number, row in enumerate(order):
            places, values = rows[row]
            wrong = values @ weights[places] + bias
            if starts is not None:
                wrong += starts[row]
            wrong = np.exp(wrong - wrong.max())
            wrong /= wrong.sum()
            wrong[right[row]] -= 1
            wrong *= loud[right[row]]
            bias -= BIAS_RATE * wrong
            travelled[places, 0] += values * values * float(wrong @ wrong)
            weights[places] -= (RATE * values / np.sqrt(travelled[places, 0]))[:, None] * wrong
            if number % 500 == 0:
                tell(epoch * len(rows) + number)


def _loudness(right: Any, answers: int) -> Floats:
    count = np.bincount(right, minlength=answers).astype(np.float64)
    loud = (count.sum() / np.maximum(count, 1)) ** BALANCE
    total = float((loud * count).sum())
    scaled: Floats = (loud * count.sum() / total if total else loud).astype(np.float32)
    return scaled


def rounded(model: Model) -> tuple[bytes, float]:
    """Write the weights in one byte each, with the scale to read them by: finer than they are known."""
    most = float(np.abs(model.weights).max()) if model.weights.size else 0.0
    scale = most / _LEVELS or 1.0
    return np.rint(model.weights / scale).astype(np.int8).tobytes(), scale


def unrounded(body: bytes, scale: float, answers: int) -> Floats:
    """Read weights that were rounded."""
    read = np.frombuffer(body, dtype=np.int8).reshape(-1, max(answers, 1))
    return (read.astype(np.float32) * np.float32(scale)).astype(np.float32)
