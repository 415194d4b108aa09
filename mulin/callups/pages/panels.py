"""What call-ups put on pages of cases: beside a case, on its public page, and where a plate's code leads."""

from __future__ import annotations

from typing import Any

from mulin.cases.flow import OPEN
from mulin.people.queries import units_of
from mulin.territory.pages.plates import code_of
from mulin.web.beside import Panel
from mulin.web.http import Visit

from .. import queries, rules
from ..models import CallUp

MOST_WAITING = 3


def beside_case(request: Visit, case: Any) -> Panel | None:
    """Show the call-ups of a case, and the button for who may call units up."""
    draft = CallUp(community=case.community, subject_kind="cases.case", subject_id=case.pk)
    draft.case = case
    may_call = case.state in OPEN and rules.may_call(request.viewer, draft)
    found = queries.beside(request.viewer, case)
    return Panel("callups/beside.html", {"callups": found, "may_call": may_call}, 30) if found or may_call else None


def outside(request: Visit, case: Any) -> Panel | None:
    """Show everyone which units are called to a public case, and where each stands."""
    found = queries.shown_publicly(case)
    return Panel("callups/outside.html", {"turnouts": found}, 30) if found else None


def waiting(request: Visit, community: Any) -> Panel | None:
    """Tell a unit's people on their home page that their unit is called."""
    viewer = request.viewer
    if not viewer.is_person or not queries.any_called(community) or not units_of(viewer):
        return None
    rows = queries.ours(viewer, community).filter(state="called", callup__state="called")
    found = list(rows.order_by("due_at", "pk")[:MOST_WAITING])
    return Panel("callups/waiting.html", {"turnouts": found}, 10) if found else None


def at_plate(request: Visit, noun: Any) -> Panel | None:
    """Offer a unit that scanned the code at a place to report in there."""
    code = code_of(request)
    if not code or not request.viewer.is_person:
        return None
    found = queries.waiting_at(request.viewer, request.community, code)
    return Panel("callups/here.html", {"turnouts": found, "code": code}, 5) if found else None
