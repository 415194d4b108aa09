"""How alike two cases are: by words, by distance and by time, each from 0 to 1; and what of it is worth saying."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable

from .signs import is_small

NEAR, FADES = 300.0, 30.0  # metres at which nearness ends; days after which time counts a third
WORDS, PLACE, TIME = 0.5, 0.35, 0.15
SAME_DOOR, SAME_HOUSE, BESIDE = 1.0, 0.9, 0.8
LEAST, LEAST_ALIKE, LEAST_NEAR, SAME_KIND = 0.55, 0.2, 0.2, 0.5
ALIKE_ANYWHERE, SAME_WEEK = 0.6, 0.79  # words, and time, by which it may be far away: the water is off everywhere
_METRES = 111_320.0  # a degree of latitude


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Measure between two points (lon, lat) that are not far apart."""
    across = (one[0] - other[0]) * math.cos(math.radians((one[1] + other[1]) / 2))
    return math.hypot(across, one[1] - other[1]) * _METRES


def by_distance(distance: float | None, *, door: bool, house: bool) -> float:
    """Say how much the places speak for it: the same door, the same house, or so many metres (None: unknown)."""
    if door:
        return SAME_DOOR
    if house:
        return SAME_HOUSE
    return BESIDE * max(0.0, 1 - distance / NEAR) if distance is not None else 0.0


def by_time(days: float) -> float:
    """Say how much the time between speaks for it."""
    return math.exp(-abs(days) / FADES)


def rarities(texts: Iterable[Collection[str]]) -> dict[str, float]:
    """Weigh words by how few of these texts have them."""
    counted: Counter[str] = Counter()
    total = 1
    for words in texts:
        counted.update(words)
        total += 1
    return {word: math.log((total + 1) / (n + 1)) + 0.5 for word, n in counted.items()}


def by_words(mine: Collection[str], theirs: Collection[str], weights: dict[str, float]) -> tuple[float, list[str]]:
    """Say how much the words speak for it, and which both have, the rarest first."""
    shared = [word for word in mine if word in theirs]
    if not shared:
        return 0.0, []
    unknown = 1.0
    both = sum(weights.get(word, unknown) for word in shared)
    lengths = sum(weights.get(w, unknown) for w in mine) * sum(weights.get(w, unknown) for w in theirs)
    shared.sort(key=lambda word: (-weights.get(word, unknown), -len(word), word))
    return both / math.sqrt(lengths), shared


def together(words: float, kind: float, place: float, time: float) -> float:
    """Put what speaks for it together: 0 unless the matter is alike, and near, or in the same words and days."""
    alike = 1 - (1 - words) * (1 - SAME_KIND * kind)
    if alike < LEAST_ALIKE or (place < LEAST_NEAR and (words < ALIKE_ANYWHERE or time < SAME_WEEK)):
        return 0.0
    found = WORDS * alike + PLACE * place + TIME * time
    return found if found >= LEAST else 0.0


def telling(words: Iterable[str]) -> set[str]:
    """Keep the words that say something about a matter."""
    return {word for word in words if not is_small(word) and not word.isdigit()}


def spoken(shared: list[str], most: int = 3) -> list[str]:
    """Keep of shared words those that are not a part of another one."""
    whole = [word for word in shared if not any(word != other and word in other for other in shared)]
    return whole[:most]
