"""The cast of the case tests: a resident, a grid officer, a worker at the desk, a lead, and a stranger."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from mulin.cases import actions, queries
from mulin.cases.actions.setup import PACKS
from mulin.cases.models import Case
from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.tests.remembering import remembered
from mulin.people import actions as people
from mulin.people.models import Person
from mulin.people.queries import viewer_of
from mulin.territory.tests.factories import entrances, grids, make_community

PACK = PACKS / "post-kinds.toml"


@dataclass
class Town:
    """A small community with people in it; each role is the viewer that a request would load."""

    community: Any
    kinds: dict[str, Any]
    officer_post: Any
    desk_post: Any

    def __post_init__(self):
        self.resident = self.person("Wang", "wang")
        self.neighbour = self.person("Zhao", "zhao")
        self.officer = self.holder("Chen", "chen", self.officer_post)
        self.worker = self.holder("Zhou", "zhou", self.desk_post)
        self.worker_two = self.holder("Qian", "qian", self.desk_post)

    def person(self, name, mail):
        account = people.open_account(by=SYSTEM, email=f"{mail}@{self.community.slug}.test", password="a-good-password")
        return viewer_of(people.add_person(by=SYSTEM, community=self.community, name=name, account=account))

    def holder(self, name, mail, post):
        viewer = self.person(name, mail)
        return self.give(viewer, post)

    def give(self, viewer, post):
        person = Person.objects.get(pk=viewer.person_id)
        since = now().date() - timedelta(days=2)
        term = people.offer(by=SYSTEM, post=post, person=person, starts_on=since, ends_on=since + timedelta(days=3000))
        people.accept(term, by=viewer)
        return viewer_of(person)

    def where(self, number=0):
        return queries.where(self.community, entrance=entrances(self.community)[number])

    def report(self, by=None, **fields):
        given = {"words": "楼道的灯不亮，老人看不清台阶。", "place": self.where(), **fields}
        return actions.report(by=by or self.resident, community=self.community, **given)

    def category(self, key):
        return next(row for row in queries.leaves(self.community.pk) if row.key == key)


def make_town(slug="baocui", **fields):
    """Found a community with its categories, post kinds and cast."""
    return _made(slug, **fields) if fields else remembered(f"town {slug}", lambda: _made(slug))


def _made(slug, **fields):
    community = make_community(slug, **fields)
    actions.load_categories(community, by=SYSTEM)
    kinds = people.load_post_kinds(community, PACK, by=SYSTEM)
    officer = people.add_post(
        by=SYSTEM, community=community, kind=kinds["grid_officer"], place_kind="grid", place_id=grids(community)[0].pk
    )
    desk = people.add_post(by=SYSTEM, community=community, kind=kinds["community_worker"])
    return Town(community, kinds, officer, desk)


def make() -> Case:
    """Make a case for tests that walk every flow."""
    return make_town().report()


@pytest.fixture
def town(db):
    return make_town()


__all__ = ["Town", "make", "make_town", "town"]
