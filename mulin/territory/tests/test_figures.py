"""Laws of shapes, datums and office hours."""

import gzip
import json
import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st
from shapely.geometry import mapping, shape

from mulin.territory import figures

from .factories import SOUTH, STEP, WEST, as_gcj02, square

lons, lats = st.floats(75, 134), st.floats(4, 53)
degrees = st.floats(0.0002, 0.03)
BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}


@given(lons, lats)
def test_the_shift_there_and_back_is_less_than_a_metre(lon, lat):
    assert figures.distance(lon, lat, *figures.from_gcj02(*as_gcj02(lon, lat))) < 0.01


def test_the_shift_is_the_known_one_in_beijing_and_none_abroad():
    # The corner of Tiananmen as both kinds of maps give it.
    lon, lat = as_gcj02(116.391, 39.907)
    assert (lon, lat) == (pytest.approx(116.397241, abs=1e-6), pytest.approx(39.908401, abs=1e-6))
    assert as_gcj02(-118.2, 34.0) == (-118.2, 34.0)


def test_a_whole_shape_is_turned_back():
    shifted = {"type": "Polygon", "coordinates": [[as_gcj02(*at) for at in square()["coordinates"][0]]]}
    assert shape(figures.geometry_from_gcj02(shifted)).equals_exact(shape(square()), 1e-8)


@given(st.floats(-179, 176), st.floats(-75, 72), degrees, degrees, st.floats(0, 1), st.floats(0, 1))
@example(WEST, SOUTH, STEP, STEP, 1.0, 1.0)
def test_a_point_of_a_polygon_always_shares_a_cell_with_it(west, south, width, height, across, up):
    box = mapping(shapely.box(west, south, west + width, south + height))
    cells = figures.cells(box)
    assert len(cells) <= figures.ENOUGH
    assert set(cells) & set(figures.cells_at(west + across * width, south + up * height))


@pytest.mark.parametrize(
    ("geometry", "fault"),
    [
        (square(), ""),
        (BOW_TIE, "crosses"),
        ({"type": "Point", "coordinates": [1, 2]}, "no_polygon"),
        ({"type": "Polygon", "coordinates": [[[0, 0], "here"]]}, "no_polygon"),
        ({"type": "Polygon"}, "no_polygon"),
        ("117,39", "no_polygon"),
        (None, "no_polygon"),
        ({"type": "Polygon", "coordinates": []}, "empty"),
        ({"type": "Polygon", "coordinates": [[[190, 0], [191, 0], [191, 1], [190, 0]]]}, "off_earth"),
        ({"type": "Polygon", "coordinates": [[[117, 39], [117.1, 39], [117.1, 95], [117, 39]]]}, "off_earth"),
        ({"type": "Polygon", "coordinates": [[[100, 30], [110, 30], [110, 40], [100, 30]]]}, "too_wide"),
        (mapping(shapely.Point(117, 39).buffer(0.1, quad_segs=6000)), "too_many"),
    ],
)
def test_a_fault_of_a_polygon_is_named(geometry, fault):
    assert figures.fault(geometry) == fault


def test_a_hole_is_not_inside_and_the_border_is():
    outer, hole = square()["coordinates"][0], square(0.0005, 0.0005, 0.001, 0.001)["coordinates"][0]
    ring = {"type": "Polygon", "coordinates": [outer, hole]}
    assert not figures.contains(ring, WEST + 0.001, SOUTH + 0.001)
    assert figures.contains(ring, WEST, SOUTH)
    assert figures.contains(ring, *figures.centre(ring))


def test_overlaps_are_pairs_that_share_more_than_a_sliver():
    assert figures.overlaps([square(), square(STEP / 2), square(STEP)]) == [(0, 1), (1, 2)]
    assert figures.overlaps([square(), square(STEP), square(1.995 * STEP)]) == []
    assert figures.overlaps([]) == []


def test_the_box_around_nothing_is_none():
    assert figures.bounds([]) is None
    assert figures.bounds([square(), square(STEP)]) == pytest.approx((WEST, SOUTH, WEST + 2 * STEP, SOUTH + STEP))


