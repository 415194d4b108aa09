"""Where is this point, and what is this address?"""

import pytest

from mulin.kernel.refusals import Refused
from mulin.territory import actions, queries

from .factories import OUTSIDE, SOUTH, STEP, WEST, entrances, in_grid, make_community

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return make_community()


@pytest.mark.parametrize("number", [1, 2])
def test_a_point_in_a_grid_is_found(community, number):
    assert queries.locate(community, *in_grid(number)).grid.number == number


def test_a_point_within_the_border_may_have_no_grid(community):
    assert queries.locate(community, *in_grid(3)).grid is None


def test_a_point_outside_is_refused_with_what_would_work(community):
    with pytest.raises(Refused, match="宝翠花都") as refused:
        queries.locate(community, *OUTSIDE)
    assert refused.value.code == "outside"


def test_what_is_no_point_is_refused(community):
    for lon, lat in ((float("nan"), 39.0), (181.0, 39.0), (117.0, -91.0)):
        with pytest.raises(Refused) as refused:
            queries.locate(community, lon, lat)
        assert refused.value.code == "no_point"


def test_a_point_at_a_building_finds_it_and_its_nearest_entrance(community):
    first, second, _other = entrances(community)
    place = queries.locate(community, WEST + 0.0012, SOUTH + 0.00095)
    assert (place.building.name, place.entrance_nearby) == ("1号楼", second)
    assert queries.locate(community, first.lon, first.lat).entrance_nearby == first


def test_a_point_far_from_any_building_has_none(community):
    place = queries.locate(community, *in_grid(1))
    assert (place.building, place.entrance_nearby) == (None, None)


def test_a_point_on_the_border_of_two_grids_belongs_to_the_lower_number(community):
    assert queries.locate(community, WEST + STEP, SOUTH + 0.0001).grid.number == 1


def test_locating_costs_one_statement(community, django_assert_num_queries):
    queries.locate(community, *in_grid(1))
    with django_assert_num_queries(1):
        queries.locate(community, *in_grid(2))


def test_all_places_cost_one_statement_until_one_changes(community, django_assert_num_queries):
    queries.places(community)
    with django_assert_num_queries(1):
        before = queries.places(community)
    actions.add_building(community, "物业楼", lon=WEST + 0.003, lat=SOUTH + 0.001)
    assert len(queries.places(community).buildings) == len(before.buildings) + 1


def test_grids_of_another_community_are_not_found(community):
    elsewhere = make_community("elsewhere")
    assert queries.locate(elsewhere, *in_grid(1)).grid.community_id == elsewhere.pk


@pytest.mark.parametrize(
    ("text", "building", "door"),
    [
        ("1号楼2门", "1号楼", "2门"),
        ("1号楼 2门", "1号楼", "2门"),
        ("１号楼２门", "1号楼", "2门"),
        ("1-2", "1号楼", "2门"),
        ("1栋2单元", "1号楼", "2门"),
        ("1 building entrance 2", "1号楼", "2门"),
        ("Building 1, Entrance 2", "1号楼", "2门"),
        ("entrance 2, building 1", "1号楼", "2门"),
        ("宝翠花都2号楼1门", "2号楼", "1门"),
        ("2号楼", "2号楼", None),
        ("2-303", "2号楼", None),
        ("2号楼门口的灯不亮", "2号楼", None),
    ],
)
def test_an_address_is_found(community, text, building, door):
    place = queries.find_address(community, text)
    assert (place.building.name, place.entrance_nearby and place.entrance_nearby.name) == (building, door)


@pytest.mark.parametrize("text", ["", "12号楼", "物业", "12-2"])
def test_an_address_that_does_not_exist_is_not_found(community, text):
    assert queries.find_address(community, text) is None


def test_an_entrance_is_found_by_its_code_only_here(community, django_assert_num_queries):
    door = entrances(community)[0]
    queries.places(community)
    with django_assert_num_queries(1):
        found = queries.entrance_by_code(community, f" {door.code.lower()} ")
        assert (found, found.building.grid.number) == (door, 1)
    assert queries.entrance_by_code(make_community("elsewhere"), door.code) is None


def test_a_community_is_found_by_its_address(community):
    assert queries.community_by_slug("baocui") == community
    assert queries.community_by_slug("nowhere") is None
