"""The three rates with their definitions, their months and groups; and what comes."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mulin.cases.pages import maps
from mulin.cases.queries import categories
from mulin.people.figures import today_in
from mulin.tables import csv_file
from mulin.territory import queries as places
from mulin.web.counts import few, written
from mulin.web.http import Visit, community_of

from .. import queries
from ..figures import BY, GROUNDS, KEYS, NAMES, Counts, back, months, period, total


def _chosen(request: Visit, name: str, among: Any, usual: str) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in among else usual


def _exact(viewer: Any) -> bool:
    """Tell whether small counts are told: these are the desk's own matters."""
    return bool(viewer.can("cases.desk"))


def _period(request: Visit) -> tuple[date, date]:
    return period(request.GET.get("from", ""), request.GET.get("to", ""), today_in(community_of(request)))


@require_safe
def rates(request: Visit, slug: str) -> HttpResponse:
    """Show the three rates of a period, in words and figures, by month, grid or category."""
    community, exact = community_of(request), _exact(request.viewer)
    first, last = _period(request)
    by = _chosen(request, "by", BY, "month")
    defined = queries.definitions(community)
    monthly = queries.counts(community, first, last, "month")
    groups = monthly if by == "month" else queries.counts(community, first, last, by)
    whole = total(monthly.values())
    start, end = (datetime.combine(day, time(), community.zone_info) for day in (first, back(last, -1)))
    chosen = _chosen(request, "rate", NAMES, "resolution")
    asked = {"from": f"{first:%Y-%m}", "to": f"{last:%Y-%m}"}
    context = {
        "defined": [{"definition": each, "name": NAMES[each.key], **_rate(each, whole, exact)} for each in defined],
        "whole": whole,
        "reported": few(whole.reported, exact=exact),
        "left_out": _left_out(queries.left_out(community, start, end), exact),
        "rows": _rows(community, by, groups, defined, exact, (first, last)),
        "by": by,
        "tabs": [
            (f"?{urlencode({**asked, 'by': key, 'rate': chosen})}", label, key == by) for key, label in BY.items()
        ],
        "chips": [
            (f"?{urlencode({**asked, 'by': by, 'rate': key})}#trend", NAMES[key], key == chosen) for key in KEYS
        ],
        "chart": _chart(next(each for each in defined if each.key == chosen), monthly, (first, last), exact),
        "chosen": NAMES[chosen],
        "asked": asked,
        "csv": f"{reverse('rates:table', args=[slug])}?{urlencode({**asked, 'by': by})}",
        "counted_at": queries.counted_at(community),
        "exact": exact,
        "may_decide": exact or request.viewer.can("cases.oversee"),
    }  # fmt: skip
    return render(request, "rates/rates.html", context)


def _rate(definition: Any, found: Counts, exact: bool) -> dict[str, Any]:
    share = queries.rate(definition, found)
    percent = share.percent(exact=exact)
    return {"percent": percent, "text": written(percent), "whole": few(share.whole, exact=exact)}


def _left_out(found: dict[str, int], exact: bool) -> list[tuple[Any, str]]:
    return [(GROUNDS[ground], few(count, exact=exact)) for ground, count in sorted(found.items()) if count]


def _rows(
    community: Any, by: str, groups: dict[Any, Counts], defined: list[Any], exact: bool, asked: tuple[date, date]
) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "reported": few(found.reported, exact=exact),
            "rates": [_rate(each, found, exact)["text"] for each in defined],
            "left_out": few(found.left_out, exact=exact) if found.left_out else "",
        }
        for name, found in _named(community, by, groups, asked)
    ]


