"""Councils and committees of a town, and how bodies and mandates are made for walks through their flows."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import second
from mulin.kernel.worker import drain, tick
from mulin.people import actions as people
from mulin.people.figures import today_in
from mulin.people.models import Person
from mulin.people.queries import viewer_of

from .. import actions, queries
from ..models import Mandate

SMALL = "supervision_committee"  # three are enough by law
GRANTED = {"granted_by": "Residents' meeting of 12 May", "granted_on": "2026-05-12"}


@dataclass
class Hall:
    """A town with people enough for councils."""

    town: Any
    number: int = 0

    def organisation(self, name="Council", kind="council"):
        return people.add_organisation(by=SYSTEM, community=self.town.community, kind=kind, name=name)

    def found(self, kind="council", seats=5, name="Council", **more):
        kinds = {"residents_committee": "residents_committee", "owners_committee": "owners_committee"}
        given = {"organisation": self.organisation(name, kinds.get(kind, "council")), "founded_by": "A meeting", **more}
        return actions.found(by=self.town.worker, community=self.town.community, kind=kind, seats=seats, **given)

    def person(self):
        self.number += 1
        return people.add_person(by=SYSTEM, community=self.town.community, name=f"Member {self.number:02}")

    def signing_in(self, name="Du"):
        """Make a person with an account, as a viewer."""
        self.number += 1
        return self.town.person(name, f"member{self.number}")

    def offer(self, body, person=None, **more):
        person = person or self.person()
        seat = more.pop("seat", None) or body.vacant_seats().first()
        actions.offer_seat(body, by=self.town.worker, seat=seat, person=person, **more)
        return person.terms.get(post=seat.post_id, state="offered")

    def seat(self, body, person=None, **more):
        term = self.offer(again(body), person, **more)
        return people.accept(term, by=viewer_of(term.person))

    def filled(self, members=None, **more):
        body = self.found(**more)
        for _number in range(body.seats if members is None else members):
            self.seat(body)
        return again(body)

    def in_office(self, members=None, **more):
        body = self.filled(members, **more)
        return actions.take_office(body, by=self.town.worker, term_by="Elected on 3 June")

    def propose(self, body, by=None, **more):
        today = today_in(self.town.community)
        given = {
            "matters": {"public_works": 3_000_000, "events": 0}, "year_fen": 10_000_000, "starts_on": today,
            "ends_on": today + timedelta(days=365), **more,
        }  # fmt: skip
        return actions.propose(by=by or self.town.worker, community=self.town.community, body=body, **given)

    def granted(self, body=None, **more):
        mandate = self.propose(body or self.in_office(), **more)
        actions.grant(mandate, by=self.town.worker, **GRANTED)
        return agreed(mandate, "grant", self.town.worker_two)


def agreed(noun, verb, by, agree=True):
    return again(second(again(noun), verb, by=by, agree=agree))


def again(noun):
    return type(noun).objects.for_list().get(pk=noun.pk)


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


def sitting(body, on=None):
    return [term.person.name for term in queries.sitting(again(body), on).terms]


def body_walk(town, pick):
    hall = Hall(town)
    begun = pick(["found", "filled", "filled", "office", "office", "lacking"])
    if begun == "found":
        return hall.found(kind=SMALL), []
    if begun == "lacking":
        body = hall.filled(members=4, kind=SMALL)
        people.close(body.vacant_seats().get().post, by=town.worker)
        return body, []
    return hall.filled(pick([4, 5]), kind=SMALL) if begun == "filled" else hall.in_office(4, kind=SMALL), []


def mandate_walk(town, pick):
    hall = Hall(town)
    body = hall.in_office(members=3, kind=SMALL)
    member = viewer_of(Person.objects.get(pk=queries.sitting(body).terms[0].person_id))
    made: Mandate = hall.granted(body) if pick([True, False]) else hall.propose(body, by=member)
    return made, [member]


ANSWERS = {
    "seats": "5", "years": "3", "quorum": "2/3", "decision": "2/3", "pack": "council-2/3", "ends_on": None,
    "granted_on": "2026-05-12", "amount": "100", "matter": "public_works", "decided_on": None,
    "name": "Sun", "phone": "", "decision_base": "seats", "decision_how": "at_least", "quorum_how": "at_least",
}  # fmt: skip
WALKS = {"bodies.Body": body_walk, "bodies.Mandate": mandate_walk}
