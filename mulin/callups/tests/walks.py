"""Units of a town and the people who speak for them, and how call-ups are made for walks through their flows."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.worker import drain, tick
from mulin.people import actions as people
from mulin.people.models import Person

from .. import actions
from ..models import Turnout


@dataclass
class Units:
    """A property firm with a liaison, a water works with a contact, a school with nobody; and their people."""

    firm: Any
    works: Any
    school: Any
    liaison: Any
    contact: Any

    @classmethod
    def at(cls, town):
        contact, liaison = town.person("Sun", "sun"), town.person("Hu", "hu")
        firm, works, school = (
            organisation(town, *told)
            for told in (
                ("Firm", "property_firm"),
                ("Water works", "resident_unit", contact),
                ("School", "resident_unit"),
            )
        )
        post = people.add_post(
            by=SYSTEM, community=town.community, kind=town.kinds["unit_liaison"], organisation=firm, title="Liaison"
        )
        return cls(firm, works, school, town.give(liaison, post), contact)


def organisation(town, name, kind="resident_unit", contact=None):
    person = Person.objects.get(pk=contact.person_id) if contact else None
    return people.add_organisation(by=SYSTEM, community=town.community, kind=kind, name=name, contact=person)


def call(town, units, by=None, **more):
    """Call the firm, which leads, and the water works to a wet wall."""
    given = {
        "title": "Wet wall at the kindergarten", "why": "The pipe is under the road", "task": "Find it and close it",
        "organisations": [units.firm, units.works], "lead": units.firm, "address": "Behind the gate", **more,
    }  # fmt: skip
    return actions.propose(by=by or town.worker, community=town.community, **given)


def turnout_of(callup, unit):
    return Turnout.objects.for_list().get(callup=callup.pk, organisation=unit.pk)


def callup_walk(town, pick):
    units = Units.at(town)
    for number in range(8):
        organisation(town, f"Further {number}")
    made = call(town, units, by=pick([town.worker, town.officer]), urgency=pick(["everyday", "urgent"]))
    if made.state == "called" and pick([True, False]):  # nobody needs to come: it can end
        for unit in (units.firm, units.works):
            actions.excuse(actions.refuse(turnout_of(made, unit), by=town.worker, reason="No pump"), by=town.worker)
    clock.advance(timedelta(days=pick([0, 4])))  # or nobody signs for days
    return made, [units.liaison, units.contact]


def turnout_walk(town, pick):
    units, case = Units.at(town), town.report()
    by = pick([town.worker, town.worker, town.officer])
    made = call(town, units, by=by, subject=case, urgency=pick(["everyday", "urgent"]))
    return turnout_of(made, pick([units.firm, units.works])), [units.liaison, units.contact]


def later(**by):
    clock.advance(timedelta(**by))
    tick()
    drain()


def done(callup, unit, by):
    turnout = actions.report_in(turnout_of(callup, unit), by=by, people=3, came="Two plumbers")
    return actions.finish(turnout, by=by, outcome="Closed the pipe")


def asked(units, case=None, **more):
    given = {
        "title": "Wet wall", "organisations": [str(units.firm.pk), str(units.works.pk)], "lead": str(units.firm.pk),
        "why": "The pipe is under the road", "task": "Find it and close it", "address": "Behind the gate",
        "urgency": "everyday", "subject": f"cases.case:{case.pk}" if case else "", "once": "a", **more,
    }  # fmt: skip
    return given


ANSWERS = {"code": None}
WALKS = {"callups.CallUp": callup_walk, "callups.Turnout": turnout_walk}
