"""Deputies and departments of a town, and how suggestions are made for walks through their flow."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.worker import drain, tick
from mulin.people import actions as people
from mulin.people.figures import today_in
from mulin.people.models import Person

from .. import actions
from ..models import Suggestion

GIVEN = {
    "title": "A crossing at the school", "matter": "Children run across the road.", "proposal": "Lights, please.",
    "source": "residents", "residents": "12",
}  # fmt: skip


@dataclass
class Office:
    """Two deputies, a department of roads with a contact, one of parks without anybody."""

    town: Any
    deputy: Any
    other: Any
    roads: Any
    parks: Any
    contact: Any

    @classmethod
    def at(cls, town):
        contact, people_of = town.person("Sun", "sun"), []
        for name, mail, kind in (("Du", "du", "congress_deputy"), ("Fang", "fang", "cppcc_member")):
            post = people.add_post(by=SYSTEM, community=town.community, kind=town.kinds[kind])
            people_of.append(town.give(town.person(name, mail), post))
        roads, parks = department(town, "Roads", contact), department(town, "Parks")
        return cls(town, *people_of, roads, parks, contact)

    def draft(self, **more):
        given = {
            "title": "A crossing at the school", "matter": "Children run across the road.", "proposal": "Lights.",
            "source": "residents", "residents": 12, "department": self.roads, **more,
        }  # fmt: skip
        return actions.draft(by=self.deputy, community=self.town.community, **given)

    def brought(self, **more):
        return actions.bring(self.draft(**more), by=self.deputy)

    def handed(self, **more):
        return actions.hand_on(self.brought(**more), by=self.town.worker, department=self.roads)

    def in_hand(self, **more):
        return actions.receive(self.handed(**more), by=self.contact)

    def answered(self, klass="A", suggestion=None, **more):
        days = {"promised_on": today_in(self.town.community) + timedelta(days=100)} if klass == "B" else {}
        given = {"text": "The lights stand.", "klass": klass, "signed": "Roads, Sun", **days, **more}
        return actions.answer(suggestion or self.in_hand(), by=self.contact, **given)


def department(town, name, contact=None, kind="department"):
    person = Person.objects.get(pk=contact.person_id) if contact else None
    return people.add_organisation(by=SYSTEM, community=town.community, kind=kind, name=name, contact=person)


def again(suggestion):
    return Suggestion.objects.for_list().get(pk=suggestion.pk)


def later(**by):
    clock.advance(timedelta(**by))
    tick()
    drain()


def text(answer):
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def main(answer):
    """What a page itself says, without navigation and foot."""
    return text(answer).split("<main", 1)[1].split("</main", 1)[0]


def suggestion_walk(town, pick):
    office = Office.at(town)
    klass = pick(["A", "B", "B"])
    begun = pick([office.draft, office.draft, office.brought, office.in_hand, lambda: office.answered(klass)])
    return begun(), [office.deputy, office.other, office.contact]


ANSWERS = {"klass": "B"}
WALKS = {"deputies.Suggestion": suggestion_walk}
