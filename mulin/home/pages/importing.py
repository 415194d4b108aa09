"""Tables in and out: choose a kind, take its template, send the file, look at what was found, bring it in."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mulin import tables
from mulin.kernel.refusals import Refused
from mulin.tables import waiting
from mulin.territory.actions import CAPABILITY
from mulin.web.http import Visit, community_of

from ..forms import TableFile

LONGEST = 200  # of a file's name
SHOWN = 200  # problems on a page; the file with the report has them all
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def importing(request: Visit, slug: str) -> HttpResponse:
    """List the kinds of tables that the viewer may bring in."""
    community_of(request)
    kinds = tables.importers(request.viewer)
    if not kinds:
        raise Http404
    context = {"kinds": kinds, "may_draw": request.viewer.can(CAPABILITY)}
    return render(request, "home/importing.html", context)


def importing_kind(request: Visit, slug: str, kind: str) -> HttpResponse:
    """Say what a table has to look like; a file that was sent is checked, and nothing is written."""
    community, chosen = community_of(request), _kind(request, kind)
    form = TableFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, sheet = form.cleaned_data["file"], form.cleaned_data["sheet"]
        content, name = file.read(), file.name[:LONGEST]
        try:
            table, plan = tables.examine(chosen, community, content, by=request.viewer, filename=name, sheet=sheet)
        except Refused as refused:
            form.add_error("file", str(refused.message))
        else:
            token = waiting.set_aside(content, _about(request, kind, name, sheet))
            return render(request, "home/importing_found.html", _found(chosen, table, plan, token, form))
    status = 422 if form.errors else 200
    context = {
        "kind": chosen, "form": form, "columns": list(map(_shown, chosen.layout.columns)),
        "gives_out": chosen.rows(community, by=request.viewer) is not None,
    }  # fmt: skip
    return render(request, "home/importing_kind.html", context, status=status)


def _shown(column: tables.Column) -> dict[str, Any]:
    words = column.read.shown if isinstance(column.read, tables.Choice) else ()
    also = [head for head in column.heads[1:] if head.isascii()][:1]
    named = {"head": column.head, "also": also[0] if also else "", "help": column.help, "example": column.example}
    return {**named, "required": column.required, "words": words}


def _kind(request: Visit, key: str) -> tables.Importer:
    try:
        return tables.importer(key, request.viewer)
    except Refused:
        raise Http404 from None


def _about(request: Visit, kind: str, filename: str, sheet: str) -> list[str]:
    # A token is good for this table in this community in these hands.
    return [str(request.community.pk), request.viewer.actor, kind, filename, sheet]


def _found(kind: tables.Importer, table: tables.Table, plan: tables.Plan, token: str, form: Any) -> dict[str, Any]:
    report = table.report
    return {
        "kind": kind, "report": report, "plan": plan, "token": token, "count": len(plan.rows), "form": form,
        "problems": report.ordered()[:SHOWN], "more": max(0, report.stops + report.notes - SHOWN),
    }  # fmt: skip


def _sent(request: Visit, kind: str) -> tuple[str, list[str]]:
    said = [request.POST.get(name, "")[:LONGEST] for name in ("token", "filename", "sheet")]
    return request.POST.get("token", ""), _about(request, kind, said[1], said[2])


@require_POST
def importing_report(request: Visit, slug: str, kind: str) -> HttpResponseBase:
    """Give out the whole report of a file that waits, as CSV."""
    community, chosen = community_of(request), _kind(request, kind)
    token, about = _sent(request, kind)
    if (content := waiting.look(token, about)) is None:
        return _gone(request, kind)
    table, _plan = tables.examine(chosen, community, content, by=request.viewer, filename=about[3], sheet=about[4])
    return FileResponse(io.BytesIO(table.report.as_csv()), as_attachment=True, filename=f"{kind}-report.csv")


@require_POST
def importing_bring(request: Visit, slug: str, kind: str) -> HttpResponse:
    """Bring in the file that waits: all of its rows, or the good ones where that was said."""
    community, chosen = community_of(request), _kind(request, kind)
    token, about = _sent(request, kind)
    if (content := waiting.take(token, about)) is None:
        return _gone(request, kind)
    table, plan = tables.examine(chosen, community, content, by=request.viewer, filename=about[3], sheet=about[4])
    if not table.report.is_clean and "partial" not in request.POST:
        words = _("Meanwhile some rows do not fit any more, so nothing was brought in. Send the file once more.")
        messages.error(request, words)
        return redirect("community:importing_kind", slug=slug, kind=kind)
    made = chosen.write(community, plan, by=request.viewer, advance=int)
    messages.success(request, _done(made, plan, table.report))
    return redirect("community:importing_kind", slug=slug, kind=kind)


def _done(made: int, plan: tables.Plan, report: tables.Report) -> str:
    said = [ngettext("%(n)d row was brought in.", "%(n)d rows were brought in.", made) % {"n": made}]
    if plan.known:
        said.append(_("%(n)s were here already.") % {"n": plan.known})
    if report.stopped:
        said.append(_("%(n)s stayed outside: mend them and send them again.") % {"n": len(report.stopped)})
    return " ".join(said)


def _gone(request: Visit, kind: str) -> HttpResponse:
    messages.error(
        request, _("This file is not here any more: it came in already, or waited for an hour. Send it again.")
    )
    return redirect("community:importing_kind", slug=request.community.slug, kind=kind)


@require_safe
def importing_template(request: Visit, slug: str, kind: str) -> FileResponse:
    """Give out the Excel file to fill in."""
    community_of(request)
    return _excel(tables.template(_kind(request, kind).layout), f"{kind}.xlsx")


@require_safe
def importing_all(request: Visit, slug: str, kind: str) -> FileResponse:
    """Give out what is here, in the same layout."""
    community, chosen = community_of(request), _kind(request, kind)
    if (rows := chosen.rows(community, by=request.viewer)) is None:
        raise Http404
    return _excel(tables.write_xlsx(chosen.layout, rows), f"{community.slug}-{kind}.xlsx")


def _excel(content: bytes, name: str) -> FileResponse:
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=EXCEL)
