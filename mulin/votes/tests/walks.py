"""Votes of a town: owners with homes, a council with seats; and how a vote is made for walks through its flow."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from mulin.bodies.tests.walks import Hall
from mulin.households.tests.factories import Homes
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import second
from mulin.kernel.worker import drain, tick
from mulin.people import actions as people
from mulin.people.figures import today_in, until
from mulin.people.queries import viewer_of

from .. import actions, queries
from ..models import Vote

SMALL = "supervision_committee"


@dataclass
class Polls:
    """A town in which votes are held: homes with owners, and a council."""

    town: Any
    homes: Any = field(init=False)
    hall: Any = field(init=False)

    def __post_init__(self):
        self.homes, self.hall = Homes(self.town), Hall(self.town)

    @property
    def today(self):
        return today_in(self.town.community)

    def day(self, number):
        return self.today + timedelta(days=number)

    def prepare(self, pack="CN-278-ordinary", opens=15, days=None, by=None, adapt=None, **more):
        rules = queries.adapted(queries.packs()[pack].rules, **(adapt or {}))
        days = days or max(rules.open_days_min, 1)
        given = {"title": "Shall we build a bicycle shed?", "words": "At the north gate.", **more}
        return actions.prepare(
            by=by or self.town.worker, community=self.town.community, rules=rules, opens_on=self.day(opens),
            closes_on=self.day(opens + days - 1), **given,
        )  # fmt: skip

    def noticed(self, *args, **more):
        return again(actions.notice(self.prepare(*args, **more), by=self.town.worker))

    def opened(self, *args, **more):
        vote = self.noticed(*args, **more)
        until_day(vote, vote.opens_on)
        vote = again(vote)
        assert vote.state == "open", vote.state
        return vote

    def over(self, vote):
        """Let the last day pass: it is closed, counted and published by the clock alone."""
        until_day(vote, again(vote).closes_on + timedelta(days=1))
        return again(vote)

    def owners(self):
        """Wang owns 101 and 102, Zhao 201; both have accounts."""
        wang, zhao = (self.homes.person(each) for each in (self.town.resident, self.town.neighbour))
        for number, owner in ((0, wang), (1, wang), (2, zhao)):
            self.homes.own(number, person=owner, is_delivered=True)

    def owner(self, name, *doors, area=5000, viewer=None):
        """Give somebody with an account homes of their own."""
        viewer = viewer or self.town.person(name, name.lower())
        for door in doors:
            self.homes.doors.append(self.homes.door(door, area=area))
            self.homes.own(len(self.homes.doors) - 1, person=self.homes.person(viewer), is_delivered=True)
        return viewer

    def council(self, members=3, **more):
        """Found a council in office; return it with the viewers of its members."""
        body = self.hall.in_office(members, **{"kind": SMALL, "seats": members, **more})
        terms = body.sitting().select_related("person").order_by("person__name")
        return body, [viewer_of(term.person) for term in terms]

    def of_council(self, pack="council-2/3", members=3, more=None, **fields):
        body, seats = self.council(members, **(more or {}))
        return self.opened(pack, opens=fields.pop("opens", 10), body=body, **fields), seats

    def cast(self, vote, by, choice="yes", entry="", **more):
        return actions.cast(again(vote), by=by, choice=choice, entry=entry, **more)

    def hands(self, vote, yes, no=0, abstain=0, present=None):
        told = {"yes": yes, "no": no, "abstain": abstain, "present": present or yes + no + abstain}
        actions.count_hands(again(vote), by=self.town.worker, **told)
        return again(second(again(vote), "count_hands", by=self.town.worker_two, agree=True))


def again(vote):
    return Vote.objects.for_list().get(pk=vote.pk)


def until_day(vote, day):
    """Let time pass until a day begins in the community, and let the clock make its moves."""
    clock.advance(until(day, vote.community) + timedelta(seconds=2))
    for _round in range(4):
        tick()
    drain()


def text(answer):
    assert answer.status_code == 200, answer.content.decode()[:800]
    return answer.content.decode()


def main(answer):
    """What a page itself says, without navigation and foot."""
    return text(answer).split("<main", 1)[1].split("</main", 1)[0]


def supervisor(town):
    """Somebody who answers challenges and has no part in votes."""
    post = people.add_post(by=SYSTEM, community=town.community, kind=town.kinds["supervision_head"])
    return town.give(town.person("Jian", "jian"), post)


def vote_walk(town, pick):
    polls = Polls(town)
    judge, (body, seats) = supervisor(town), polls.council()
    begun = pick(["owners", "together", "council", "council", "counted"])
    if begun in ("owners", "together"):
        one, other = (polls.homes.person(each) for each in (town.resident, town.neighbour))
        polls.homes.own(0, person=one, share=(1, 2), is_delivered=True)
        polls.homes.own(0, person=other, share=(1, 2), is_delivered=True)
        polls.homes.own(1, person=one, is_delivered=True)
        return polls.noticed() if begun == "together" else polls.prepare(), [*seats, judge]
    vote = polls.prepare("council-2/3", opens=4, body=body)
    if begun == "council":
        return vote, [*seats, judge]
    vote = actions.notice(vote, by=town.worker)
    until_day(vote, vote.opens_on)
    polls.cast(vote, seats[0])
    return polls.over(vote), [*seats, judge]


ANSWERS = {
    "pack": "council-2/3", "passes": "", "notice_days": None, "challenge_days": None, "proxy_cap": None,
    "chosen": None, "options": "", "seats": ["R-0001"], "yes": "1", "no": "0", "abstain": "0", "present": "2",
}  # fmt: skip
WALKS = {"votes.Vote": vote_walk}
