"""Pages of incidents: the list, how one stands, and what is shown of it beside its cases and on the home page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mulin.cases.flow import OPEN
from mulin.cases.models import Case
from mulin.web.beside import Panel
from mulin.web.http import Visit, community_of
from mulin.web.nouns import create

from . import queries, rules
from .models import Incident

BEGIN = 80  # where links to what could be begun stand beside a case: after what is there


@require_safe
def incidents(request: Visit, slug: str) -> HttpResponse:
    """List incidents, those under way first."""
    community = community_of(request)
    rows = queries.with_parts(list(queries.incidents(community, request.viewer)[:100]))
    may_declare = rules.is_desk(request.viewer, Incident(community=community))
    return render(request, "incidents/incidents.html", {"rows": rows, "may_declare": may_declare})


@require_safe
def incident(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show how an incident stands: what was said, and each of its cases as the viewer may see it."""
    row = get_object_or_404(queries.incidents(community_of(request), request.viewer), pk=id)
    seen = Case.objects.visible_to(request.viewer).filter(community=row.community)
    keys = set(seen.filter(pk__in=[part.case_id for part in row.parts]).values_list("pk", flat=True))
    context = {
        "incident": row,
        "steps": [_step(each) for each in queries.updates(row)],
        "shown": [part.case for part in row.parts if part.case_id in keys],
        "hidden": sum(part.case_id not in keys for part in row.parts),
    }
    return render(request, "incidents/incident.html", context)


def _step(update: Any) -> dict[str, Any]:
    return {
        "at": update.at,
        "text": _("The community's desk"),
        "after": _("told to everyone whom it concerns") if update.was_told else "",
        "voice": update.words,
    }


def declare(request: Visit, slug: str) -> HttpResponse:
    """Declare an incident; from a case, that case is its first."""
    community = community_of(request)
    draft = Incident(community=community)
    draft.first_case = request.GET.get("case", "")
    if not rules.is_desk(request.viewer, draft):
        raise Http404
    intro = _("One page for all whom it concerns, instead of ten cases that each know a part of it.")
    done = _("Declared. Say how it stands at least every other day.")
    back = reverse("incidents:incidents", args=[slug])
    return create(request, draft, "declare", intro=intro, back_url=back, done=done)


def panel(request: Visit, case: Any) -> Panel | None:
    """Say on a case's page which incident it belongs to; the desk can declare one."""
    found = queries.of_case(case)
    may = found is None and case.state in OPEN and rules.is_desk(request.viewer, case)
    order = 20 if found else BEGIN
    return Panel("incidents/panel.html", {"incident": found, "may_declare": may}, order) if found or may else None


def panel_outside(request: Visit, case: Any) -> Panel | None:
    """Say on a case's public page which incident it belongs to."""
    found = queries.of_case(case)
    return Panel("incidents/panel.html", {"incident": found, "may_declare": False}, 20) if found else None


def panel_home(request: Visit, community: Any) -> Panel | None:
    """Tell on the home page what is under way."""
    found = queries.under_way(community)
    return Panel("incidents/home.html", {"incidents": found}, 5) if found else None
