"""What changes a body: its rules, by two; rest and end, with its organisation or by two."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import moves
from mulin.kernel.refusals import Refused
from mulin.people import actions as people
from mulin.people.flow import State as TermState
from mulin.people.models import Term

from .. import queries
from ..flow import BODY, MandateState, State
from ..models import Body, Mandate
from ..queries.fitting import fit
from .founding import keep_rules, open_lacking
from .mandates import stop


@moves(BODY)
def change_rules(
    body: Body, /, *, by: Any, reason: str, supervisor: str = "", pack: str = "", **told: Any
) -> dict[str, Any]:
    """Change seats, terms, quorum or decision, with a reason that everyone reads; the old rules stay readable."""
    place: dict[str, Any] = {"place_kind": body.place_kind, "place_id": body.place_id}
    seats, years, rules = fit({**told, "pack": pack}, kind=body.kind, community=body.community, **place)
    before = body.seats
    body.seats, body.years, body.pack = seats, years, pack
    body.set_rules(rules)
    _supervise(body, supervisor)
    if seats < before:
        _close_vacant(body, by=by)
    if seats > before:
        open_lacking(body, by=by)
    body.version_of_rules += 1
    keep_rules(body, reason)
    return {"version": body.version_of_rules}


def _supervise(body: Body, key: str) -> None:
    found = queries.supervisors(body.community_id, body).filter(pk=key).first() if key else None
    if key and found is None:
        raise Refused("supervisor", _("This body cannot supervise it. Choose another one."), 422)
    if found is not None and (names := queries.conflicts(body, found)):
        words = _("Nobody sits in a body and in the one that supervises it. First one seat has to end of: %(names)s.")
        raise Refused("supervises", words % {"names": _(", ").join(names)})
    body.supervisor = found


def _close_vacant(body: Body, *, by: Any) -> None:
    """Close vacant seats, the last first, until no more are left than were agreed."""
    open_terms = Term.objects.filter(community=body.community_id).exclude(state=TermState.ENDED)
    surplus = body.open_seats().count() - body.seats
    free = list(body.open_seats().exclude(post__in=open_terms.values("post")).order_by("-number")[: max(surplus, 0)])
    if len(free) < surplus:
        words = _("So many seats are filled or offered that no fewer can be agreed: %(seats)s.")
        filled = body.open_seats().filter(post__in=open_terms.values("post")).count()
        raise Refused("seats_filled", words % {"seats": filled})
    for seat in free:
        people.close(seat.post, by=by)
        seat.delete()
    # Numbers go from one to as many as there are, so that a vacant one in the middle is not missed.
    for number, seat in enumerate(body.open_seats(), start=1):
        if seat.number != number:
            seat.number = number
            seat.save()


@moves(BODY)
def suspend(body: Body, *, by: Any) -> None:
    """Let the body rest with its organisation."""


@moves(BODY)
def lift(body: Body, *, by: Any) -> None:
    """Let the body go on with its organisation: in office, where its term is not over."""
    body.state = State.IN_OFFICE if body.has_term_left else State.FOUNDED


@moves(BODY)
def step_down(body: Body, *, by: Any) -> None:
    """End the body's term on its last day; it waits for a new one."""


@moves(BODY)
def end_body(body: Body, *, by: Any, reason: str) -> None:
    """End the body for good: its terms end, its seats are closed, its mandates stop."""
    body.ended_reason = reason.strip()
    for seat in body.open_seats().select_related("post__community"):
        for term in seat.post.terms.filter(community=body.community_id).exclude(state=TermState.ENDED):
            people.end(term, by=by, reason=reason)
        people.close(seat.post, by=by)
    _stop_mandates(body)


@moves(BODY)
def close_down(body: Body, *, by: Any) -> None:
    """End the body with its organisation."""
    _stop_mandates(body)


def _stop_mandates(body: Body) -> None:
    rows = Mandate.objects.filter(community=body.community_id, body=body.pk)
    for mandate in rows.exclude(state=MandateState.ENDED).for_list():
        stop(mandate, by=SYSTEM)
