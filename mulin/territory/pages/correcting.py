"""One building, entrance, dwelling or spot, set right by whoever keeps the places."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refused
from mulin.web.http import Visit

from .. import actions, queries
from ..forms import CORRECT
from .keeping import keeper


def correct(request: Visit, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Show how a place stands, and keep what was set right."""
    community, status = keeper(request), 200
    place = queries.place_to_correct(community, kind, pk)
    if place is None:
        raise Http404
    form = CORRECT[kind](request.POST or None, by=request.viewer, noun=place)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                kept: Any = actions.correct_place(place, by=request.viewer, **form.cleaned_data)
            except Refused as refused:
                form.add_error("name" if refused.code == "name_taken" else None, str(refused.message))
                status = refused.status
            else:
                messages.success(request, _("Kept: %(place)s.") % {"place": kept})
                return redirect(_back(slug, kind, place))
    context = {"form": form, "place": place, "back_url": _back(slug, kind, place)}
    return render(request, "territory/correct.html", context, status=status)


def _back(slug: str, kind: str, place: Any) -> str:
    # Who lives behind a door is another module's page.
    return f"/{slug}/households/doors/{place.pk}/" if kind == "dwelling" else f"/{slug}/places/{kind}/{place.pk}/"
