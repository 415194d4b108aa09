"""Talents, signs and groups on pages."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mulin.web.http import Visit, community_of
from mulin.web.nouns import create
from mulin.web.paging import paged

from .. import queries
from ..figures import TALENTS
from ..models import Sign, Talent
from .overview import for_residents, me


@require_safe
@for_residents
def talents(request: Visit, slug: str) -> HttpResponse:
    """Find what neighbours can do and offer."""
    community, asked = community_of(request), request.GET
    kind, words = asked.get("kind", ""), asked.get("q", "").strip()[:60]
    rows, next_url = paged(queries.talents(request.viewer, community, kind=kind, words=words), request)
    chips = [("", _("All")), *TALENTS.items()]
    context = {
        "rows": rows,
        "next_url": next_url,
        "chips": [(f"?{urlencode({'kind': key, 'q': words})}", label, key == kind) for key, label in chips],
        "kind": kind,
        "q": words,
    }
    return render(request, "participation/talents.html", context)


@for_residents
def new_talent(request: Visit, slug: str) -> HttpResponse:
    """Offer a talent."""
    draft = Talent(community=community_of(request), person_id=me(request))
    return create(request, draft, "share", back_url=reverse("participation:talents", args=[slug]))


@require_safe
@for_residents
def talent(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one talent, and how to ask for it."""
    community_of(request)
    row = get_object_or_404(Talent.objects.visible_to(request.viewer).for_list(), pk=id)
    is_mine = row.person_id == request.viewer.person_id
    return render(request, "participation/talent.html", {"talent": row, "is_mine": is_mine})


@for_residents
def new_sign(request: Visit, slug: str) -> HttpResponse:
    """Show a sign."""
    draft = Sign(community=community_of(request), person_id=me(request))
    intro = _("Only if you want to. You can take it down again with one tap, and nothing depends on it.")
    back = reverse("participation:overview", args=[slug])
    return create(request, draft, "put_up", intro=intro, back_url=back)


@require_safe
@for_residents
def sign(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one sign: all of it to whom it belongs, and to neighbours what hangs there."""
    community_of(request)
    viewer = request.viewer
    row = get_object_or_404(Sign.objects.visible_to(viewer).for_list(), pk=id)
    facts = [(_("Whose"), row.scope_label), (_("On my page"), _("with my name") if row.on_page else ""),
             (_("At the door"), row.entrance), (_("Until"), row.ends_on)]  # fmt: skip
    if row.person_id != viewer.person_id:
        # At a door a sign has no name; on somebody's page it stands there anyway.
        facts = [(_("Shown by"), row.person.name if row.on_page else ""), (_("At the door"), row.entrance)]
        if row.on_page:
            facts = facts[:1]
    shown = [(label, value) for label, value in facts if value]
    context = {"noun": row, "facts": shown, "steps": [], "what": row.flow.noun}
    return render(
        request, "participation/thing.html", {**context, "back_url": reverse("participation:overview", args=[slug])}
    )


@require_safe
def groups(request: Visit, slug: str) -> HttpResponse:
    """List the groups that neighbours founded, with who to ask."""
    community, words = community_of(request), request.GET.get("q", "").strip()[:60]
    context = {"groups": queries.groups(community, words), "q": words}
    return render(request, "participation/groups.html", context)
