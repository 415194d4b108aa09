"""Many call-ups on pages: the board, all of them, a unit's own, figures of each unit, and the settings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mulin.cases.queries import leaves, log_and_places
from mulin.people.figures import ORGANISATION_KINDS
from mulin.people.queries import units_of
from mulin.tables import csv_file
from mulin.web.http import Visit, community_of, someone, unless_known
from mulin.web.paging import paged, with_

from .. import actions, queries
from ..figures import Told
from ..flow import OPEN, CallUpState
from ..forms import CustomForm
from ..models import CallUp
from ..rules import may_call

PAST = 30


def _watches(request: Visit) -> bool:
    return any(request.viewer.can(capability) for capability in ("cases.desk", "cases.handle", "cases.oversee"))


@require_safe
def board(request: Visit, slug: str) -> HttpResponse:
    """Show what runs now in columns by where each unit stands; a unit's people are led to their own."""
    community, viewer, asked = community_of(request), someone(request), request.GET
    if not _watches(request):
        return redirect("callups:ours", slug=slug)
    q, kind, late = asked.get("q", "").strip()[:60], asked.get("kind", "")[:30], asked.get("late") == "1"
    size = log_and_places(community)[0]
    context = {
        "board": queries.board(viewer, community, q=q, kind=kind, late=late),
        "q": q,
        "kind": kind,
        "late": late,
        "kinds": [("", _("All kinds of units")), *ORGANISATION_KINDS.items()],
        "late_url": with_(request, late="" if late else "1"),
        "is_narrowed": bool(q or kind or late),
        "may_call": may_call(viewer, CallUp(community=community)),
        "live": {"url": f"{reverse('callups:news', args=[slug])}?since={size}", "tag": f'"{size}"'},
    }  # fmt: skip
    return render(request, "callups/board.html", context)


@require_safe
def news(request: Visit, slug: str) -> HttpResponse:
    """Say how many call-ups changed since a page was made; 304 while nothing at all happened."""
    community, since = community_of(request), request.GET.get("since", "")
    if not _watches(request) or not (since.isdecimal() and len(since) < 16):
        raise Http404

    def told() -> HttpResponse:
        n = queries.news_since(request.viewer, community, int(since))
        return render(request, "web/news.html", {"n": n, "url": reverse("callups:board", args=[slug])})

    return unless_known(request, f'"{log_and_places(community)[0]}"', told)


@require_safe
def all_calls(request: Visit, slug: str) -> HttpResponse:
    """List every call-up that the viewer may see, finished ones too, the newest first."""
    community, viewer, asked = community_of(request), someone(request), request.GET
    q, state = asked.get("q", "").strip()[:60], asked.get("state", "")
    rows, next_url = paged(queries.listed(viewer, community, q=q, state=state), request)
    chips = [("", _("All")), *CallUpState.choices]
    context = {
        "rows": rows,
        "next_url": next_url,
        "q": q,
        "state": state,
        "chips": [(with_(request, state=key), label, key == state) for key, label in chips],
    }
    return render(request, "callups/all.html", context)


@require_safe
def ours(request: Visit, slug: str) -> HttpResponse:
    """Show a unit's people what their unit is called to, what is due first on top."""
    community, viewer = community_of(request), someone(request)
    rows = queries.ours(viewer, community)
    code = request.GET.get("e", "")[:12]
    context = {
        "units": queries.units_here(community).filter(pk__in=units_of(viewer)),
        "open": list(rows.filter(state__in=OPEN, callup__state=CallUpState.CALLED).order_by("due_at", "pk")[:PAST]),
        "past": list(rows.exclude(state__in=OPEN, callup__state=CallUpState.CALLED).order_by("-called_at")[:PAST]),
        "code": code,
    }
    return render(request, "callups/ours.html", context)


def _counted(request: Visit) -> tuple[list[Told], Any, str]:
    """Count for whoever watches all units, and for a unit's people their own."""
    community, viewer = community_of(request), someone(request)
    own = None if viewer.can("cases.desk") or viewer.can("cases.oversee") else units_of(viewer)
    if own is not None and not own:
        raise Http404
    topic = request.GET.get("topic", "")[:40]
    return queries.counted(community, own, topic), own, topic


@require_safe
def figures(request: Visit, slug: str) -> HttpResponse:
    """Show what call-ups came to, unit by unit and in twelve weeks; nothing is said about people."""
    community = community_of(request)
    rows, own, topic = _counted(request)
    weeks, form = queries.weeks(community, own), pgettext("date format", "j M")
    chart = {
        "kind": "line",
        "head": _("Seven days from"),
        "labels": [date_format(at, form) for at, _called, _came in weeks],
        "series": [
            {"name": _("Called"), "values": [called for _at, called, _came in weeks]},
            {"name": _("In time"), "values": [came for _at, _called, came in weeks]},
        ],
    }
    total = {
        name: sum(getattr(row, name) for row in rows) for name in ("called", "in_time", "finished_in_time", "lapsed")
    }
    context = {
        "rows": rows,
        "total": total,
        "judged": queries.judged(community),
        "chart": chart,
        "topic": topic,
        "topics": [("", _("All kinds of matters")), *((row.key, str(row)) for row in leaves(community.pk))],
        "is_own": own is not None,
    }  # fmt: skip
    return render(request, "callups/figures.html", context)


HEADS = {
    "name": "unit", "called": "called", "came": "reported_in", "in_time": "in_time", "refused": "refused",
    "lapsed": "lapsed", "finished": "done", "finished_in_time": "done_in_time", "rating": "appraisal",
    "resident_rating": "residents_appraisal",
}  # fmt: skip


@require_safe
def figures_csv(request: Visit, slug: str) -> HttpResponse:
    """Give the figures of each unit as a table."""
    rows, _own, _topic = _counted(request)
    return csv_file("call-ups", HEADS, [{name: getattr(row, name) for name in HEADS} for row in rows])


def settings(request: Visit, slug: str) -> HttpResponse:
    """Choose whether a second person signs, and how long units usually have."""
    community = community_of(request)
    if not request.viewer.can("places.draw"):
        raise Http404
    custom = queries.custom_of(community)
    form = CustomForm(request.POST or None, instance=custom)
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if value not in ("", None)}
        kept = {"report_hours": custom.report_hours, "done_days": custom.done_days}
        actions.set_custom(community, by=request.viewer, **{**kept, **told})
        messages.success(request, _("Noted."))
        return redirect("callups:settings", slug)
    return render(request, "callups/settings.html", {"form": form})
