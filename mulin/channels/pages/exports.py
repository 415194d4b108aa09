"""Taking cases away as a table: what is public at once, people's words after a second person agreed."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mulin import tables
from mulin.entry import actions as entry
from mulin.kernel.doors import form_of
from mulin.kernel.refusals import Refused
from mulin.web.http import Visit, address_of, community_of
from mulin.web.moves import once_of

from .. import actions, queries, rules
from ..figures import FORMATS, MOST_AT_ONCE, TYPES
from ..models import Export
from ..queries.exporting import CHOICES


def _choice(asked: Any) -> dict[str, str]:
    return {name: asked[name][:200] for name in CHOICES if asked.get(name)}


def exports(request: Visit, slug: str) -> HttpResponse:
    """Offer the chosen cases as a table, and to the desk one with people's words, that a second person agrees to."""
    community, viewer = community_of(request), request.viewer
    choice = _choice(request.POST if request.method == "POST" else request.GET)
    draft = Export(community=community)
    may, form, status = rules.is_desk(viewer, draft), None, 200
    if request.method == "POST" and not may:
        raise Http404
    if may:
        bound = request.POST if request.method == "POST" else None
        form = form_of(draft, "ask", by=viewer, data=bound, initial=choice)
        if bound and form.is_valid():
            try:
                once = once_of(request, "ask")
                made = actions.ask(by=viewer, community=community, once=once, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, refused.message)
            else:
                messages.success(request, _("Asked. A colleague at the desk agrees or says no within three days."))
                return redirect(made.get_absolute_url())
        status = 422 if form.errors else 200
    rows = list(Export.objects.visible_to(viewer).filter(community=community).for_list().order_by("-created_at")[:50])
    count = queries.count_of(queries.chosen(viewer, community, choice))
    context = {
        "form": form, "rows": rows, "count": count, "most": MOST_AT_ONCE, "fits": 0 < count <= MOST_AT_ONCE,
        "query": urlencode(choice), "narrowed": bool(choice),
    }  # fmt: skip
    return render(request, "channels/exports.html", context, status=status)


@require_safe
def take(request: Visit, slug: str, form: str) -> HttpResponseBase:
    """Give out what everyone may read of the chosen cases."""
    community = community_of(request)
    if form not in FORMATS:
        raise Http404
    entry.slow_down("export", str(request.viewer.account_id or address_of(request)), limit=20)
    found = queries.chosen(request.viewer, community, _choice(request.GET))
    if queries.count_of(found) > MOST_AT_ONCE:
        words = _("These are more than %(most)s cases. Choose a kind, a grid or a state first.")
        raise Refused("too_many", words % {"most": f"{MOST_AT_ONCE:,}"}, status=422)
    columns, rows = queries.layout(), queries.public_rows(found, community)
    answer: HttpResponseBase
    if form == "csv":
        answer = StreamingHttpResponse(tables.csv_parts(columns, rows), content_type=TYPES[form])
    else:
        answer = HttpResponse(tables.write_xlsx(columns, rows), content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{community.slug}-cases.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _one(request: Visit, id: UUID) -> Any:
    return get_object_or_404(
        Export.objects.visible_to(request.viewer).filter(community=community_of(request)).for_list(), pk=id
    )


@require_safe
def export(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show how an export stands: who asked, what for, how far it is, and until when it can be fetched."""
    row = _one(request, id)
    mine = rules.asked_for_it(request.viewer, row)
    context = {"export": row, "file": row.files.first(), "mine": mine}
    context["narrowed"] = queries.choice_in_words(row.community, row.choice)
    return render(request, "channels/export.html", context)


@require_safe
def file(request: Visit, slug: str, id: UUID) -> FileResponse:
    """Give the file to who asked for it, within its day; the log says each time."""
    row = _one(request, id)
    content = actions.fetch(row, by=request.viewer)
    name = f"{slug}-{row.pk.hex[-8:]}.{row.form}"
    answer = FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=TYPES[row.form])
    answer["Cache-Control"] = "private, no-store"
    return answer
