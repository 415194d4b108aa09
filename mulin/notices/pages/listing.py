"""The list of a draft: its template, a table checked without being kept, its report, and bringing it in."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mulin import tables
from mulin.kernel.refusals import Refused
from mulin.tables import waiting
from mulin.web.http import Visit, community_of

from .. import actions, queries
from ..figures import MOST_ROWS
from ..forms import Fill
from ..models import Notice

LONGEST, SHOWN, FIRST = 200, 200, 10
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _draft(request: Visit, id: UUID) -> Notice:
    """Find a draft whose list this viewer may bring in now. Raises Refused."""
    rows = Notice.objects.visible_to(request.viewer).filter(community=community_of(request))
    found: Notice = get_object_or_404(rows.for_list(), pk=id)
    if refused := found.flow.why_not("fill", request.viewer, found):
        raise refused
    return found


def rows(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Say what the list has to look like; a table that was sent is checked, and nothing of it is kept."""
    row = _draft(request, id)
    is_sent = request.method == "POST"
    form = Fill(*(request.POST, request.FILES) if is_sent else (), by=request.viewer, noun=row)
    if is_sent and (form.is_valid() or form.read is not None):
        name = str(getattr(request.FILES.get("table"), "name", ""))[:LONGEST]
        token = waiting.set_aside(form.sent, _about(request, row, name))
        return render(request, "notices/rows_found.html", _found(row, _read(row, form.sent, name), token))
    status = 422 if form.errors else 200
    return render(request, "notices/rows.html", {"notice": row, "kind": row.kind_of, "form": form}, status=status)


def _read(row: Notice, content: bytes, name: str) -> tables.Table:
    return tables.read_table(content, queries.layout_of(row.kind_of), filename=name, most=MOST_ROWS)


def _about(request: Visit, row: Notice, name: str) -> list[str]:
    # A token is good for this draft in these hands.
    return [str(row.pk), request.viewer.actor, name]


def _found(row: Notice, table: tables.Table, token: str) -> dict[str, Any]:
    report, good = table.report, list(table.good)
    names = [column.name for column in row.kind_of.columns]
    return {
        "notice": row, "kind": row.kind_of, "report": report, "token": token, "count": len(good),
        "first": [[each.values.get(name) or "" for name in names] for each in good[:FIRST]],
        "problems": report.ordered()[:SHOWN], "more": max(0, report.stops + report.notes - SHOWN),
    }  # fmt: skip


def _sent(request: Visit, row: Notice) -> tuple[str, str]:
    return request.POST.get("token", ""), request.POST.get("filename", "")[:LONGEST]


@require_POST
def rows_report(request: Visit, slug: str, id: UUID) -> HttpResponseBase:
    """Give out the whole report of a table that waits, as CSV."""
    row = _draft(request, id)
    token, name = _sent(request, row)
    if (content := waiting.look(token, _about(request, row, name))) is None:
        return _gone(request, row)
    report = _read(row, content, name).report
    return FileResponse(io.BytesIO(report.as_csv()), as_attachment=True, filename="list-report.csv")


@require_POST
def rows_bring(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Bring in the table that waits, masked: all of its rows, or the good ones where that was said."""
    row = _draft(request, id)
    token, name = _sent(request, row)
    if (content := waiting.take(token, _about(request, row, name))) is None:
        return _gone(request, row)
    table = _read(row, content, name)
    if not table.report.is_clean and "partial" not in request.POST:
        raise Refused("rows", _("Some rows do not fit. Mend them, or bring in only those that fit."), 422)
    kept = [{name: value for name, value in each.values.items() if value} for each in table.good]
    made = actions.fill(row, by=request.viewer, rows=kept)
    words = ngettext("%(n)d row is in the list, masked.", "%(n)d rows are in the list, masked.", made.rows_count)
    messages.success(request, words % {"n": made.rows_count})
    return redirect(row.get_absolute_url())


def _gone(request: Visit, row: Notice) -> HttpResponse:
    messages.error(
        request, _("This table is not here any more: it waited for an hour, or is in already. Send it again.")
    )
    return redirect("notices:rows", slug=request.community.slug, id=row.pk)


@require_safe
def rows_template(request: Visit, slug: str, id: UUID) -> FileResponse:
    """Give out the Excel file to fill in."""
    content = tables.template(queries.layout_of(_draft(request, id).kind_of))
    return FileResponse(io.BytesIO(content), as_attachment=True, filename="list.xlsx", content_type=EXCEL)
