"""Many suggestions on pages: the public board, what waits for whoever looks, figures of departments, tables."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_safe

from mulin.entry import actions as entry
from mulin.tables import csv_file, write_csv, write_xlsx
from mulin.web.http import Visit, address_of, community_of, someone
from mulin.web.paging import paged, with_

from .. import queries, rules
from ..figures import CLASSES, Told
from ..models import Suggestion

MOST_ROWS = 5000
TYPES = {
    "csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}  # fmt: skip
TABS = {
    "": _l("All"), "open": _l("Without an answer"), "answered": _l("Answered"), "promised": _l("Promised"),
    "closed": _l("Finished"), "late": _l("Late, or not kept"),
}  # fmt: skip


def _asked(request: Visit) -> dict[str, str]:
    asked = request.GET
    found = {"q": asked.get("q", "").strip()[:60], "state": asked.get("state", ""), "klass": asked.get("klass", "")}
    try:
        found["department"] = str(UUID(asked.get("department", "")))
    except ValueError:
        found["department"] = ""
    return found


@require_safe
def board(request: Visit, slug: str) -> HttpResponse:
    """Show everyone what deputies suggested, to whom, and what came of it."""
    community, viewer, asked = community_of(request), request.viewer, _asked(request)
    rows, next_url = paged(queries.found(viewer, community, **asked), request)
    names = [(str(each.pk), each.name) for each in queries.departments(community)]
    context = {
        **asked,
        "rows": rows,
        "next_url": next_url,
        "chips": [(with_(request, state=key), label, key == asked["state"]) for key, label in TABS.items()],
        "departments": [("", _("All departments")), *names],
        "classes": [("", _("All answers")), *((key, f"{key} {label}") for key, label in CLASSES.items())],
        "is_narrowed": any(asked.values()),
        "query": urlencode(asked),
        "may_draft": rules.is_deputy(viewer, Suggestion(community=community)),
    }  # fmt: skip
    return render(request, "deputies/board.html", context)


@require_safe
def mine(request: Visit, slug: str) -> HttpResponse:
    """Show a deputy, a department or the desk what waits for them, and what they brought or answered before."""
    community, viewer = community_of(request), someone(request)
    rows, next_url = paged(queries.mine(viewer, community), request)
    may_draft = rules.is_deputy(viewer, Suggestion(community=community))
    context = {"parts": queries.waiting(viewer, community), "rows": rows, "next_url": next_url, "may_draft": may_draft}
    return render(request, "deputies/mine.html", context)


@require_safe
def table(request: Visit, slug: str, form: str) -> HttpResponse:
    """Give the chosen suggestions as a table, with what everyone may read of them."""
    community = community_of(request)
    if form not in TYPES:
        raise Http404
    entry.slow_down("export", str(request.viewer.account_id or address_of(request)), limit=20)
    found = queries.found(request.viewer, community, **_asked(request)).filter(published_at__isnull=False)
    layout, lines = queries.sheet(found.order_by("-handed_on", "-pk")[:MOST_ROWS])
    headers = {"Content-Disposition": f'attachment; filename="suggestions.{form}"'}
    content = write_csv(layout, lines) if form == "csv" else write_xlsx(layout, lines)
    return HttpResponse(content, content_type=TYPES[form], headers=headers)


def _counted(request: Visit) -> tuple[list[Told], int, list[int]]:
    community = community_of(request)
    years, asked = queries.years(community), request.GET.get("year", "")
    year = next((each for each in years if str(each) == asked), years[0])
    return queries.counted(community, year), year, years


@require_safe
def figures(request: Visit, slug: str) -> HttpResponse:
    """Show what the suggestions of a year came to, department by department; nothing is counted of deputies."""
    rows, year, years = _counted(request)
    series = [
        {"name": _("Answered"), "values": [row.answered for row in rows]},
        {"name": _("In time"), "values": [row.in_time for row in rows]},
    ]
    names = ("handed", "answered", "in_time", "overdue")
    context = {
        "rows": rows, "year": str(year), "years": [(str(each), str(each)) for each in years],
        "chart": {"kind": "bar", "head": _("Department"), "labels": [row.name for row in rows], "series": series},
        "total": {name: sum(getattr(row, name) for row in rows) for name in names},
    }  # fmt: skip
    return render(request, "deputies/figures.html", context)


@require_safe
def figures_csv(request: Visit, slug: str) -> HttpResponse:
    """Give the figures of each department as a table."""
    rows, year, _years = _counted(request)
    heads = {
        "name": _("Department"), "handed": _("Handed on"), "answered": _("Answered"), "in_time": _("In time"),
        "overdue": _("Overdue"), "done": "A", "planned": "B", "kept_for_reference": "C", "satisfied": _("Satisfied"),
        "fairly": _("Fairly satisfied"), "not_satisfied": _("Not satisfied"), "kept": _("Promise kept"),
        "not_kept": _("Promise not kept"),
    }  # fmt: skip
    return csv_file(f"suggestions-{year}", heads, (vars(row) for row in rows))
