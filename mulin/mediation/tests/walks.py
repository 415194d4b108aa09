"""A town with a mediator, and how mediations are made for walks through their flow."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mulin.cases.tests.factories import make_town
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.people import actions as people
from mulin.people.models import Person

from .. import actions
from ..models import Mediation

__all__ = ["ANSWERS", "WALKS", "Table", "make_town"]
PHONE = "13900001234"
KEPT = "No drilling after eight in the evening."


@dataclass
class Table:
    """Wang asks Zhao, Ma mediates; each step is one call."""

    town: Any
    mediator: Any

    @classmethod
    def at(cls, town):
        post = people.add_post(by=SYSTEM, community=town.community, kind=town.kinds["mediator"])
        return cls(town, town.holder("Ma", "ma", post))

    def ask(self, by=None, **more):
        given = {"kind": "noise", "matter": "Drilling at night", "other_name": "Zhao", **more}
        return actions.ask(by=by or self.town.resident, community=self.town.community, **given)

    def joined(self, **more):
        mediation = self.ask(**more)
        actions.enter(by=self.town.neighbour, community=self.town.community, code=mediation.side(2).code)
        return now(mediation)

    def agreed(self, **more):
        return now(actions.agree(self.joined(**more), by=self.town.neighbour))

    def chosen(self, **more):
        person = Person.objects.get(pk=self.mediator.person_id)
        mediation = actions.propose(self.agreed(**more), by=self.town.resident, person=person)
        return now(actions.choose(mediation, by=self.town.neighbour))

    def in_session(self, **more):
        return now(actions.take_on(self.chosen(**more), by=self.mediator, no_conflict=True))

    def met(self, **more):
        at = clock.now() + timedelta(days=1)
        mediation = actions.plan(self.in_session(**more), by=self.mediator, at=at, place="Room 2")
        said = {"came": "Both", "summary": "Both spoke.", "notes": "Zhao's father is ill."}
        return now(actions.hold(mediation, by=self.mediator, **said))

    def drafted(self, text=KEPT, **more):
        days = [(clock.now() + timedelta(days=day)).date() for day in (10, 40)]
        return now(actions.draft(self.met(**more), by=self.mediator, text=text, days=days))

    def settled(self, **more):
        mediation = self.drafted(**more)
        for by in (self.town.resident, self.town.neighbour):
            mediation = confirm(mediation, by)
        return mediation


def now(mediation):
    return Mediation.objects.get(pk=mediation.pk)


def confirm(mediation, by):
    return now(actions.confirm(mediation, by=by, fingerprint=mediation.agreement.fingerprint))


def mediation_walk(town, pick):
    table = Table.at(town)
    made = getattr(table, pick(["joined", "joined", "agreed", "met", "settled"]))()
    third = town.person("Sun", "sun")
    if made.state == "asked" and pick([True, False]):
        actions.enter(by=third, community=town.community, code=made.side(1).code)
        return now(made), [table.mediator, third]
    if made.state == "settled":
        clock.advance(timedelta(days=pick([0, 11, 24])))  # to a follow-up day, and to the court's
    return made, [table.mediator, third]


ANSWERS = {"at": "2036-03-02T10:00", "name": None, "phone": None}
WALKS = {"mediation.Mediation": mediation_walk}
