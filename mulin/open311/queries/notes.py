"""What happened to public cases, as everyone may read it; what was answered; and receipts by their token."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from mulin.cases.models import Case
from mulin.cases.queries.timeline import OUTSIDE
from mulin.journal.models import Detail
from mulin.kernel.viewer import NOBODY

from ..models import Answer, Receipt

MOST_NOTES = 50  # of one case


@dataclass(frozen=True)
class Note:
    """One thing that happened to a public case: when, what, and where it stood then. Never who."""

    seq: int
    case_id: UUID
    verb: str
    at: datetime
    after: str


def notes_of(community: Any, ids: Iterable[UUID]) -> dict[UUID, list[Note]]:
    """List what happened to these cases, the oldest first; one statement."""
    rows = Detail.objects.filter(community=community.pk, noun_id__in=list(ids), verb__in=OUTSIDE).order_by("seq")
    found: dict[UUID, list[Note]] = defaultdict(list)
    for note in _read(rows):
        found[note.case_id] = [*found[note.case_id], note][-MOST_NOTES:]
    return found


def updates(
    community: Any, start: datetime, end: datetime, numbers: tuple[str, ...], page: int, size: int
) -> list[Note]:  # fmt: skip
    """List what happened to public cases in that time, the newest first."""
    public = Case.objects.visible_to(NOBODY).filter(community=community)
    if numbers:
        public = public.filter(number__in=numbers)
    rows = Detail.objects.filter(
        community=community.pk, noun_kind="cases.case", verb__in=OUTSIDE, noun_id__in=public.values("pk"),
        at__gte=start, at__lte=end,
    )  # fmt: skip
    return list(_read(rows.order_by("-seq")[(page - 1) * size : page * size + 1]))


def numbers_of(community: Any, ids: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """Give the number and the public summary of public cases by their ids."""
    rows = Case.objects.visible_to(NOBODY).filter(community=community, pk__in=list(ids))
    return {pk: (number, summary) for pk, number, summary in rows.values_list("pk", "number", "public_summary")}


def _read(rows: Any) -> Iterable[Note]:
    for seq, case_id, verb, at, body in rows.values_list("seq", "noun_id", "verb", "at", "body"):
        yield Note(seq, case_id, verb, at, json.loads(body)["to"])


def answers_of(community: Any, ids: Iterable[UUID], *, everything: bool = False) -> dict[UUID, list[Answer]]:
    """List what was answered about cases, only choices that everyone may see unless all is asked; one statement."""
    rows = Answer.objects.filter(community=community, case__in=list(ids)).select_related("question")
    if not everything:
        rows = rows.filter(question__is_public=True)
    found: dict[UUID, list[Answer]] = defaultdict(list)
    for row in rows.order_by("question__place", "question__code"):
        found[row.case_id].append(row)
    return found


def receipt_by(community: Any, token: str) -> Receipt | None:
    """Find a receipt by its token, or by the sender's own reference."""
    rows = Receipt.objects.filter(community=community).select_related("case")
    if found := rows.filter(token=token).first():
        return found
    # Two senders may have taken the same reference: then it tells nothing.
    known = list(rows.filter(reference=token).exclude(reference="")[:2])
    return known[0] if len(known) == 1 else None


def receipt_of(case: Any) -> Receipt | None:
    """Find the receipt of a case, if it came in by Open311."""
    return Receipt.objects.filter(community=case.community_id, case=case).first()
