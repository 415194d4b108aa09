"""Pages of the desk about other servers, of those who send cases on, and the panel beside a case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.cases import rules as cases
from mulin.cases.models import Case
from mulin.kernel.refs import linked
from mulin.kernel.refusals import Refused
from mulin.web.beside import Panel
from mulin.web.http import Visit, community_of
from mulin.web.nouns import asked_for, create, move_paths

from . import queries
from .actions import remote
from .flow import LIVING
from .models import Connection, Forwarding

SHOWN = 50


def connections(request: Visit) -> Any:
    """Keep the connections of this community that the viewer may see."""
    rows = Connection.objects.visible_to(request.viewer)
    return rows.filter(community=community_of(request)).select_related("community")


def forwardings(request: Visit) -> Any:
    """Keep the forwarded cases of this community that the viewer may see."""
    rows = Forwarding.objects.visible_to(request.viewer).filter(community=community_of(request))
    return rows.select_related("community", "connection", "case__category", "case__community")


def overview(request: Visit, slug: str) -> HttpResponse:
    """List the servers that cases go on to."""
    if not request.viewer.can("cases.desk"):
        raise Http404
    ended = request.GET.get("show") == "ended"
    rows = connections(request).order_by("-created_at")
    rows = rows.exclude(state__in=LIVING) if ended else rows.filter(state__in=LIVING)
    return render(request, "forwarding/list.html", {"connections": rows[:SHOWN], "ended": ended})


def connect(request: Visit, slug: str) -> HttpResponse:
    """Connect another server."""
    draft = Connection(community=community_of(request))
    return create(request, draft, "connect", back_url=reverse("forwarding:connections", args=[slug]))


def connection(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one connection, what goes there, and what was sent on lately."""
    found = get_object_or_404(connections(request), pk=id)
    sent = forwardings(request).filter(connection=found).order_by("-created_at")[:SHOWN]
    return render(request, "forwarding/connection.html", _context(found, sent))


def _context(found: Connection, sent: Any, **more: Any) -> dict[str, Any]:
    return {"connection": found, "mappings": queries.mappings_of(found), "sent": sent, **more}


@require_POST
def test(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Call the other server once and show what it offers; nothing is sent and nothing is kept."""
    found = get_object_or_404(connections(request), pk=id)
    if found.state not in LIVING:
        raise Refused("ended", _("This connection has ended. Connect the server anew."))
    far = remote.Far(found.url, found.form, found.jurisdiction, found.key)
    try:
        tried = {"services": remote.services(far), "tried": True}
    except remote.Trouble as trouble:
        tried = {"trouble": trouble.words, "tried": True}
    sent = forwardings(request).filter(connection=found).order_by("-created_at")[:SHOWN]
    return render(request, "forwarding/connection.html", _context(found, sent, **tried))


def forward(request: Visit, slug: str) -> HttpResponse:
    """Send a case on to another server."""
    community = community_of(request)
    cases = Case.objects.visible_to(request.viewer).filter(community=community).select_related("category", "community")
    if (case := asked_for(request, cases, "case")) is None:
        raise Http404
    draft = Forwarding(community=community, case=case)
    words = _("They get these words, the category and the place as everyone sees it. No name, phone or photo.")
    return create(request, draft, "forward", back_url=case.get_absolute_url(), intro=words)


def forwarding(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one forwarded case and how it stands there."""
    found = get_object_or_404(forwardings(request), pk=id)
    errand = queries.errand_of(found)
    return render(request, "forwarding/forwarding.html", {"forwarding": found, "errand": errand})


def sent_on(request: Visit, case: Any) -> Panel | None:
    """Show where a case was sent on to, and offer it to who is in charge where its category goes somewhere."""
    viewer = request.viewer
    if not cases.sees_everything(viewer, case):
        return None
    rows = queries.forwardings_of(case) if "forwarding.forwarding" in linked(case) else []
    near = cases.in_charge(viewer, case)
    draft = Forwarding(community=case.community, case=case)
    may = near and draft.flow.why_not("forward", viewer, draft) is None and queries.goes_somewhere(case)
    if not rows and not may:
        return None
    return Panel("forwarding/sent_on.html", {"rows": rows, "near": near, "may": may, "case": case}, 60 if rows else 86)


paths = [
    *move_paths("connections/", "connection", connections),
    *move_paths("cases/", "forwarding", forwardings),
]
