"""One building, entrance, dwelling or spot, added by hand."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.kernel.refusals import Refused
from mulin.web.http import Visit, community_of

from .. import actions
from ..forms import NEW, OnMap

TITLES = {
    "building": _l("Add a building"), "entrance": _l("Add an entrance"), "dwelling": _l("Add a dwelling"),
    "spot": _l("Add a spot"),
}  # fmt: skip


def add(request: Visit, slug: str, kind: str) -> HttpResponse:
    """Ask for a place, and add it."""
    community, by, status = community_of(request), request.viewer, 200
    if kind not in NEW or not by.can(actions.CAPABILITY):
        raise Http404
    form = NEW[kind](request.POST or None, by=by, initial={"building": request.GET.get("building")})
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                place = _add(kind, community, by, form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused.message))
                status = refused.status
            else:
                messages.success(request, _("Added: %(place)s.") % {"place": place})
                return redirect("territory:place_new", slug=slug, kind=kind)
    context = {"form": form, "kind": kind, "title": TITLES[kind], "titles": TITLES.items()}
    if isinstance(form, OnMap):
        context |= {"map": _map(request, community), "tiles": settings.BASE_MAP}
    return render(request, "territory/place_new.html", context, status=status)


def _add(kind: str, community: Any, by: Any, said: dict[str, Any]) -> Any:
    if kind == "building":
        return actions.add_building(community, said.pop("name"), by=by, **said)
    if kind == "spot":
        return actions.add_spot(community, said.pop("name"), said.pop("kind"), by=by, **said)
    add = actions.add_entrance if kind == "entrance" else actions.add_dwelling
    return add(said.pop("building"), said.pop("name"), by=by, **said)


def _map(request: Visit, community: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {"pick": True, "places": reverse("territory:features", args=[community.slug])}
    return shown | {name: request.POST[name] for name in ("lon", "lat") if request.POST.get(name)}
