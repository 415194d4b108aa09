"""The queue of those who handle cases: on a phone the next one first, at a desk with a map and the chosen case."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mulin.kernel.clock import now
from mulin.territory import queries as places
from mulin.web import dates
from mulin.web.http import Visit, community_of, someone, unless_known
from mulin.web.paging import with_

from .. import queries
from ..actions.contact import look_at
from . import finding
from .lists import map_of, row, size_of, visible

TABS: dict[str, tuple[Any, Any]] = {
    "new": (_("To take on"), _("Reported or assigned")),
    "today": (_("Due today"), _("Late ones included")),
    "hand": (_("In hand"), _("Being worked on")),
    "waiting": (_("Waiting for others"), _("For an answer or a day")),
    "solved": (_("To call back"), _("Solved, not confirmed")),
    "up": (_("Came up"), _("From the level below")),
}


@require_safe
def queue(request: Visit, slug: str) -> HttpResponse:
    """Show those who handle cases what waits for them, the most urgent first."""
    community, viewer = community_of(request), someone(request)
    tonight = _tonight(community)
    size, stamp = queries.log_and_places(community)
    parts, counts = queries.tabs(viewer, tonight), queries.counts(viewer, now(), tonight)
    tab = request.GET.get("tab", "")
    if tab not in parts:
        tab = next((key for key in parts if counts[key]), "new")
    most, known = size_of(request), places.places(community, stamp)
    cases, after = queries.in_charge_of(viewer).filter(parts[tab]), finding.after(request.GET.get("after", ""))
    found = queries.rows(queries.most_urgent(cases, after)[: most + 1], viewer, community, known)
    queries.name_posts(found, community)
    rows = [row(case, number) for number, case in enumerate(found[:most], 1)]
    chosen = _chosen(request, rows)
    for each in rows:
        each["choose_url"] = with_(request, tab=tab, case=str(each["case"].pk))
    context = {
        "rows": rows,
        "tab": tab,
        "tabs": [_tab(key, tab, counts) for key in parts],
        "title": TABS[tab][0],
        "chosen": chosen,
        "office_left": _office_left(community, tonight),
        "next_url": with_(request, tab=tab, after=_key(found[most - 1])) if len(found) > most else "",
        "map": map_of(known, rows, exact=True),
        "tiles": settings.BASE_MAP,
        "now": now(),
        "live": {"url": _news_url(slug, tab=tab, since=size), "tag": _tag(size)},
    }
    at_desk = viewer.can("cases.desk") or viewer.can("cases.oversee")
    return render(request, "cases/queue.html" if at_desk else "cases/day.html", context)


@require_safe
def news(request: Visit, slug: str) -> HttpResponse:
    """Say how many are new in a part of the queue since its page was made; 304 while nothing at all happened."""
    community, viewer = community_of(request), request.viewer
    tag = _tag(queries.log_and_places(community)[0])
    part = queries.tabs(viewer, _tonight(community)).get(request.GET.get("tab", ""))
    since = request.GET.get("since", "")
    if not viewer.is_someone or part is None or not (since.isdecimal() and len(since) < 16):
        raise Http404

    def told() -> HttpResponse:
        url = f"{reverse('cases:queue', args=[slug])}?{urlencode({'tab': request.GET['tab']})}"
        return render(request, "web/news.html", {"n": queries.news(viewer, part, int(since)), "url": url})

    return unless_known(request, tag, told)


def _news_url(slug: str, **asked: Any) -> str:
    return f"{reverse('cases:news', args=[slug])}?{urlencode(asked)}"


def _tonight(community: Any) -> datetime:
    return datetime.combine(now().astimezone(community.zone_info).date(), time.max, community.zone_info)


def _tag(size: int) -> str:
    return f'"{size}"'


def _chosen(request: Visit, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Mark the row that is looked at, the first unless another was chosen, and load its case whole."""
    chosen = next((each for each in rows if str(each["case"].pk) == request.GET.get("case")), rows[0] if rows else None)
    if chosen is None:
        return None
    chosen["is_chosen"] = True
    case = get_object_or_404(visible(request).for_list().select_related("reporter"), pk=chosen["case"].pk)
    look_at(case, by=request.viewer)
    return {**chosen, "case": case}


def _tab(key: str, chosen: str, counts: dict[str, int]) -> dict[str, Any]:
    label, hint = TABS[key]
    return {
        "label": label,
        "hint": hint,
        "count": counts[key],
        "late": counts[f"late_{key}"],
        "url": f"?tab={key}",
        "on": key == chosen,
    }


def _key(case: Any) -> str:
    return f"{case.due_at.isoformat() if case.due_at else finding.LATER},{case.pk}"


def _office_left(community: Any, tonight: datetime) -> str:
    minutes = community.calendar.between(now(), tonight).total_seconds() / 60
    return dates.span(minutes) if minutes >= 1 else ""
