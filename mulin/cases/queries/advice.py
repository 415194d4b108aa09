"""Advice for whoever reports: by rule words, unless a module above, which knows more, advises."""

from __future__ import annotations

from typing import Any

from ..models import Case, Category
from .categories import suggest


class Adviser:
    """Says what a report may be about, where it may be, and what is like it, each with what speaks for it."""

    def kinds(self, community: Any, text: str) -> list[tuple[Category, str]]:
        return [(kind, "") for kind in suggest(community.pk, text)]

    def places(self, community: Any, text: str) -> list[tuple[Any, str, str]]:
        return []  # a place, what the form sends for it (the code of a door, or "lon,lat"), and why

    def near(self, community: Any, viewer: Any, text: str, place: Any, kind: Category | None) -> list[tuple[Case, str]]:
        return []


_advisers = [Adviser()]


def advise_by(adviser: Adviser) -> None:
    """Let another one advise from now on."""
    _advisers[:] = [adviser]


def adviser() -> Adviser:
    """Return who advises."""
    return _advisers[0]
