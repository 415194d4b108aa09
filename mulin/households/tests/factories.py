"""A building with doors in the town of the case tests, and people who live behind them."""

from datetime import date

import pytest

from mulin.cases.tests.factories import make_town
from mulin.households import actions
from mulin.kernel.clock import SYSTEM
from mulin.people import actions as people
from mulin.people.models import Organisation, Person
from mulin.territory import actions as places
from mulin.territory.models import Building, Dwelling
from mulin.territory.tests.factories import entrances

BORN = date(1980, 5, 1)


class Homes:
    """The town with doors; `keeper` keeps the list of persons."""

    def __init__(self, town):
        self.town, self.community, self.keeper = town, town.community, town.worker
        self.resident, self.neighbour = town.resident, town.neighbour
        self.house = Building.objects.get(community=self.community, number=1)
        self.entrance = entrances(self.community)[0]
        self.doors = [self.door(name, area=8950) for name in ("101", "102", "201")]

    def door(self, name, **fields):
        return places.add_dwelling(
            self.house, name, by=SYSTEM, entrance=fields.pop("entrance", self.entrance), floor=int(name[:1]), **fields
        )

    def person(self, viewer):
        return Person.objects.get(pk=viewer.person_id)

    def someone(self, name, phone="", born_on=BORN):
        return people.add_person(by=SYSTEM, community=self.community, name=name, phone=phone, born_on=born_on)

    def home(self, number=0, *viewers, label=""):
        """Form a household behind a door with some people of the town in it."""
        home = actions.form(by=self.keeper, community=self.community, dwelling=self.doors[number], label=label)
        for viewer in viewers:
            self.admit(home, person=self.person(viewer))
        return home

    def admit(self, home, *, by=None, relation="other", **fields):
        return actions.admit(
            by=by or self.keeper, community=self.community, household=home, relation=relation, **fields
        )

    def declare(self, viewer, number=0, relation="other", **fields):
        return actions.declare(
            by=viewer, community=self.community, dwelling=self.doors[number], relation=relation, **fields
        )

    def own(self, number=0, name="王业主", share=(1, 1), **fields):
        given = {} if {"person", "organisation"} & set(fields) else {"owner_name": name, "owner_phone": ""}
        return actions.register(
            by=self.keeper, community=self.community, dwelling=self.doors[number], share=share, **given, **fields
        )

    def firm(self, name="宝翠开发公司"):
        found = Organisation.objects.filter(community=self.community, name=name).first()
        return found or people.add_organisation(by=SYSTEM, community=self.community, kind="firm", name=name)

    def give(self, ownership, holder, *, by=None, days=30, **fields):
        from datetime import timedelta

        from mulin.people.figures import today_in

        today = today_in(self.community)
        return actions.give(
            by=by or self.keeper, community=self.community, ownership=ownership, holder=holder, starts_on=today,
            ends_on=today + timedelta(days=days), matters="业主大会表决", **fields,
        )  # fmt: skip


@pytest.fixture
def homes(db):
    return Homes(make_town())


def doors_of(community):
    return list(Dwelling.objects.filter(community=community).order_by("name"))


__all__ = ["Homes", "doors_of", "homes"]
