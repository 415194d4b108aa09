"""What follows: a call-up ends with its last turnout, units that ended are called no more, and who hears of what."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mulin.kernel.clock import SYSTEM
from mulin.kernel.readers import Heard, reads
from mulin.news.hearing import hears, is_watched
from mulin.news.queries import accounts_in, accounts_of_organisation, accounts_of_persons, accounts_that_can

from . import actions
from .flow import OVER, STOPPED, CallUpState, TurnoutState
from .models import CallUp, Turnout


@reads("callups.turnout", "appraise", "settle", "excuse", "let_go")
def part_is_over(line: Heard) -> None:
    """Finish the call-up once every unit's part is over; while one is missing, it stays open for who comes late."""
    turnout = Turnout.objects.for_list().filter(community=line.community, pk=line.noun_id).first()
    if turnout and turnout.callup.state == CallUpState.CALLED and set(turnout.callup.states) <= set(OVER):
        actions.conclude(turnout.callup, by=SYSTEM)


@reads("people.organisation", "dissolve")
def unit_ended(line: Heard) -> None:
    """Take a unit that is no more out of what it is called to."""
    rows = Turnout.objects.filter(community=line.community, organisation=line.noun_id, state__in=STOPPED)
    for turnout in rows.for_list():
        actions.stop(turnout, by=SYSTEM)


def _callup(line: Heard) -> CallUp:
    found: CallUp = CallUp.objects.get(community=line.community, pk=line.noun_id)
    return found


def _turnout(line: Heard) -> Turnout:
    found: Turnout = Turnout.objects.select_related("callup").get(community=line.community, pk=line.noun_id)
    return found


def _caller(callup: CallUp) -> set[UUID]:
    return accounts_of_persons(callup.community_id, [callup.caller_id])


def _those_who_sign(line: Heard) -> set[UUID]:
    is_asked = line.after == CallUpState.PROPOSED
    return accounts_that_can(line.community, "cases.desk") - _caller(_callup(line)) if is_asked else set()


def _units(line: Heard) -> set[UUID]:
    called = Turnout.objects.filter(community=line.community, callup=line.noun_id, called_at__isnull=False)
    if line.verb == "remind":
        called = called.filter(state__in=(TurnoutState.CALLED, TurnoutState.LAPSED))
    keys = called.values_list("organisation_id", flat=True)
    return set().union(*(accounts_of_organisation(line.community, key) for key in keys))


def _unit(line: Heard) -> set[UUID]:
    if line.after == TurnoutState.PLANNED:
        return set()
    return accounts_of_organisation(line.community, _turnout(line).organisation_id)


def _directing(line: Heard) -> set[UUID]:
    callup = _turnout(line).callup
    leading = accounts_of_organisation(line.community, callup.lead_id) if callup.lead_id else set()
    return _caller(callup) | leading


def _in_charge(rows: list[Turnout]) -> dict[UUID, set[UUID]]:
    """Say whose turn it is: the unit's until it is done, then that of who called."""
    of_unit = (TurnoutState.CALLED, TurnoutState.REPORTED_IN)
    keys = {row.organisation_id: row.community_id for row in rows if row.state in of_unit}
    units = {key: accounts_of_organisation(community, key) for key, community in keys.items()}
    return {row.pk: units[row.organisation_id] if row.state in of_unit else _caller(row.callup) for row in rows}


CALLER = {
    "sign_off": _("Your call-up was signed: the units are called."),
    "turn_down": _("Your call-up was not signed. The reason is there."),
    "expire": _("Nobody signed your call-up in time."),
    "conclude": _("Every unit's part of your call-up is over."),
}  # fmt: skip
UNITS = {
    "remind": _("Please report in: the others wait for your unit."),
    "arrange": _("It says now which unit does what."),
    "call_off": _("The call-up is called off. Nobody needs to come."),
}  # fmt: skip
UNIT = {
    "plan": _("Your unit is called up. Please report in."),
    "call": _("Your unit is called up. Please report in."),
    "insist": _("Your unit is needed all the same. Please report in."),
    "excuse": _("Your unit need not come."),
    "lapse": _("Your unit did not report in in time. You still can."),
    "overrun": _("It is not done in time. Please say how it stands."),
    "send_back": _("Something is still missing. Please look at it again."),
    "appraise": _("What your unit did was appraised."),
}  # fmt: skip
DIRECTING = {
    "report_in": _("A unit reported in."),
    "refuse": _("A unit says that it cannot come. Insist, or let it go."),
    "lapse": _("A unit did not report in in time."),
    "finish": _("A unit says that it is done. Please appraise it."),
    "overrun": _("A unit is not done in time."),
    "rate": _("The reporter said what they think of a unit's work."),
    "judge": _("A unit said what it thinks of the call."),
}  # fmt: skip
hears("callups.callup", _those_who_sign, {"propose": _("A call-up waits for somebody to sign it.")}, voice="desk")
hears("callups.callup", accounts_in(CallUp, "caller"), CALLER)
hears("callups.callup", _units, UNITS, voice="units")
hears("callups.turnout", _unit, UNIT)
hears("callups.turnout", _directing, DIRECTING, voice="directing")
is_watched("callups.turnout", _in_charge)
