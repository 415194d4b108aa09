"""Shapes of places: all of them for maps, and the pages on which grids and the border are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mulin.kernel.refusals import Refused
from mulin.web.http import Visit, community_of, unless_known

from .. import actions, figures, forms, queries
from ..models import Community, Grid
from .keeping import keeper


@require_safe
def features(request: Visit, slug: str) -> HttpResponse:
    """Give grids, buildings, entrances and spots for maps as one GeoJSON collection; asked again, only what changed."""
    community = community_of(request)
    known = queries.places(community)
    tag = f'"{community.pk.hex[-12:]}-{known.stamp}"'
    response = unless_known(request, tag, lambda: HttpResponse(known.as_json, content_type="application/geo+json"))
    # Kept by anyone, but asked about each time: the answer is then 304 for one statement.
    response.headers["Cache-Control"] = "public, no-cache"
    return response


@require_safe
def grids(request: Visit, slug: str) -> HttpResponse:
    """List the grids beside the map on which they are drawn."""
    community = keeper(request)
    known = queries.places(community)
    counts: dict[UUID | None, int] = {}
    for building in known.buildings:
        counts[building.grid_id] = counts.get(building.grid_id, 0) + 1
    rows = [{"grid": grid, "buildings": counts.get(grid.pk, 0)} for grid in known.grids]
    context = {
        "rows": rows, "outside": counts.get(None, 0), "overlaps": _overlaps(known.grids),
        "map": {"places": reverse("territory:features", args=[community.slug])}, "tiles": settings.BASE_MAP,
    }  # fmt: skip
    return render(request, "territory/grids.html", context)


def _overlaps(every: Iterable[Grid]) -> list[tuple[Grid, Grid]]:
    known = list(every)
    return [(known[one], known[other]) for one, other in figures.overlaps([grid.polygon for grid in known])]


def grid_new(request: Visit, slug: str) -> HttpResponse:
    """Draw a new grid."""
    community = keeper(request)
    taken = [grid.number for grid in queries.places(community).grids]
    return _draw(request, community, None, {"number": max(taken, default=0) + 1})


def grid(request: Visit, slug: str, pk: UUID) -> HttpResponse:
    """Draw a grid anew, or give it another name."""
    community = keeper(request)
    found = _grid_of(community, pk)
    shown = {"number": found.number, "name": found.name, "shape": forms.write_shape(found.polygon)}
    return _draw(request, community, found, shown)


def _grid_of(community: Community, pk: UUID) -> Grid:
    found = queries.places(community).by_id.get(pk)
    if not isinstance(found, Grid):
        raise Http404
    return found


def _draw(request: Visit, community: Community, found: Grid | None, shown: dict[str, Any]) -> HttpResponse:
    form = forms.DrawGrid(request.POST or None, initial=shown)
    if found:
        form.fields["number"].disabled = True
    if request.method == "POST" and form.is_valid():
        number, name, shape = (form.cleaned_data[field] for field in ("number", "name", "shape"))
        if not found and any(one.number == number for one in queries.places(community).grids):
            form.add_error("number", _("There is a grid of this number. Open it to draw it anew, or take another one."))
        else:
            try:
                _save(request, community, found, number, name, shape)
            except Refused as refused:
                form.add_error("shape", refused.message)
            else:
                return redirect("territory:grids", slug=community.slug)
    context = {
        "form": form, "grid": found, "back_url": reverse("territory:grids", args=[community.slug]),
        "draw": _canvas(community, found),
    }  # fmt: skip
    return render(request, "territory/draw.html", context, status=422 if form.errors else 200)


def _save(request: Visit, community: Community, found: Grid | None, number: int, name: str, shape: Any) -> None:
    if found and forms.write_shape(shape) == forms.write_shape(found.polygon):
        if name and name != found.name:
            # What `places` remembers is shared by all requests: an action gets a row of its own.
            actions.rename_grid(copy(found), name, by=request.viewer)
            messages.success(request, _("The grid has another name now: %(name)s") % {"name": name})
        return
    made = actions.draw_grid(community, number, shape, by=request.viewer, name=name)
    messages.success(request, _("The grid is drawn: %(name)s") % {"name": made.name})
    others = [one for one in queries.places(community).grids if one.number != number]
    shared = figures.overlaps([made.polygon, *(one.polygon for one in others)])
    if over := [others[other - 1].name for one, other in shared if one == 0]:
        words = _("It overlaps: %(names)s. A point in both belongs to the lower number.")
        messages.warning(request, words % {"names": ", ".join(over)})


def _canvas(community: Community, found: Grid | None) -> dict[str, Any]:
    box = figures.bounds([community.boundary] if community.boundary else
                         [one.polygon for one in queries.places(community).grids])  # fmt: skip
    return {
        "places": reverse("territory:features", args=[community.slug]), "own": str(found.pk) if found else "",
        "boundary": community.boundary, "box": box, "tiles": settings.BASE_MAP or "",
    }  # fmt: skip


@require_POST
def grid_remove(request: Visit, slug: str, pk: UUID) -> HttpResponse:
    """Take away a grid that nothing belongs to."""
    community = keeper(request)
    found = _grid_of(community, pk)
    actions.remove_grid(copy(found), by=request.viewer)
    messages.success(request, _("The grid is taken away: %(name)s") % {"name": found.name})
    return redirect("territory:grids", slug=community.slug)


def boundary(request: Visit, slug: str) -> HttpResponse:
    """Draw the border of the whole community, or take it away."""
    community = keeper(request)
    form = forms.DrawBoundary(request.POST or None, initial={"shape": forms.write_shape(community.boundary)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.draw_boundary(community, form.cleaned_data["shape"], by=request.viewer)
        except Refused as refused:
            form.add_error("shape", refused.message)
        else:
            messages.success(request, _("The border is kept."))
            return redirect("territory:settings", slug=community.slug)
    context = {
        "form": form, "grid": None, "is_boundary": True, "draw": {**_canvas(community, None), "boundary": None},
        "back_url": reverse("territory:settings", args=[community.slug]),
    }  # fmt: skip
    return render(request, "territory/draw.html", context, status=422 if form.errors else 200)
