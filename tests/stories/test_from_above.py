"""The stories of those above: a district with its subdistricts and communities, as figures and without handling."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mulin.cases.models import Case
from mulin.cases.tests.factories import make_town
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.people import actions as people
from mulin.people.queries import load_viewer
from mulin.territory import actions as places
from mulin.territory.models import Division
from mulin.territory.queries import forget_communities

from .conftest import Api, Web

pytestmark = pytest.mark.usefixtures("english")
NAMES = {"one": "一社区", "two": "二社区", "three": "三社区"}


def oversees(town, mail, division, kind="subdistrict"):
    """Let someone who is nobody in the town oversee a division, and return them as a viewer of the town."""
    account = people.open_account(by=SYSTEM, email=mail, password="a-good-password", language="en")
    today = clock.now().date()
    days = {"starts_on": today - timedelta(days=1), "ends_on": today + timedelta(days=100)}
    people.give_oversight(by=SYSTEM, account=account, division=division, kind=kind, **days)
    return load_viewer(account.pk, town.community)


@pytest.fixture
def district(db):
    """Three communities in two subdistricts of one district, each with a number of matters of its own."""
    above = Division.objects.create(level=3, name="District")
    streets = [Division.objects.create(level=4, name=name, parent=above) for name in ("East", "West")]
    lying = {"one": streets[0], "two": streets[0], "three": streets[1]}
    towns = [make_town(slug, division=lying[slug], name=name) for slug, name in NAMES.items()]
    for number, town in enumerate(towns):
        for _time in range(5 + number):
            town.report()
    return above, streets, towns


def seen_by(door, town, viewer):
    """Return how many matters stand open in each community that someone oversees, by its name."""
    who = door(town, viewer)
    if door is Web:
        return {row["name"]: int(row["open"]) for row in who.open("/overview/").context["rows"]}
    return {row["name"]: row["open"] for row in who.open("//overview").json()["items"]}


@pytest.mark.story("C1")
def test_each_level_sees_its_own_communities_and_what_is_counted_is_there(door, district):
    above, streets, towns = district
    there = {town.community.name: Case.objects.filter(community=town.community).count() for town in towns}
    assert there == {"一社区": 5, "二社区": 6, "三社区": 7}
    everything = seen_by(door, towns[0], oversees(towns[0], "d@district.test", above, "city"))
    assert everything == there
    east = seen_by(door, towns[0], oversees(towns[0], "e@district.test", streets[0]))
    assert east == {"一社区": 5, "二社区": 6}
    west = oversees(towns[2], "w@district.test", streets[1])
    assert seen_by(door, towns[2], west) == {"三社区": 7}
    # Of a community that is not theirs they see what every stranger sees.
    elsewhere = door(towns[0], load_viewer(west.account_id, towns[0].community))
    assert elsewhere.open("overview/" if door is Web else "overview").status_code == 404


@pytest.mark.story("C1")
def test_of_one_community_those_above_see_the_grids_and_they_add_up(door, district):
    above, _streets, towns = district
    who = door(towns[2], oversees(towns[2], "d@district.test", above, "city"))
    answer = who.open("overview/" if door is Web else "overview")
    total = answer.context["total"]["open"] if door is Web else answer.json()["total"]["open"]
    assert int(total) == 7
    desk = door(towns[0], towns[0].worker).open("overview/" if door is Web else "overview")
    assert desk.status_code == 200
    assert door(towns[0], towns[0].resident).open("overview/" if door is Web else "overview").status_code == 404


@pytest.mark.story("C1")
def test_thirty_communities_cost_as_many_statements_as_three(door, district):
    above, streets, towns = district
    viewer = oversees(towns[0], "d@district.test", above, "city")
    who, path = door(towns[0], viewer), "/overview/" if door is Web else "//overview"

    def cost(count):
        who.open(path)  # what is remembered is remembered
        with CaptureQueriesContext(connection) as said:
            answer = who.open(path)
        rows = answer.context["rows"] if door is Web else answer.json()["items"]
        assert len(rows) == count
        return len([one for one in said if "SAVEPOINT" not in one["sql"]])

    three = cost(3)
    for number in range(27):
        places.found(f"more-{number}", f"社区{number}", "M", division=streets[number % 2])
    forget_communities()
    assert cost(30) == three


@pytest.mark.story("L1")
def test_a_subdistrict_reads_and_handles_nothing_that_did_not_come_up_to_it(door, district, state):
    _above, streets, towns = district
    town = towns[0]
    case, confidential = town.report(), town.report(disclosure="confidential", words="一件私事，请只给管事的人看。")
    above = door(town, oversees(town, "e@district.test", streets[0]))
    assert above.status(case.pk) == 200
    assert "看不清台阶" not in above.sees(case.pk)  # the words are the reporter's and the grid's
    assert above.status(confidential.pk) == 404
    for move in Case.flow:
        if move.sources:
            said = above.move(case.pk, move.name, reason="x", words="x", cause="x", remedy="x")
            assert said in (403, 404, 409), move.name
            assert above.move(confidential.pk, move.name) == 404
    assert state(case.pk).version == case.version
    assert state(case.pk).state == case.state


@pytest.mark.story("L1")
def test_a_subdistrict_sees_no_register_no_household_and_no_private_matter(door, district):
    _above, streets, towns = district
    town = towns[0]
    above = door(town, oversees(town, "e@district.test", streets[0]))
    someone = town.resident.person_id
    for kind in ("persons", "organisations", "affiliations", "talents", "memberships", "ownerships"):
        assert above.status(someone, kind) in (302, 403, 404), kind
    if isinstance(above, Api):
        for kind in ("persons?name=Wang&phone=13900000001", "memberships", "ownerships", "affiliations", "signs"):
            answer = above.open(kind)
            assert answer.status_code in (403, 404) or answer.json()["items"] == [], kind
    else:
        for path in ("people/persons/", "households/", "households/owners/", "import/", "cases/queue/?all=1"):
            assert "Wang" not in above.open(path).content.decode(), path


@pytest.mark.story("L1")
def test_small_counts_are_not_told_above(door, district):
    _above, streets, towns = district
    town = towns[0]
    quiet = make_town("quiet", division=streets[0], name="静社区")
    quiet.report()
    assert quiet.community.pk
    who = door(town, oversees(town, "e@district.test", streets[0]))
    if door is Web:
        rows = {row["name"]: row["open"] for row in who.open("/overview/").context["rows"]}
        assert rows["静社区"] == "<5"
    else:
        rows = {row["name"]: row["open"] for row in who.open("//overview").json()["items"]}
        assert rows["静社区"] is None
