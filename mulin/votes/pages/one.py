"""One vote as everyone reads it: the question, the rules in plain words, how far it is, and what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mulin.kernel.models import pending_for
from mulin.notices.queries import notice_of
from mulin.web.http import Visit, community_of
from mulin.web.nouns import waiting

from .. import queries, rules
from ..figures import CHOICES, FOLLOW, HINTS, code
from ..models import Vote
from .picture import picture


def seen(request: Visit, id: UUID) -> Vote:
    """Return a vote that the viewer may see. Raises Http404."""
    rows = Vote.objects.visible_to(request.viewer).filter(community=community_of(request)).for_list()
    found: Vote = get_object_or_404(rows, pk=id)
    return found


def choices_of(vote: Vote) -> list[dict[str, Any]]:
    """List what a ballot can say."""
    return [
        {"key": key, "label": label, "hint": HINTS.get(key, "")}
        for key, label in CHOICES.items()
        if key != FOLLOW or vote.rules["follow"]
    ]


@require_safe
def vote(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one vote."""
    row, viewer = seen(request, id), request.viewer
    has_roll, whole = row.roll_on is not None, queries.whole_of(row)
    context = {
        "vote": row,
        "own": queries.own(row, viewer) if has_roll else [],
        "choices": choices_of(row),
        "gauges": queries.quorum(row, whole) if row.opened_at and not row.is_counted else [],
        "rules_in_words": queries.in_words(row, whole),
        "picture": picture(row, queries.result_of(row)),
        "reasons": queries.reason_of(row, get_language() or "zh"),
        "steps": queries.way(row),
        "pending": _pending(row, viewer) if rules.prepares(viewer, row) else [],
        "notice": notice_of(row) if has_roll else None,
        "challenges": row.challenges.filter(community=row.community_id).order_by("-at"),
        "reads_reasons": rules.had_no_part(viewer, row) if row.state == "challenged" else False,
        "has_roll": has_roll and queries.may_read_roll(row, viewer),
        "has_file": queries.may_read_choices(row, viewer),
        "hashes": _hashes(row),
        "inside": rules.prepares(viewer, row),
    }
    return render(request, "votes/vote.html", context)


def _pending(row: Vote, viewer: Any) -> list[dict[str, Any]]:
    """List what waits for a second person; of a show of hands with its numbers, which that person confirms."""
    hands = next((each.answers for each in pending_for(row) if each.verb == "count_hands"), None)
    return [{**each, "hands": hands if "/count_hands/" in each["url"] else None} for each in waiting(row, viewer)]


def _hashes(row: Vote) -> list[tuple[str, str, str]]:
    found = [(name, getattr(row, f"{name}_hash")) for name in ("question", "rules", "roll", "ballots")]
    return [(name, value, code(value)) for name, value in found if value]
