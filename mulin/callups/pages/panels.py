"""What call-ups put on pages of cases: beside a case, on its public page, and where a plate's code leads."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from mulin.cases.flow import OPEN
from mulin.web.beside import Panel

from .. import queries, rules
from ..models import CallUp
from ..models.callup import units_of

MOST_CODE, MOST_WAITING = 12, 3


def beside_case(request: HttpRequest, case: Any) -> Panel | None:
    """Show the call-ups of a case, and the button for who may call units up."""
    viewer: Any = getattr(request, "viewer", None)
    draft = CallUp(community=case.community, subject_kind="cases.case", subject_id=case.pk)
    draft.case = case
    may_call = case.state in OPEN and rules.may_call(viewer, draft)
    found = queries.beside(viewer, case)
    return Panel("callups/beside.html", {"callups": found, "may_call": may_call}, 30) if found or may_call else None


def outside(request: HttpRequest, case: Any) -> Panel | None:
    """Show everyone which units are called to a public case, and where each stands."""
    found = queries.shown_publicly(case)
    return Panel("callups/outside.html", {"turnouts": found}, 30) if found else None


def waiting(request: HttpRequest, community: Any) -> Panel | None:
    """Tell a unit's people on their home page that their unit is called."""
    viewer: Any = getattr(request, "viewer", None)
    if not viewer.is_person or not queries.any_called(community) or not units_of(viewer):
        return None
    rows = queries.ours(viewer, community).filter(state="called", callup__state="called")
    found = list(rows.order_by("due_at", "pk")[:MOST_WAITING])
    return Panel("callups/waiting.html", {"turnouts": found}, 10) if found else None


def at_plate(request: HttpRequest, noun: Any) -> Panel | None:
    """Offer a unit that scanned the code at a place to report in there."""
    viewer, community = getattr(request, "viewer", None), getattr(request, "community", None)
    code = (request.GET.get("e") or request.GET.get("s") or "")[:MOST_CODE]
    if not code or community is None or not getattr(viewer, "is_person", False):
        return None
    found = queries.waiting_at(viewer, community, code)  # type: ignore[arg-type]
    return Panel("callups/here.html", {"turnouts": found, "code": code}, 5) if found else None
