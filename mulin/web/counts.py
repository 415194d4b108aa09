"""How counts and shares are written for those who look on: small ones would tell of single people and households."""

from __future__ import annotations

from collections.abc import Sequence

FEW = 5


def if_many(count: int, *, exact: bool = False) -> int | None:
    """Return a count, unless it is small; those who handle these very matters know it exactly."""
    return count if exact or count >= FEW else None


def hidden(parts: Sequence[int]) -> list[int | None]:
    """Hide the small parts of a whole that is told, and one more where the whole less the others would tell them."""
    order = sorted(range(len(parts)), key=parts.__getitem__)
    small = [at for at in order if parts[at] < FEW]
    some = [parts[at] for at in small if parts[at]]
    if some and (len(some) == 1 or sum(some) < FEW):
        small = order[: len(small) + 1]
    return [None if at in small else part for at, part in enumerate(parts)]


def few(count: int, *, exact: bool = False) -> str:
    """Write a count; a small one only as small."""
    return str(count) if exact or count >= FEW else f"<{FEW}"


def percent(part: int, whole: int, *, exact: bool = False) -> int | None:
    """Return a share in whole percent, half up; of nothing it says nothing, and of few only to those who know them."""
    return (200 * part + whole) // (2 * whole) if whole >= (1 if exact else FEW) else None


def written(share: int | None) -> str:
    """Write a share, or that there is too little to say."""
    return "–" if share is None else f"{share}%"