def test_the_nearest_outline_is_found_within_reach_only():
    outlines = figures.Outlines([square(), square(2 * STEP)])
    assert outlines.nearest(WEST + 1.4 * STEP, SOUTH, within=100) == 0
    assert outlines.nearest(WEST + 1.6 * STEP, SOUTH, within=100) == 1
    assert outlines.nearest(WEST + 1.5 * STEP, SOUTH, within=10) is None
    assert figures.Outlines([]).nearest(WEST, SOUTH, within=10) is None


@pytest.mark.shared
def test_cells_find_the_same_as_brute_force_in_los_angeles(shared):
    text = gzip.decompress((shared / "maps/la-neighborhood-councils-wgs84.geojson.gz").read_bytes())
    shapes = [feature["geometry"] for feature in json.loads(text)["features"]]
    assert [number for number, geometry in enumerate(shapes) if figures.fault(geometry)] == []
    assert figures.fault(BOW_TIE) == "crosses"
    kept = {}
    for number, geometry in enumerate(shapes):
        for cell in figures.cells(geometry):
            kept.setdefault(cell, set()).add(number)
    exact = [shape(geometry) for geometry in shapes]
    shapely.prepare(exact)
    west, south, east, north = figures.bounds(shapes)
    chance = random.Random(3)
    for _try in range(5000):
        lon, lat = chance.uniform(west, east), chance.uniform(south, north)
        near = {number for cell in figures.cells_at(lon, lat) for number in kept.get(cell, ())}
        found = {number for number in near if shapely.intersects_xy(exact[number], lon, lat)}
        assert found == set(shapely.intersects_xy(exact, lon, lat).nonzero()[0].tolist())


# Office hours


TIANJIN = figures.office_hours("Asia/Shanghai", "cn", ())
NEW_YORK = figures.office_hours("America/New_York", "", (("09:00", "17:00"),))
moments = st.datetimes(datetime(2020, 1, 1), datetime(2031, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))
amounts = st.timedeltas(timedelta(0), timedelta(hours=200))
offices = st.sampled_from([TIANJIN, NEW_YORK])


@given(offices, moments, amounts)
def test_what_is_added_lies_between(office, since, amount):
    assert office.between(since, office.add(since, amount)) == amount


@given(offices, moments, amounts, amounts)
def test_time_between_adds_up(office, one, more, still_more):
    two, three = one + more, one + more + still_more
    assert office.between(one, two) + office.between(two, three) == office.between(one, three)
    assert office.between(two, one) == -office.between(one, two)


@given(offices, moments, st.timedeltas(timedelta(minutes=1), timedelta(hours=200)))
def test_a_deadline_always_falls_in_office_hours(office, since, amount):
    local = office.add(since, amount).astimezone(office.zone)
    assert office.is_workday(local.date())
    assert any(start <= local.time() <= end for start, end in office.hours)


def test_the_national_day_week_is_no_office_time():
    at = [datetime(2025, 10, day, tzinfo=ZoneInfo("Asia/Shanghai")) for day in (1, 9)]
    assert TIANJIN.between(*at) == timedelta(0)
    assert TIANJIN.is_workday(date(2025, 10, 11)), "The Saturday after is worked for it."


def test_a_year_without_holiday_data_keeps_its_weeks():
    days = [date(2090, 1, 2) + timedelta(days=number) for number in range(14)]
    assert [figures.is_workday(day, "cn") for day in days] == [day.weekday() < 5 for day in days]
    assert TIANJIN.between(datetime(2090, 1, 2, tzinfo=UTC), datetime(2090, 1, 9, tzinfo=UTC)) == timedelta(hours=35)


@pytest.mark.parametrize(("month", "day"), [(3, 8), (11, 1)])
def test_the_clock_change_in_new_york_moves_no_office_hour(month, day):
    # Friday noon plus ten hours is Monday two o'clock, though the night between is an hour shorter or longer.
    monday = date(2026, month, day) + timedelta(days=1)
    friday = datetime.combine(monday - timedelta(days=3), time(12), NEW_YORK.zone)
    due = NEW_YORK.add(friday, timedelta(hours=10)).astimezone(NEW_YORK.zone)
    assert (due.date(), due.time()) == (monday, time(14))
    assert due.utcoffset() != friday.utcoffset()


def test_later_starts_are_never_due_earlier():
    starts = [datetime(2026, 2, 1, tzinfo=UTC) + timedelta(hours=7 * number) for number in range(200)]
    dues = [TIANJIN.add(start, timedelta(hours=4)) for start in starts]
    assert all(one <= two for one, two in pairwise(dues))
