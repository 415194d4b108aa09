"""Sittings in which a body hears several pitches: money, its source and the owners' opinion side by side."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mulin.kernel.refusals import Refused
from mulin.web.http import Visit, community_of, someone
from mulin.web.paging import numbered

from .. import actions, queries, rules
from ..forms import NewSitting
from ..models import Proposal

ROWS = 20


@require_safe
def sittings(request: Visit, slug: str) -> HttpResponse:
    """Show in which sittings proposals were or will be pitched."""
    community = community_of(request)
    page, links = numbered(queries.sittings(community), request, ROWS)
    may = rules.is_desk(request.viewer, Proposal(community=community))
    return render(request, "proposals/sittings.html", {"rows": page, "may_arrange": may, **links})


@require_safe
def sitting(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one sitting with its pitches in their order."""
    row = get_object_or_404(queries.sittings(community_of(request)), pk=id)
    pitches = queries.pitches_of(row)
    whole = sum(step.minutes or 0 for step in pitches)
    return render(request, "proposals/sitting.html", {"sitting": row, "pitches": pitches, "minutes": whole})


def sitting_new(request: Visit, slug: str) -> HttpResponse:
    """Call a body together for several pitches."""
    community, viewer = community_of(request), someone(request)
    if not rules.is_desk(viewer, Proposal(community=community)):
        raise Http404
    form = NewSitting(request.POST or None, community=community)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.arrange(by=viewer, community=community, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, error.message)
        else:
            return redirect(made.get_absolute_url())
    title, back = _("Arrange a sitting"), reverse("proposals:sittings", args=[slug])
    context = {"form": form, "title": title, "submit": title, "back_url": back}
    return render(request, "proposals/form.html", context, status=422 if form.is_bound else 200)
