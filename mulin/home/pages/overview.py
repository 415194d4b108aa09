"""What those who help from above look at: open, late and on-time matters by community or grid, and twelve weeks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mulin.factors.figures import withheld
from mulin.territory import queries as places
from mulin.web.counts import FEW, few, if_many, percent, written
from mulin.web.http import Visit, community_of, someone

from .. import queries
from ..figures import needs_help
from ..queries import Figures, Week

DEPTHS = (5, 10)  # where a place on the map gets darker


@require_safe
def overview(request: Visit) -> HttpResponse:
    """Show all communities below the divisions that one oversees, who needs help first."""
    found = queries.overseen(someone(request).account_id)
    if not found:
        raise Http404
    if withheld(
        getattr(getattr(request, "sign_in", None), "guarded", False)
    ):  # a visit to no community has no rights that could wait
        return redirect("entry:security")
    counted = queries.figures([each.pk for each in found])
    rows = [
        _row(str(each), counted.get(each.pk, Figures()), each.boundary, exact=False,
             url=reverse("community:overview", args=[each.slug]), list_url=reverse("cases:list", args=[each.slug]),
             queue_url=reverse("cases:queue", args=[each.slug]))
        for each in found
    ]  # fmt: skip
    return _shown(request, rows, [each.pk for each in found], exact=False, by=_("Community"))


@require_safe
def community_overview(request: Visit, slug: str) -> HttpResponse:
    """Show one community by its grids, to its desk and to those above it."""
    community, viewer = community_of(request), request.viewer
    exact = viewer.can("cases.desk")  # its own matters: the desk handles every one of them
    if not exact and not viewer.can("cases.oversee"):
        raise Http404
    counted, known = queries.figures([community.pk], by="grid"), places.places(community)
    cases, queue = reverse("cases:list", args=[slug]), reverse("cases:queue", args=[slug])
    rows = [
        _row(grid.name, counted.get(grid.pk, Figures()), grid.polygon, exact=exact,
             url=reverse("community:place", args=[slug, "grid", grid.pk]), list_url=f"{cases}?grid={grid.number}",
             queue_url=queue)
        for grid in known.grids
    ]  # fmt: skip
    rest = sum((each for key, each in counted.items() if key not in known.by_id), Figures())
    if rest != Figures() or not rows:
        rows.append(_row(_("In no grid"), rest, None, exact=exact, url="", list_url=cases, queue_url=queue))
    posts = queries.posts_to_fill(community, viewer) if viewer.can("people.invite") else None
    return _shown(request, rows, [community.pk], exact=exact, by=_("Grid"), posts=posts)


def _row(name: str, figures: Figures, area: Any, *, exact: bool, **urls: str) -> dict[str, Any]:
    return {
        "name": name,
        "figures": figures,
        "area": area,
        "open": few(figures.open, exact=exact),
        "late": few(figures.late, exact=exact),
        "is_late": figures.late >= FEW or (exact and figures.late > 0),
        "up": 0 if exact else figures.up,  # what came up waits for those above, not for the desk
        "taken_on": written(percent(figures.taken_on, figures.reported)),
        "on_time": written(percent(figures.on_time, figures.solved)),
        "pleased": written(percent(figures.pleased, figures.rated)),
        **urls,
    }


def _shown(
    request: Visit, rows: list[dict[str, Any]], of: Iterable[Any], *, exact: bool, by: str, posts: Any = None
) -> HttpResponse:
    total = sum((row["figures"] for row in rows), Figures())
    rows.sort(key=lambda row: needs_help(row["figures"].late, row["figures"].open))  # the others as they stood
    waiting = "" if exact else next((row["queue_url"] for row in rows if row["up"]), "")
    context = {
        "rows": rows,
        "by": by,
        "posts": posts,
        "total": _row("", total, None, exact=exact),
        "waiting": {"n": total.up, "url": waiting} if waiting else None,
        "since": timezone.now() - queries.LATELY,
        "chart": chart_of(queries.weeks(of), exact=exact),
        "map": map_of(rows),
        "tiles": settings.BASE_MAP,
    }
    return render(request, "home/overview.html", context)


def chart_of(weeks: list[Week], *, exact: bool) -> dict[str, Any]:
    """Write twelve weeks for a chart and its table; a week with few matters keeps its number to itself."""
    form = pgettext("date format", "j M")

    def line(name: str, counts: list[int]) -> dict[str, Any]:
        shown = [if_many(count, exact=exact) for count in counts]
        return {"name": name, "values": shown, "texts": [few(count, exact=exact) for count in counts]}

    return {
        "kind": "line",
        "head": _("Seven days from"),
        "labels": [date_format(timezone.localtime(week.starts_at), form) for week in weeks],
        "series": [
            line(_("Reported"), [week.reported for week in weeks]),
            line(_("Solved"), [week.solved for week in weeks]),
        ],
    }


def map_of(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Draw the places that have an outline, darker where more is late."""
    areas = [
        {"name": row["name"], "text": row["late"], "geometry": row["area"], "url": row["url"],
         "depth": sum(row["figures"].late >= depth for depth in DEPTHS)}
        for row in rows
        if row["area"]
    ]  # fmt: skip
    return {"areas": areas}
