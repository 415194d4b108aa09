"""Finding places: by what people write for them, and the tree of divisions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mulin.kernel.refusals import Refused
from mulin.web.http import Visit, community_of

from .. import queries
from ..models import Division

PAGE = 60
KEEPS = "people.keep"


@require_safe
def search(request: Visit, slug: str) -> HttpResponse:
    """Search the places of a community by an address or a name."""
    community = community_of(request)
    text = request.GET.get("q", "")[:80]
    hits = queries.search_places(community, text, dwellings=request.viewer.can(KEEPS))
    rows = [{"hit": hit, "url": _page_of(community.slug, hit), "label": _label(hit.kind)} for hit in hits]
    return render(request, "territory/places.html", {"rows": rows, "q": text, "is_asked": bool(text.strip())})


def _label(kind: str) -> str:
    return {
        "grid": _("Grid"), "building": _("Building"), "entrance": _("Entrance"), "spot": _("Spot"),
        "dwelling": _("Dwelling"),
    }[kind]  # fmt: skip


def _page_of(slug: str, hit: queries.Hit) -> str:
    if hit.kind == "dwelling":
        home: Any = hit.place
        kind, place = ("entrance", home.entrance) if home.entrance_id else ("building", home.building)
        return f"/{slug}/places/{kind}/{place.pk}/"
    return f"/{slug}/places/{hit.kind}/{hit.place.pk}/"


@require_safe
def divisions(request: Visit) -> HttpResponse:
    """Show the tree of divisions, or those whose name or code begins with what is asked."""
    q, above, first = request.GET.get("q", "")[:40], _above(request.GET.get("in", "")), _first(request)
    found = queries.divisions(above, q)
    rows = list(found[first : first + PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    codes, counts = queries.codes_of(rows), queries.counts_below(rows)
    listed = [
        {"division": row, "code": codes.get(row.pk, ""), "count": counts.get(row.pk, 0), "url": _url(row),
         "within": " ".join(one.name for one in queries.path_of(row.parent)) if q else ""}
        for row in rows
    ]  # fmt: skip
    asked: dict[str, Any] = {"q": q} if q.strip() else {"in": above.pk} if above else {}
    context = {
        "rows": listed, "q": q, "above": above,
        "trail": [{"name": one.name, "url": _url(one)} for one in queries.path_of(above)],
        "here": queries.communities_in(above) if above and not q.strip() else (),
        "next_url": f"?{urlencode({**asked, 'from': first + PAGE})}" if more else "",
        "previous_url": f"?{urlencode({**asked, 'from': max(first - PAGE, 0)})}" if first else "",
    }  # fmt: skip
    return render(request, "territory/divisions.html", context)


def _url(division: Division) -> str:
    return f"{reverse('divisions:tree')}?in={division.pk}"


def _first(request: Visit) -> int:
    given = request.GET.get("from", "")
    return int(given) if given.isdecimal() and len(given) < 7 else 0


def _above(given: str) -> Division | None:
    if not given:
        return None
    try:
        found = queries.division(UUID(given))
    except ValueError:
        found = None
    if found is None:
        raise Refused("no_division", _("There is no such division. Begin at the provinces."), 404)
    return found
