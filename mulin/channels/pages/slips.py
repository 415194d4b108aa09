"""A slip of paper for who goes there: what, where, what makes it solved; nobody's number unless it was opened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString

from mulin.cases import rules
from mulin.cases.actions.contact import look_at, see_contact
from mulin.cases.models import Case
from mulin.kernel.refs import linked
from mulin.web.beside import Panel
from mulin.web.http import Visit, community_of

from .. import queries


def slip(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Lay out a case for the printer, on A4 or a narrow roll; a sent reason opens the reporter's number once."""
    cases = Case.objects.visible_to(request.viewer).handled_by(request.viewer)
    case = get_object_or_404(cases.filter(community=community_of(request)).for_list(), pk=id)
    look_at(case, by=request.viewer)
    phone = ""
    if request.method == "POST":
        phone = see_contact(case, by=request.viewer, reason=request.POST.get("reason", ""))
    address = settings.SITE_URL.rstrip("/") + case.get_absolute_url()
    code = segno.make(address, error="m", micro=False).svg_inline(scale=4, border=2)
    context = {
        "case": case, "narrow": request.GET.get("paper") == "narrow", "phone": phone, "code": SafeString(code),
        "points": queries.closing(case), "sketch": queries.sketch(case),
        "in_charge": rules.in_charge(request.viewer, case),
        "has_phone": bool(case.contact_phone or (case.reporter and case.reporter.phone)),
    }  # fmt: skip
    answer = render(request, "channels/slip.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def beside_case(request: Visit, case: Any) -> Panel | None:
    """Offer the slip to who handles a case, and say where it came from by mail."""
    if not rules.takes_part(request.viewer, case):
        return None
    mail = queries.mail_of(case) if "channels.mail" in linked(case) else None
    return Panel("channels/panel.html", {"mail": mail}, 60)
