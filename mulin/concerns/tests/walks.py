"""A town in which two posts read confidential reports, and how these are made for walks through their flows."""

from dataclasses import dataclass
from typing import Any

from mulin.cases.tests.factories import make_town
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import second
from mulin.kernel.viewer import NOBODY, Viewer
from mulin.kernel.worker import read_on
from mulin.news.models import Notification
from mulin.participation import actions as participation
from mulin.people import actions as people
from mulin.people.models import Person, Term
from mulin.people.queries import viewer_of

from .. import actions
from ..models import Concern, Finding

__all__ = ["ANSWERS", "WALKS", "Bench", "holding", "make_town", "now"]
WORDS = "He tells old people to put their savings into his paper, at 20 percent."
GROUND = "Money was collected from members for an investment without a licence."


@dataclass
class Bench:
    """Ji and Du read, Bei stands in; the arts group of Mo is told of by Wang. Each step is one call."""

    town: Any
    first: Any
    second: Any
    stand_in: Any
    leader: Any
    group: Any

    @classmethod
    def at(cls, town):
        posts = [
            people.add_post(by=SYSTEM, community=town.community, kind=town.kinds[key])
            for key in ("discipline_inspector", "supervision_head", "supervisor")
        ]
        readers = [town.holder(name, name.lower(), post) for name, post in zip(("Ji", "Du", "Bei"), posts, strict=True)]
        leader = town.person("Mo", "mo")
        group = people.add_organisation(
            by=SYSTEM, community=town.community, kind="interest_group", name="Arts group", contact=person(leader)
        )
        actions.name_readers(by=SYSTEM, community=town.community, first=posts[0], second=posts[1], stand_in=posts[2])
        return cls(town, *readers, leader, group)

    def holder(self, key):
        """Let somebody hold a post of that kind."""
        post = people.add_post(by=SYSTEM, community=self.town.community, kind=self.town.kinds[key])
        return self.town.holder(key.title(), key, post)

    def member(self, viewer):
        """Let somebody belong to the group."""
        return participation.declare(by=viewer, community=self.town.community, organisation=self.group)

    def tell(self, by=None, about=None, **more):
        given = {"words": WORDS, "happened": "since May", **more}
        by, about = by or self.town.resident, about or self.group
        return actions.tell(by=by, community=self.town.community, about=about, **given)

    def told_without_name(self, **more):
        made = self.tell(by=nobody_in(self.town), unnamed=True, **more)
        return made, holding(made)

    def looked_into(self, **more):
        return now(actions.take_up(self.tell(**more), by=self.first))

    def drafted(self, outcome="founded", measure="warn", **more):
        concern = self.looked_into(**more)
        return now(actions.draft(concern, by=self.first, outcome=outcome, measure=measure, ground=GROUND))

    def decided(self, **more):
        concern = self.drafted(**more)
        actions.decide(concern, by=self.first, fingerprint=concern.fingerprint)
        return now(second(now(concern), "decide", by=self.second, agree=True))

    def finding(self, **more):
        return Finding.objects.get(pk=self.decided(**more).finding_id)

    def term_of(self, viewer):
        return Term.objects.select_related("community").get(person=viewer.person_id, state="held")


def nobody_in(town):
    return Viewer(community_id=town.community.pk)


def holding(concern):
    return Viewer(community_id=concern.community_id, holds=frozenset([concern.pk]))


def person(viewer):
    return Person.objects.get(pk=viewer.person_id)


def now(noun):
    return type(noun).objects.get(pk=noun.pk)


def sees(viewer, concern):
    return Concern.objects.visible_to(viewer).filter(pk=concern.pk).exists()


def told(viewer, kind="concerns.concern"):
    while read_on():
        pass
    rows = Notification.objects.filter(account=viewer.account_id, kind=kind).order_by("at", "seq")
    return list(rows.values_list("verb", flat=True))


def reads(concern):
    return {seat.person.name for seat in now(concern).standing}


def concern_walk(town, pick):
    bench = Bench.at(town)
    made, teller = bench.told_without_name() if pick([True, False]) else (bench.tell(), NOBODY)
    if pick([True, False]):  # one of the two leaves the post: somebody stands in
        people.end(bench.term_of(bench.second), by=town.worker)
        bench.second = viewer_of(person(bench.second))
    return made, [bench.first, bench.second, bench.stand_in, teller]


def finding_walk(town, pick):
    bench = Bench.at(town)
    return bench.finding(measure=pick(["warn", "suspend", "dissolve"])), [bench.first, bench.leader]


ANSWERS = {}
WALKS = {"concerns.Concern": concern_walk, "concerns.Finding": finding_walk}
