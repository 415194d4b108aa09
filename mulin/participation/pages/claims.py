"""Claims on pages: the list of what looks for someone and who keeps what, a new one, and one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mulin.people.queries import history
from mulin.web.http import Visit, community_of
from mulin.web.nouns import create
from mulin.web.paging import paged

from .. import queries, rules
from ..models import Claim
from .overview import for_residents, may_look_for_someone

TABS = {
    "": gettext_lazy("Looks for someone"), "places": gettext_lazy("Places without a keeper"),
    "kept": gettext_lazy("In good hands"), "done": gettext_lazy("Done"), "mine": gettext_lazy("Mine"),
    "watch": gettext_lazy("To look at"),
}  # fmt: skip


@require_safe
def claims(request: Visit, slug: str) -> HttpResponse:
    """List what looks for someone, or what is in good hands, the newest first."""
    community, viewer, asked = community_of(request), request.viewer, request.GET
    offers = may_look_for_someone(request)
    tab, words = asked.get("tab", ""), asked.get("q", "").strip()[:60]
    rows, next_url = paged(queries.found(viewer, community, tab=tab, words=words).for_list(), request)
    hidden = {"mine": not viewer.is_person, "watch": not offers}
    context = {
        "rows": rows,
        "next_url": next_url,
        "tabs": [(f"?tab={key}", label, key == tab) for key, label in TABS.items() if not hidden.get(key)],
        "tab": tab,
        "q": words,
        "may_offer": offers,
    }  # fmt: skip
    return render(request, "participation/claims.html", context)


@for_residents
def new_claim(request: Visit, slug: str) -> HttpResponse:
    """Look for someone: the form, and the claim that it makes."""
    back = reverse("participation:claims", args=[slug])
    draft = Claim(community=community_of(request))
    return create(request, draft, "offer", done=_("Noted. Everyone here can take it on."), back_url=back)


@require_safe
def claim(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one claim: what there is to do, who has it, and who helps along."""
    community_of(request)
    row = get_object_or_404(Claim.objects.visible_to(request.viewer).for_list(), pk=id)
    viewer = request.viewer
    inside = rules.may_judge(viewer, row) or rules.keeps(viewer, row)
    context = {
        "claim": row,
        "shows_names": viewer.is_person,
        "steps": history(row, viewer, names=inside),
        "in_it": viewer.is_person and viewer.person_id in row.taking_part,
    }
    return render(request, "participation/claim.html", context)
