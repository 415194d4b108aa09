"""For what data is used and what one agreed to; what is known of oneself; who looked at whose data."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.entry.pages.security import for_someone
from mulin.factors.pages import fresh
from mulin.kernel.clock import now
from mulin.web.http import Visit, community_of, to_sign_in
from mulin.web.nouns import create
from mulin.web.paging import numbered

from . import queries
from .figures import LINES
from .models import Consent


def purposes(request: Visit, slug: str) -> HttpResponse:
    """Say for what data is used here, and let the viewer agree or take it back."""
    community = community_of(request)
    context = {"rows": queries.decisions(request.viewer, community)}
    return render(request, "privacy/purposes.html", context)


def give(request: Visit, slug: str) -> HttpResponse:
    """Agree to a purpose."""
    community = community_of(request)
    if not request.viewer.is_person:
        return to_sign_in(request)
    draft = Consent.of(request.viewer, community)
    back = reverse("privacy:purposes", args=[slug])
    return create(request, draft, "give", done=_("Noted. You can take it back at any time."), back_url=back)


def consent(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one consent, and what can be done about it."""
    community_of(request)
    rows = Consent.objects.visible_to(request.viewer).select_related("purpose", "community")
    return render(request, "privacy/consent.html", {"consent": get_object_or_404(rows, pk=id)})


def audit(request: Visit, slug: str) -> HttpResponse:
    """List who looked at whose data, for whoever audits it."""
    community = community_of(request)
    if not request.viewer.can("people.audit"):
        raise Http404
    words = request.GET.get("q", "").strip()[:60]
    page, beside = numbered(queries.access_lines(request.viewer, community, words), request, LINES)
    return render(request, "privacy/audit.html", {"lines": queries.said(page), "q": words, **beside})


@for_someone
def known(request: Any) -> HttpResponse:
    """Show someone everything that is known of them, and who looked at it."""
    account = request.sign_in.account_id
    told = [(title, rows[: queries.MOST], len(rows)) for _model, title, rows in queries.known(account)]
    return render(request, "privacy/known.html", {"told": told, "lines": queries.said(queries.seen(account)[:LINES])})


@fresh
def known_file(request: Any) -> HttpResponse:
    """Give the same as a file to take along."""
    account = request.sign_in.account_id
    told = {
        model: [
            {"community": str(row.community or ""), "at": row.at and row.at.isoformat(), "text": row.text}
            for row in rows
        ]
        for model, _title, rows in queries.known(account)
    }
    looked = [
        {"who": line.viewer_name, "at": line.at.isoformat(), "what": line.what, "why": line.reason}
        for line in queries.seen(account)
    ]
    body = json.dumps({"made_at": now().isoformat(), "known": told, "looked": looked}, ensure_ascii=False, indent=1)
    name = f"mulin-{now():%Y%m%d}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type="application/json", headers=headers)
