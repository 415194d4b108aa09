"""The page of a place: who answers for it, what is open there, and nothing that is not public."""

import pytest
from django.urls import reverse

from mulin.cases.tests.browsing import cookie_of
from mulin.cases.tests.factories import town
from mulin.kernel.clock import SYSTEM
from mulin.people import actions as people
from mulin.people.models import Person
from mulin.privacy.actions import give, load_purposes, withdraw
from mulin.privacy.models import Purpose
from mulin.territory.tests.factories import buildings, entrances, grids

__all__ = ["town"]


@pytest.fixture
def place(client, town):
    """Open a place's page, as a guest or as someone."""

    def visit(kind, at, by=None):
        client.cookies["language"] = "en"
        client.cookies.pop("mulin", None)
        if by:
            client.cookies["mulin"] = cookie_of(by)
        return client.get(reverse("community:place", args=[town.community.slug, kind, at.pk]))

    return visit


def names(answer):
    return [(group["label"], each["post"].kind.key, each["held"]) for group in answer.context["groups"]
            for each in group["posts"]]  # fmt: skip


def test_an_entrance_says_who_answers_from_the_door_to_the_community(place, town):
    door = entrances(town.community)[0]
    lead = people.add_post(
        by=SYSTEM, community=town.community, kind=town.kinds["entrance_lead"], place_kind="entrance", place_id=door.pk
    )
    assert names(place("entrance", door)) == [
        ("At this entrance", "entrance_lead", []),
        ("For the grid", "grid_officer", ["Chen"]),
        ("For the whole community", "community_worker", ["Qian", "Zhou"]),
    ]
    town.give(town.neighbour, lead)
    page = place("entrance", door)
    assert names(page)[0] == ("At this entrance", "entrance_lead", ["Zhao"])
    assert "Vacant" not in page.content.decode()


def test_a_vacant_post_is_marked(place, town):
    kind = town.kinds["building_lead"]
    house = buildings(town.community)[0]
    people.add_post(by=SYSTEM, community=town.community, kind=kind, place_kind="building", place_id=house.pk)
    assert "Vacant" in place("building", house).content.decode()


def test_only_public_open_cases_of_the_place_stand_there(place, town):
    case = town.report()
    town.report(disclosure="confidential")
    door = entrances(town.community)[0]
    for kind, at in (("entrance", door), ("building", door.building), ("grid", grids(town.community)[0])):
        assert [row["case"].pk for row in place(kind, at).context["rows"]] == [case.pk]
    assert place("building", buildings(town.community)[1]).context["rows"] == []


def test_the_words_of_a_case_stay_with_those_who_may_read_them(place, town):
    town.report(words="王家的灯不亮")
    door = entrances(town.community)[0]
    assert "王家" not in place("entrance", door).content.decode()
    assert "王家" in place("entrance", door, by=town.resident).content.decode()


def test_reporting_from_an_entrance_fills_the_place_in(place, town):
    door = entrances(town.community)[0]
    assert place("entrance", door).context["report_url"].endswith(f"/e/{door.code}/")


@pytest.mark.parametrize("kind", ["building", "grid", "spot", "moon"])
def test_a_place_that_is_not_there_or_is_something_else_is_404(place, town, kind):
    assert place(kind, entrances(town.community)[0]).status_code == 404


def test_a_number_is_shown_to_residents_once_its_owner_agreed(place, town):
    load_purposes(town.community)
    holder = Person.objects.get(pk=town.officer.person_id)
    people.correct(holder, by=town.worker, phone="13900001111")
    grid = grids(town.community)[0]
    assert "13900001111" not in place("grid", grid, by=town.resident).content.decode()
    purpose = Purpose.objects.get(community=town.community, key="duty_phone")
    consent = give(by=town.officer, community=town.community, purpose=purpose)
    assert "13900001111" in place("grid", grid, by=town.resident).content.decode()
    assert "13900001111" not in place("grid", grid).content.decode()  # guests do not see it
    withdraw(consent, by=town.officer)
    assert "13900001111" not in place("grid", grid, by=town.resident).content.decode()
