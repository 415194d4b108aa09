"""What proves a vote: its roll, its proof sheet, and the files from which anyone counts it again."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mulin.web.http import Visit
from mulin.web.paging import numbered

from .. import queries
from ..figures import amount
from ..models import Vote
from .one import seen
from .picture import picture

ROWS = 50


@require_safe
def roll(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show the roll to those on it and to who prepares votes; of a body to everyone; how each voted once it is over."""
    vote, viewer = seen(request, id), request.viewer
    if vote.roll_on is None or not queries.may_read_roll(vote, viewer):
        raise Http404
    q = request.GET.get("q", "").strip()[:60]
    page, further = numbered(queries.roll(vote, q), request, ROWS)
    assert isinstance(page.paginator, Paginator)
    entries = list(page.object_list)
    said = queries.choices_of(vote, entries) if queries.may_read_choices(vote, viewer) else {}
    context = {
        "vote": vote, "q": q, **further, "count": page.paginator.count, "has_choices": vote.is_counted and bool(said),
        "rows": [(entry, queries.numbers_of(vote, entry), said.get(entry.pk)) for entry in entries],
        "corrections": vote.corrections.filter(community=vote.community_id).order_by("-at"),
    }  # fmt: skip
    return render(request, "votes/roll.html", context)


@require_safe
def sheet(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show the proof sheet: every number of the count, each test with both its sides, and why it ended so."""
    vote = seen(request, id)
    result = queries.result_of(vote)
    if result is None:
        raise Http404
    measures = [one.measure for one in result.totals]
    rows = [
        (name, [amount(one.measure, getattr(one, name)) for one in result.totals if getattr(one, name) is not None])
        for name in ("members", "participating", "yes", "no", "abstain", "invalid", "silent")
    ]
    context = {
        "vote": vote, "result": result, "sections": queries.sheet_of(vote, get_language() or "zh"),
        "measures": measures, "totals": rows, "picture": picture(vote, result),
        "has_file": queries.may_read_choices(vote, request.viewer),
    }  # fmt: skip
    return render(request, "votes/sheet.html", context)


def _download(vote: Vote, name: str, content: bytes) -> HttpResponse:
    named = f'attachment; filename="{name}-{vote.number}.json"'
    return HttpResponse(content, content_type="application/json", headers={"Content-Disposition": named})


def _counted(request: Visit, id: UUID) -> Vote:
    vote = seen(request, id)
    if not queries.may_read_choices(vote, request.viewer):
        raise Http404
    return vote


@require_safe
def file(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Give the file of a vote: of a body to everyone, else to those on the roll; `mulin tally` counts it again."""
    vote = _counted(request, id)
    return _download(vote, "vote", queries.document(vote))


@require_safe
def openings(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Give the salt of each ballot to whoever may have the file: so every ballot is found in the log."""
    vote = _counted(request, id)
    return _download(vote, "openings", queries.openings(vote))
