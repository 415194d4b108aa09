"""One suggestion: its way, its answers and what was promised, as everyone reads it; and the page to write one."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mulin.cases.models import Case
from mulin.web.http import Visit, community_of
from mulin.web.nouns import asked_for, create, waiting

from .. import queries, rules
from ..figures import ANSWER_MONTHS
from ..models import Suggestion


def new(request: Visit, slug: str) -> HttpResponse:
    """Write a suggestion; from a case, it rests on that case."""
    community, viewer = community_of(request), request.viewer
    draft = Suggestion(community=community)
    if not rules.is_deputy(viewer, draft):
        raise Http404
    case = asked_for(request, Case.objects.visible_to(viewer).filter(community=community).for_list(), "case")
    draft.begun_with = case
    back = case.get_absolute_url() if case else reverse("deputies:mine", args=[slug])
    intro = _("Nobody else sees it before you bring it. The department answers within %(months)s months.")
    return create(
        request, draft, "draft", back_url=back, intro=intro % {"months": ANSWER_MONTHS},
        done=_("Kept as a draft. Look at it once more, then bring it."),
    )  # fmt: skip


@require_safe
def suggestion(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one suggestion: what is proposed, who answers by when, what was answered, and what became of it."""
    viewer = request.viewer
    rows = Suggestion.objects.visible_to(viewer).filter(community=community_of(request))
    row = get_object_or_404(rows.whole(), pk=id)
    inside = rules.is_router(viewer, row) or rules.speaks(viewer, row)
    context = {
        "suggestion": row,
        "cases": queries.cases_of(viewer, row),
        "steps": queries.way(row),
        "pending": waiting(row, viewer) if inside else [],
        "returned": queries.returned(row) if row.state == "drafted" else "",
        "inside": inside or rules.is_deputy(viewer, row),
    }
    return render(request, "deputies/suggestion.html", context)
