"""Where a resident begins: what looks for someone, and what one took on and shows; a neighbour's own page."""

from __future__ import annotations

from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mulin.web.http import Visit, community_of, to_sign_in

from .. import queries
from ..models import Claim
from ..rules import may_offer

SHORT = 5


def for_residents(page: Any) -> Any:
    """Send whoever is no person of this community to sign in, or to join it."""

    @wraps(page)
    def asked(request: Visit, slug: str, **at: Any) -> HttpResponse:
        community_of(request)
        if request.viewer.is_person:
            return page(request, slug, **at)  # type: ignore[no-any-return]
        if request.viewer.is_someone:
            return redirect("entry:join", slug)
        return to_sign_in(request)

    return asked


def me(request: Visit) -> Any:
    """Return the person who looks, for a draft of something of their own."""
    return request.viewer.person_id


def may_look_for_someone(request: Visit) -> bool:
    """Tell whether the viewer may look for someone, here or at a place they lead."""
    return may_offer(request.viewer, Claim(community=community_of(request)))


@require_safe
def overview(request: Visit, slug: str) -> HttpResponse:
    """Show what looks for someone, what the viewer took on and shows, and how many take part."""
    community, viewer = community_of(request), request.viewer
    offers = may_look_for_someone(request)
    context = {
        "seeking": list(queries.found(viewer, community).for_list().order_by("-created_at", "-pk")[:SHORT]),
        "mine": queries.mine(viewer, community),
        "speaks_for": list(queries.contact_of(viewer)),
        "may_offer": offers,
        "watched": list(queries.watched(viewer, community).for_list()[:SHORT]) if offers else [],
        "registered": queries.registered_count(community),
    }
    return render(request, "participation/overview.html", context)


@require_safe
@for_residents
def neighbour(request: Visit, slug: str, person_id: UUID) -> HttpResponse:
    """Show what a neighbour shows of themselves, and nothing else."""
    shown = queries.neighbour(request.viewer, community_of(request), person_id)
    if shown is None:
        raise Http404
    return render(request, "participation/neighbour.html", shown)
