"""Places from a GeoJSON file on a page: first what it comes to, then the button that brings it in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refused
from mulin.tables import waiting
from mulin.web.http import Visit

from .. import forms
from ..imports.geojson import MOST_BYTES, Datum, Report, import_geojson
from ..models import Community
from .keeping import keeper

FEW = 200  # rows that are shown


def upload(request: Visit, slug: str) -> HttpResponse:
    """Check a file of places, say what is wrong or overlaps, and bring it in at the second click."""
    community = keeper(request)
    about = (str(request.viewer.actor), str(community.pk), "geojson")
    form = forms.Upload()
    context: dict[str, Any] = {"back_url": reverse("territory:grids", args=[community.slug])}
    if request.method == "POST" and (token := request.POST.get("token")):
        return _bring(request, community, token, about)
    if request.method == "POST":
        form = forms.Upload(request.POST, request.FILES)
        if form.is_valid():
            content = form.cleaned_data["file"].read(MOST_BYTES + 1)
            how = {"datum": form.cleaned_data["datum"], "kind": form.cleaned_data["kind"]}
            try:
                report = import_geojson(community, content, by=request.viewer, dry_run=True, **how)
            except Refused as refused:
                form.add_error("file", refused.message)
            else:
                token = waiting.set_aside(content, about) if report.is_clean else ""
                context |= {
                    "report": report,
                    "rows": report.rows[:FEW],
                    "token": token,
                    "counts": _counts(report),
                    **how,
                }
    return render(request, "territory/upload.html", {"form": form, **context}, status=422 if form.errors else 200)


def _counts(report: Report) -> list[tuple[str, int]]:
    names = {"grid": _("Grids"), "building": _("Buildings"), "entrance": _("Entrances")}
    return [(names.get(kind, kind or "?"), count) for kind, count in report.counts.items()]


def _bring(request: Visit, community: Community, token: str, about: Any) -> HttpResponse:
    content = waiting.take(token, about)
    if content is None:
        raise Refused("gone", _("This file waited too long, or was brought in already. Choose it once more."))
    datum: Datum = "gcj02" if request.POST.get("datum") == "gcj02" else "wgs84"
    kind = request.POST.get("kind", "")
    report = import_geojson(community, content, by=request.viewer, datum=datum, kind=kind)
    if not report.is_done:
        raise Refused("changed", _("Something changed since the file was checked. Choose it once more."))
    messages.success(request, _("The places are brought in: %(count)s") % {"count": sum(report.counts.values())})
    return redirect("territory:grids", slug=community.slug)
