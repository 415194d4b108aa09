"""A whole file of places, or nothing of it."""

import gzip
import io
import json

import pytest

from mulin.kernel.refusals import Refused
from mulin.territory import actions, figures, queries
from mulin.territory.imports import import_geojson
from mulin.territory.models import Building, Entrance, Grid

from .factories import SOUTH, STEP, WEST, as_gcj02, grids, make_community, square

pytestmark = pytest.mark.django_db
BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def point(east=0.0, north=0.0):
    return {"type": "Point", "coordinates": [WEST + east, SOUTH + north]}


def file(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


WHOLE = (
    feature(point(0.0012, 0.0009), kind="entrance", building=31, name="1门"),
    feature(square(0.001, 0.001, 0.0003, 0.0002), kind="building", number=31, name="31号楼", address="宝翠路31号"),
    feature(square(0, 0, STEP, STEP), kind="grid", number=5, name="第五网格"),
    feature(point(0.003, 0.001), kind="building", name="物业楼"),
)


@pytest.fixture
def empty():
    return actions.found("empty", "新村", "N")


def test_a_file_is_written_whole_in_any_order(empty):
    report = import_geojson(empty, io.BytesIO(file(*WHOLE)))
    assert (report.is_done, report.rows) == (True, [])
    assert report.counts == {"grid": 1, "building": 2, "entrance": 1}
    door = Entrance.objects.select_related("building__grid").get(community=empty)
    assert (door.building.name, door.building.grid.number, door.building.address) == ("31号楼", 5, "宝翠路31号")


def test_a_dry_run_writes_nothing(empty):
    report = import_geojson(empty, file(*WHOLE), dry_run=True)
    assert (report.is_done, report.is_clean) == (False, True)
    assert not Grid.objects.filter(community=empty).exists()


def test_one_bad_row_stops_everything_and_is_named(empty):
    report = import_geojson(empty, file(*WHOLE, feature(BOW_TIE, kind="grid", number=6, name="第六网格")))
    assert not report.is_done
    assert [(row.number, row.name) for row in report.rows] == [(5, "第六网格")]
    assert not Building.objects.filter(community=empty).exists()


@pytest.mark.parametrize(
    "bad",
    [
        feature(point(), kind="tree"),
        feature(point()),
        feature(None, kind="building", name="1"),
        feature(point(), kind="grid", number=1),
        feature({"type": "Point", "coordinates": [500, 3]}, kind="building", name="1"),
        feature(point(), kind="entrance", building="99号楼", name="1门"),
        feature(square(), kind="entrance", building="31号楼", name="2门"),
        feature(point(), kind="entrance", building="31号楼", name="1门"),
        feature(point(), kind="building", name="31号楼"),
        feature(square(), kind="grid", number=5),
        "no feature",
    ],
)
def test_what_is_wrong_with_a_row_is_said(empty, bad):
    report = import_geojson(empty, file(*WHOLE, bad))
    assert not report.is_done
    stopped = [row for row in report.rows if row.stops]
    assert len(stopped) == 1
    assert stopped[0].problem


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"features": []}', b'{"features": 3}', b"\xff\xfe"])
def test_what_is_no_file_of_places_is_refused(empty, text):
    with pytest.raises(Refused) as refused:
        import_geojson(empty, text)
    assert refused.value.code == "no_geojson"


def test_shifted_files_are_turned_into_wgs84(empty):
    ring = [as_gcj02(*at) for at in square()["coordinates"][0]]
    shifted = {"type": "Polygon", "coordinates": [ring]}
    import_geojson(empty, file(feature(shifted, kind="grid", number=1)), datum="gcj02")
    at = grids(empty)[0].polygon["coordinates"][0][0]
    assert figures.distance(*at, WEST, SOUTH) < 0.01


def test_the_wrong_datum_shows_as_outside_of_the_border():
    community = make_community(boundary=square())
    at = as_gcj02(WEST, SOUTH + STEP)
    bad = feature({"type": "Point", "coordinates": at}, kind="building", name="9号楼")
    assert not import_geojson(community, file(bad)).is_done
    assert import_geojson(community, file(bad), datum="gcj02").is_clean


def test_overlaps_are_reported_but_stop_nothing(empty):
    two = [feature(square(number * STEP / 2), kind="grid", number=number + 1, name=f"G{number}") for number in (0, 1)]
    report = import_geojson(empty, file(*two))
    assert report.is_done
    assert [(row.number, row.stops) for row in report.rows] == [(2, False)]
    assert "G0" in report.rows[0].problem


def test_a_grid_that_exists_is_drawn_anew_and_says_so():
    community = make_community()
    report = import_geojson(community, file(feature(square(0, 0, STEP / 2), kind="grid", number=1, name="甲")))
    assert report.is_done
    assert [row.stops for row in report.rows] == [False]
    assert (grids(community)[0].name, len(grids(community))) == ("甲", 2)


@pytest.mark.shared
def test_the_councils_of_los_angeles_come_in_and_a_crossing_border_is_named(empty, shared):
    text = gzip.decompress((shared / "maps/la-neighborhood-councils-wgs84.geojson.gz").read_bytes())
    councils = json.loads(text)["features"]
    crossed = import_geojson(empty, file(*councils[:30], feature(BOW_TIE, name="X")), kind="grid")
    assert [row.number for row in crossed.rows if row.stops] == [31]
    report = import_geojson(empty, file(*councils), kind="grid")
    assert (report.is_done, len(grids(empty))) == (True, 99)
    downtown = queries.locate(empty, -118.2437, 34.0522)
    assert "DOWNTOWN" in downtown.grid.name.upper()
