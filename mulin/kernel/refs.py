"""Refs: a name for any noun of a community, and titles and addresses for many of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from .models import Link


@dataclass(frozen=True)
class Ref:
    """One noun, named across modules without importing them."""

    community: UUID
    kind: str
    id: UUID

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def of(cls, noun: Any) -> Ref:
        return cls(noun.community_id, noun._meta.label_lower, noun.pk)


def linked(noun: Any) -> frozenset[str]:
    """Name the kinds of nouns that a noun is linked with, either way; one statement, read once."""
    if "_linked" not in noun.__dict__:
        own = Q(source_id=noun.pk) | Q(target_id=noun.pk)
        rows = Link.objects.filter(own, community=noun.community_id).values_list("source_kind", "target_kind")
        noun._linked = frozenset(kind for pair in rows for kind in pair)
    found: frozenset[str] = noun._linked
    return found


@dataclass(frozen=True)
class Card:
    """What a list shows of a ref."""

    title: str
    url: str


def cards(refs: Iterable[Ref], viewer: Any) -> dict[Ref, Card]:
    """Turn many refs into titles and addresses, one query per model; what the viewer may not see vanishes."""
    by_model: dict[tuple[str, UUID], list[Ref]] = defaultdict(list)
    for ref in refs:
        by_model[ref.kind, ref.community].append(ref)
    found: dict[Ref, Card] = {}
    for (kind, community), group in by_model.items():
        nouns = apps.get_model(kind)._default_manager.visible_to(viewer).for_list()
        rows = {noun.pk: noun for noun in nouns.filter(community=community, pk__in=[ref.id for ref in group])}
        found |= {ref: Card(str(rows[ref.id]), rows[ref.id].get_absolute_url()) for ref in group if ref.id in rows}
    return found
