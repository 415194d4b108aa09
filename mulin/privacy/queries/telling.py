"""What is known of someone: every module says here what its rows about a person are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from mulin.kernel.viewer import Viewer
from mulin.people.models import AccessLine
from mulin.territory.models import Community

from ..figures import WHATS

MOST = 200  # rows of one kind that the page shows; the file has all
Row = tuple[Community | None, date | None, str, str]  # where, when, what in words, its page
Tell = Callable[[UUID], Iterable[Row]]


@dataclass(frozen=True)
class Told:
    """One row about someone, as it is told to them."""

    community: Community | None
    at: date | None
    text: str
    url: str


TELLS: dict[str, tuple[Any, Tell]] = {}


def tells(model: str, title: Any, tell: Tell) -> None:
    """Say how the rows of a model are told to the account they are about; a test sees that no model is left out."""
    TELLS[model] = (title, tell)


def known(account_id: UUID) -> list[tuple[str, str, list[Told]]]:
    """List everything that is known of an account's person: (model, title, rows), what is empty left out."""
    found = []
    for model, (title, tell) in TELLS.items():
        if rows := [Told(*row) for row in tell(account_id)]:
            found.append((model, str(title), rows))
    return found


def access_lines(viewer: Viewer, community: Community, words: str = "") -> QuerySet[AccessLine]:
    """List who looked at whose data here, the latest first; for who audits, and to each the lines about themselves."""
    rows: QuerySet[AccessLine] = AccessLine.objects.visible_to(viewer).filter(community=community)
    if words:
        rows = rows.filter(viewer_name__icontains=words) | rows.filter(subject__name__icontains=words)
    return rows.select_related("subject").order_by("-at", "-pk")


def said(lines: Iterable[AccessLine]) -> list[tuple[AccessLine, str]]:
    """Give each line of access the words for what was looked at."""
    return [(line, str(WHATS.get(line.what, line.what))) for line in lines]


def seen(account_id: UUID) -> QuerySet[AccessLine]:
    """List who looked at someone's personal data, in every community, the latest first."""
    return AccessLine.objects.filter(subject__account=account_id).select_related("community").order_by("-at", "-pk")
