"""Maintenance: the board, one plan with its history, and the photos of what was done."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mulin.people.figures import today_in
from mulin.territory.models import SpotKind
from mulin.uploads.files import serve
from mulin.web.http import Visit, community_of
from mulin.web.nouns import create

from .. import queries
from ..models import Upkeep
from ..rules import is_desk

PAGE = 40


@require_safe
def board(request: Visit, slug: str) -> HttpResponse:
    """Show what is overdue, due, done; everyone may know whether the lift was inspected."""
    community, viewer = community_of(request), request.viewer
    counts = queries.counts(community, viewer)
    part = request.GET.get("part", "")
    part = part if part in counts else next((key for key in ("overdue", "soon") if counts[key]), "all")
    words, kind = request.GET.get("q", "")[:60], request.GET.get("kind", "")
    kind, first = kind if kind in SpotKind.values else "", _first(request)
    asked = {"part": part, "q": words, "kind": kind}
    found = list(queries.board(community, viewer, part, words.strip(), kind)[first : first + PAGE + 1])
    context = {
        "rows": found[:PAGE], "part": part, "q": words, "kind": kind, "kinds": SpotKind.choices,
        "tabs": [(f"?{urlencode({**asked, 'part': key})}", counts[key], label, key == part)
                 for key, label in _parts().items()],
        "next_url": f"?{urlencode({**asked, 'from': first + PAGE})}" if len(found) > PAGE else "",
        "previous_url": f"?{urlencode({**asked, 'from': max(first - PAGE, 0)})}" if first else "",
        "may_plan": is_desk(viewer, Upkeep(community=community)), "today": today_in(community),
    }  # fmt: skip
    return render(request, "rounds/board.html", context)


def _parts() -> dict[str, str]:
    return {
        "overdue": _("Overdue"), "soon": _("Due within a month"), "all": _("All plans"),
        "done": _("Done in the last month"), "ended": _("Ended"),
    }  # fmt: skip


def _first(request: Visit) -> int:
    given = request.GET.get("from", "")
    return int(given) if given.isdecimal() and len(given) < 7 else 0


def plan(request: Visit, slug: str) -> HttpResponse:
    """Plan maintenance of a spot."""
    draft = Upkeep(community=community_of(request))
    if not is_desk(request.viewer, draft):
        raise Http404
    intro = _("What is done to a spot again and again. When it is late, the desk and who looks after it hear of it.")
    return create(request, draft, "plan", intro=intro, back_url=reverse("rounds:board", args=[slug]))


def _one(request: Visit, id: UUID) -> Any:
    rows = Upkeep.objects.visible_to(request.viewer).for_list().filter(community=community_of(request))
    return get_object_or_404(rows, pk=id)


@require_safe
def upkeep(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one plan: when it is due, who looks after it, and what was done."""
    row = _one(request, id)
    context = {"upkeep": row, "services": queries.services(row), "today": today_in(row.community)}
    return render(request, "rounds/upkeep.html", context)


@require_safe
def photo(request: Visit, slug: str, id: UUID, photo: UUID) -> HttpResponseBase:
    """Show a photo of what was done."""
    photos = (each for service in queries.services(_one(request, id)) for each in service.photos)
    return serve(photos, photo, request.GET.get("size", ""))
