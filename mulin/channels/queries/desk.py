"""What someone types while a caller waits: a door, a kind, a known caller; each found by very few letters."""

from __future__ import annotations

from typing import Any

from mulin.cases import queries as cases
from mulin.cases.models import Case, Category
from mulin.people.models import Person
from mulin.people.queries import search
from mulin.territory import queries as places

MOST_OFFERED = 8


def place_typed(community: Any, text: str) -> cases.Where | None:
    """Read a code of a plate, "3-2" for house 3 door 2, or an address; None where nothing was typed."""
    said = text.strip()
    if said.isascii() and said.isalnum() and (entrance := places.entrance_by_code(community, said)):
        return cases.where(community, entrance=entrance, address=said)
    return cases.where(community, address=said) if said else None


def kinds(community: Any, text: str) -> list[Category]:
    """Find the kinds that some letters mean: a key or name alone, else those that begin so, else those that hold it."""
    said, leaves = " ".join(text.casefold().split()), cases.leaves(community.pk)
    if not said:
        return []
    names = {
        row.pk: [row.key.casefold(), row.zh.casefold(), row.en.casefold(), _first_letters(row.en)] for row in leaves
    }
    exact = [row for row in leaves if said in names[row.pk]]
    begins = [row for row in leaves if any(name.startswith(said) for name in names[row.pk][:3])]
    holds = [row for row in leaves if any(said in name for name in names[row.pk][:3])]
    return (exact[:1] or begins or holds)[:MOST_OFFERED]


def _first_letters(name: str) -> str:
    return "".join(word[0] for word in name.casefold().replace("-", " ").split())


def caller(community: Any, viewer: Any, *, phone: str, name: str, place: cases.Where | None) -> Person | None:
    """Find who calls, by two things known of them: the number, and the house or how the name begins."""
    building = place.building if place else None
    if not (phone and (name or building) and viewer.can("people.keep")):
        return None
    rows = Person.objects.visible_to(viewer).filter(community=community)
    by_house = search(rows, phone=phone, building=building) if building else []
    found = by_house or (search(rows, phone=phone, name=name) if name else [])
    return found[0] if len(found) == 1 else None


def near_by(community: Any, viewer: Any, words: str, place: Any, kind: Category | None) -> list[tuple[Case, str]]:
    """Find what was reported already, so that the caller is told and not written down twice."""
    return cases.adviser().near(community, viewer, words, place, kind)
