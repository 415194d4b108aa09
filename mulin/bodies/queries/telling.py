"""Whom lines about bodies and mandates concern."""

from __future__ import annotations

from uuid import UUID

from mulin.kernel.readers import Heard
from mulin.news.queries import accounts_of_persons

from ..models import Body, Mandate


def members(line: Heard) -> set[UUID]:
    """Name those who sit in the body that a line is about."""
    body = Body.objects.select_related("community").get(community=line.community, pk=line.noun_id)
    return _of(body)


def of_mandate(line: Heard) -> set[UUID]:
    """Name those who sit in the body whose mandate a line is about."""
    rows = Mandate.objects.select_related("body__community")
    return _of(rows.get(community=line.community, pk=line.noun_id).body)


def _of(body: Body) -> set[UUID]:
    return accounts_of_persons(body.community_id, list(body.sitting().values_list("person_id", flat=True)))