def _named(community: Any, by: str, groups: dict[Any, Counts], asked: tuple[date, date]) -> list[tuple[str, Counts]]:
    """List groups with their names: months in order, grids by number, categories as the tree lists them."""
    if by == "month":
        return [(_say(month), groups.get(month, Counts())) for month in reversed(list(months(*asked)))]
    if by == "grid":
        listed = [(grid.pk, grid.name) for grid in places.places(community).grids]
        rest = _("In no grid")
    else:
        listed = [(each.pk, str(each)) for each in categories(community.pk) if each.pk in groups]
        rest = _("Categories that are no longer offered")
    known = {key for key, _name in listed}
    others = total(found for key, found in groups.items() if key not in known)
    named = [(name, groups.get(key, Counts())) for key, name in listed]
    return [*named, (rest, others)] if others != Counts() else named


def _say(month: date) -> str:
    return date_format(month, pgettext("date format", "F Y"))


def _chart(definition: Any, monthly: dict[date, Counts], asked: tuple[date, date], exact: bool) -> dict[str, Any]:
    listed = list(months(*asked))
    shares = [queries.rate(definition, monthly.get(month, Counts())).percent(exact=exact) for month in listed]
    return {
        "kind": "line",
        "most": 100,
        "head": _("Month"),
        "labels": [_say(month) for month in listed],
        "series": [{"name": str(NAMES[definition.key]), "values": shares, "texts": [written(each) for each in shares]}],
    }


@require_safe
def table(request: Visit, slug: str) -> HttpResponse:
    """Give what the page shows as CSV."""
    community, exact = community_of(request), _exact(request.viewer)
    first, last = _period(request)
    by = _chosen(request, "by", BY, "month")
    defined = queries.definitions(community)
    rows = _rows(community, by, queries.counts(community, first, last, by), defined, exact, (first, last))
    heads = {"name": str(BY[by]), "reported": _("Reported"), **{each.key: str(NAMES[each.key]) for each in defined}}
    heads["left_out"] = _("Left out")
    said = [
        {"name": row["name"], "reported": row["reported"], "left_out": row["left_out"],
         **dict(zip(KEYS, row["rates"], strict=True))}
        for row in rows
    ]  # fmt: skip
    return csv_file(f"rates-{first:%Y-%m}-{last:%Y-%m}", heads, said)


@require_safe
def outlook(request: Visit, slug: str) -> HttpResponse:
    """Show those who work here what becomes due, what is likely to be late, and where reports heap up."""
    community, viewer = community_of(request), request.viewer
    if not any(viewer.can(each) for each in ("cases.desk", "cases.oversee", "cases.handle")):
        raise Http404
    late, days = queries.coming(community)
    spots = queries.hot_spots(community)
    names = {each.pk: str(each) for each in categories(community.pk)}
    form = pgettext("date format", "D j M")
    chart = {
        "kind": "bar",
        "head": _("Day"),
        "labels": [date_format(each.day, form) for each in days],
        "series": [
            {"name": _("Promises that end"), "values": [each.due for each in days],
             "texts": [str(each.due) for each in days]},
            {"name": _("Likely late"), "values": [each.likely_late for each in days],
             "texts": [str(each.likely_late) for each in days]},
        ],
    }  # fmt: skip
    known = places.places(community)
    listed = [
        {"spot": each, "number": at, "kind": names.get(each.kind, ""), "near": _near(known, each)}
        for at, each in enumerate(spots, 1)
    ]
    points = [
        {"lon": each["spot"].lon, "lat": each["spot"].lat, "number": str(each["number"]), "label": each["kind"],
         "place": str(each["near"] or "")}
        for each in listed
    ]  # fmt: skip
    context = {
        "late": late,
        "due": sum(each.due for each in days),
        "likely": sum(each.likely_late for each in days),
        "chart": chart,
        "spots": listed,
        "map": {**maps.shapes(known), "points": points} if points else None,
        "tiles": settings.BASE_MAP,
    }
    return render(request, "rates/outlook.html", context)


def _near(known: places.Places, spot: queries.Spot) -> Any:
    """Name the house that stands next to where reports heap up."""
    building, entrance = known.near(spot.lon, spot.lat)
    return building or (entrance and entrance.building)
