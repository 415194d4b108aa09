"""The invented site plan of the demo."""

import pytest
import shapely
from shapely.geometry import shape

from mulin.simulation.places import GRIDS, area, houses, places
from mulin.territory import actions, figures, queries
from mulin.territory.tests.factories import as_gcj02


@pytest.mark.django_db
def test_the_demo_has_exactly_28_buildings_63_entrances_and_7_grids():
    community = actions.found("demo-places", "宝翠花都", "B")
    found = places(community)
    assert {kind: len(rows) for kind, rows in found.items()} == {"grids": 7, "buildings": 28, "entrances": 63}
    assert all(building.grid_id for building in found["buildings"])
    known = queries.places(community)
    assert [len(rows) for rows in (known.grids, known.buildings, known.entrances)] == [7, 28, 63]
    for door in known.entrances:
        place = queries.locate(community, door.lon, door.lat)
        assert (place.entrance_nearby, place.building) == (door, door.building)
        assert place.grid == door.building.grid
    assert queries.find_address(community, "12号楼1门").entrance_nearby.building.number == 12


def test_each_house_stands_wholly_in_one_grid_and_apart_from_the_others():
    grids = [shape(area(*box)) for box in GRIDS]
    drawn = [shape(area(*box)) for box, _doors in houses()]
    assert all(sum(grid.covers(house) for grid in grids) == 1 for house in drawn)
    assert figures.overlaps([area(*box) for box, _doors in houses()], least=0) == []
    square_metre = 1 / figures.METRES**2
    assert shapely.union_all(grids).area == pytest.approx(sum(grid.area for grid in grids), abs=square_metre)


def test_the_plan_lies_where_a_chinese_map_service_shows_its_middle():
    west, south, east, north = figures.bounds([area(*box) for box in GRIDS])
    lon, lat = as_gcj02((west + east) / 2, (south + north) / 2)
    assert figures.distance(lon, lat, 117.106, 39.195) < 40
