"""The moves of a call-up: proposed, signed, called, and brought to an end; and how the community wants it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from mulin.cases.flow import ENDED
from mulin.cases.models import Case
from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import Once, Turn, begin, change, moves, writing
from mulin.kernel.refs import Ref
from mulin.kernel.refusals import Refused
from mulin.people.actions import belongs
from mulin.people.models import Organisation
from mulin.territory.models import Community

from .. import queries
from ..figures import MOST_UNITS
from ..flow import CALLUP, STOPPED, CallUpState, TurnoutState
from ..models import CallUp, Custom, Turnout
from .turnouts import call, plan, stop


def propose(
    *, by: Any, community: Community, title: str, why: str, task: str, organisations: Iterable[Organisation],
    lead: Organisation | None = None, subject: Any = None, place: Any = None, address: str = "",
    lon: float | None = None, lat: float | None = None, urgency: str = "", report_hours: int | None = None,
    done_days: int | None = None, contact: str = "", once: Once | None = None,
) -> CallUp:  # fmt: skip
    """Call several units to one matter or place; where it is wanted, somebody else signs first.

    What is not asked for by the desk is always signed by it.
    """
    units = list(dict.fromkeys([*organisations, *([lead] if lead else [])]))
    belongs(community, subject, place, *units)
    custom, by_desk = queries.custom_of(community), by.can("cases.desk")
    signed = by_desk and not custom.asks_second
    draft = CallUp(
        community=community, title=title.strip(), why=why.strip(), task=task.strip(), lead=lead,
        address=address.strip(), lon=lon, lat=lat, urgency=urgency or "everyday", contact=contact.strip(),
        report_hours=report_hours or custom.report_hours, done_days=done_days or custom.done_days,
        caller_id=by.person_id, state=CallUpState.CALLED if signed else CallUpState.PROPOSED,
        called_at=now() if signed else None,
    )  # fmt: skip
    _about(draft, subject, place)

    def prepare(turn: Turn, callup: CallUp) -> None:
        _must_be_free(callup, units)
        year = now().astimezone(community.zone_info).year
        callup.number = f"{community.letter}-{year}-C{turn.count(community.pk, f'callups-{year}'):03d}"

    with writing(community.pk):
        origin = Ref.of(subject) if subject is not None else None
        made = begin(draft, by=by, verb="propose", once=once, origin=origin, prepare=prepare)
        if made is draft:
            _plan_all(made, units)
    return made


def _about(callup: CallUp, subject: Any, place: Any) -> None:
    if subject is not None:
        callup.subject_kind, callup.subject_id = subject._meta.label_lower, subject.pk
        callup.subject_name = str(subject)[:120]
    if isinstance(subject, Case):
        callup.topic = subject.category.key
        if subject.state in ENDED:
            raise Refused("case_over", _("This matter is closed. It has to be open to call units to it."))
    if place is not None:
        callup.place_kind, callup.place_id, callup.place_name = place._meta.model_name, place.pk, str(place)[:80]


def _must_be_free(callup: CallUp, units: list[Organisation]) -> None:
    if not 1 <= len(units) <= MOST_UNITS:
        words = _("Choose between 1 and %(most)s units. Call further ones once you see who comes.")
        raise Refused("units", words % {"most": MOST_UNITS}, 422)
    resting = [unit.name for unit in units if unit.state != "registered"]
    if resting:
        words = _("These cannot be called now: %(names)s. Choose units that are registered and not suspended.")
        raise Refused("not_there", words % {"names": ", ".join(resting)}, 422)
    _must_not_be_called(callup, units)


def _must_not_be_called(callup: CallUp, units: list[Organisation]) -> None:
    called = queries.called_for(callup.community, callup.subject_id)
    called |= set(
        Turnout.objects.filter(community=callup.community, callup=callup.pk).values_list("organisation", flat=True)
    )
    twice = [unit.name for unit in units if unit.pk in called]
    if twice:
        words = _("Already called to this matter: %(names)s. Leave them out, or remind them there.")
        raise Refused("called_already", words % {"names": ", ".join(twice)})


def _plan_all(callup: CallUp, units: Iterable[Organisation]) -> None:
    for unit in units:
        plan(by=SYSTEM, callup=callup, organisation=unit)


@moves(CALLUP)
def sign_off(callup: CallUp, *, by: Any) -> None:
    """Sign what somebody else proposed: the units are called now."""
    callup.called_at = now()
    for turnout in _turnouts(callup, TurnoutState.PLANNED):
        call(turnout, by=SYSTEM)


@moves(CALLUP)
def turn_down(callup: CallUp, *, by: Any, reason: str) -> None:
    """Do not call the units, and say why."""
    _end(callup, reason)


@moves(CALLUP)
def take_back(callup: CallUp, *, by: Any) -> None:
    """Take back what was only proposed."""
    _end(callup)


@moves(CALLUP)
def expire(callup: CallUp, *, by: Any) -> None:
    """End a proposal that nobody signed in time."""
    _end(callup)


@moves(CALLUP)
def remind(callup: CallUp, *, by: Any) -> None:
    """Remind the units that have not reported in."""


@moves(CALLUP)
def add(callup: CallUp, *, by: Any, organisations: Iterable[Organisation]) -> dict[str, Any]:
    """Call further units to the same matter."""
    units = list(organisations)
    belongs(callup.community, *units)
    _must_be_free(callup, units)
    _plan_all(callup, units)
    return {"units": len(units)}


@moves(CALLUP)
def arrange(callup: CallUp, *, by: Any, arrangement: str) -> None:
    """Write which unit does what, for all that are called."""
    callup.arrangement = arrangement.strip()


@moves(CALLUP)
def close(callup: CallUp, *, by: Any) -> None:
    """Finish it once no unit is at it any more."""
    _end(callup)


@moves(CALLUP)
def conclude(callup: CallUp, *, by: Any) -> None:
    """Finish it by itself when every unit's part is over."""
    _end(callup)


@moves(CALLUP)
def wind_up(callup: CallUp, *, by: Any) -> None:
    """Finish it after half a year; what is still open ends with it."""
    _end(callup)


@moves(CALLUP)
def call_off(callup: CallUp, *, by: Any, reason: str) -> None:
    """Call it off, and say why: nobody needs to come any more."""
    _end(callup, reason)


def _end(callup: CallUp, reason: str = "") -> None:
    callup.reason, callup.ended_at = reason.strip(), now()
    for turnout in _turnouts(callup, *STOPPED):
        stop(turnout, by=SYSTEM)


def _turnouts(callup: CallUp, *states: str) -> list[Turnout]:
    rows = Turnout.objects.filter(community=callup.community_id, callup=callup.pk, state__in=states)
    return list(rows.for_list().order_by("pk"))


def set_custom(community: Community, *, by: Any, asks_second: bool, report_hours: int, done_days: int) -> Custom:
    """Say whether a second person signs before units are called, and how long they usually have."""
    if by.community_id != community.pk or not by.can("places.draw"):
        raise Refused("not_yours", _("Who can do this: whoever keeps the community's settings."), 403)
    values = {"asks_second": asks_second, "report_hours": report_hours, "done_days": done_days}
    with writing(community.pk):
        custom, _made = Custom.objects.update_or_create(community=community, defaults=values)
        change(custom, by=by, kind="callups.custom", verb="set_custom", details=values)
    return custom
