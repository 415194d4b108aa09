"""How counts and shares are written for those who look on: small ones would tell of single people and households."""

from __future__ import annotations

FEW = 5


def if_many(count: int, *, exact: bool = False) -> int | None:
    """Return a count, unless it is small; those who handle these very matters know it exactly."""
    return count if exact or count >= FEW else None


def few(count: int, *, exact: bool = False) -> str:
    """Write a count; a small one only as small."""
    return str(count) if exact or count >= FEW else f"<{FEW}"


def percent(part: int, whole: int, *, exact: bool = False) -> int | None:
    """Return a share in whole percent, half up; of nothing it says nothing, and of few only to those who know them."""
    return (200 * part + whole) // (2 * whole) if whole >= (1 if exact else FEW) else None


def written(share: int | None) -> str:
    """Write a share, or that there is too little to say."""
    return "–" if share is None else f"{share}%"
