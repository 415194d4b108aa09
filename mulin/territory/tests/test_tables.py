"""Tables of places: buildings, entrances, dwellings and spots come in once, and what does not fit is named."""

import io

import pytest
from xlsxwriter import Workbook

from mulin.journal.models import Detail
from mulin.kernel.clock import SYSTEM
from mulin.kernel.refusals import Refused
from mulin.tables import examine, importer, read_table, template, write_csv, write_xlsx
from mulin.territory import queries
from mulin.territory.actions import add_dwelling, add_spot
from mulin.territory.models import Building, Dwelling, Entrance, Spot

from .factories import OUTSIDE, as_gcj02, buildings, entrances, grids, in_grid, make_community

pytestmark = pytest.mark.django_db


def sheet(kind, *rows):
    """Write an Excel file of a kind, with the headings of its template."""
    layout, out = importer(kind).layout, io.BytesIO()
    with Workbook(out) as book:
        page = book.add_worksheet(layout.sheet)
        page.write_row(0, 0, [column.head for column in layout.columns])
        for at, row in enumerate(rows, 1):
            page.write_row(at, 0, row)
    return out.getvalue()


def bring(kind, community, *rows):
    """Check and write; return how many were written, and the table."""
    one = importer(kind)
    table, plan = examine(one, community, sheet(kind, *rows), by=SYSTEM, filename="places.xlsx")
    return one.write(community, plan, by=SYSTEM, advance=int), table


def said(table):
    return [(one.row, one.column) for one in table.report.ordered()]


def test_places_come_in_from_four_tables():
    town = make_community()
    lon, lat = in_grid(2)
    assert bring("buildings", town, ("9号楼", 9, "宝翠路9号", lon, lat))[0] == 1
    assert bring("entrances", town, (9, "1门", "", ""), ("9号楼", "2门", lon, lat))[0] == 2
    assert bring("dwellings", town, ("9号楼", "1", "101", 1, 89.5, ""), ("9", "", "商1", 1, "20", "商铺"))[0] == 2
    assert bring("spots", town, ("东门垃圾桶", "垃圾桶", lon, lat, "", "9"))[0] == 1
    building = Building.objects.get(community=town, number=9)
    assert building.grid == grids(town)[1]
    home, shop = Dwelling.objects.filter(community=town).order_by("name")
    assert (home.building, home.entrance.name, home.floor, home.area, home.use) == (building, "1门", 1, 8950, "home")
    assert (shop.entrance, shop.use, str(shop)) == (None, "shop", "9号楼 商1")
    spot = Spot.objects.get(community=town)
    assert (spot.kind_label, spot.grid, spot.building) == ("Waste bins", building.grid, building)
    codes = {place.code for place in (*Entrance.objects.filter(community=town), spot)}
    assert len(codes) == 6
    assert Detail.objects.filter(community=town.pk, noun_kind="territory.dwelling", verb="add").count() == 2


def test_a_second_run_adds_none():
    town = make_community()
    rows = [("1号楼", "1门", f"{floor}0{door}", floor, 80, "") for floor in range(1, 7) for door in (1, 2)]
    assert bring("dwellings", town, *rows)[0] == 12
    stamp = queries.places(town).stamp
    made, table = bring("dwellings", town, *rows)
    assert (made, table.report.counts["known"], table.report.counts["new"]) == (0, 12, 0)
    assert queries.places(town).stamp == stamp


def test_a_later_table_sets_areas_right_and_leaves_the_rest():
    town = make_community()
    bring("dwellings", town, ("1号楼", "1门", "101", 1, 80, ""), ("1号楼", "1门", "102", 1, 80, ""))
    made, table = bring("dwellings", town, ("1号楼", "1门", "101", "", 81.5, ""), ("1号楼", "1门", "102", 1, 80, ""))
    assert (made, table.report.counts["corrected"]) == (1, 1)
    assert list(Dwelling.objects.filter(community=town).order_by("name").values_list("floor", "area")) == [
        (1, 8150),
        (1, 8000),
    ]
    assert Detail.objects.filter(community=town.pk, noun_kind="territory.dwelling", verb="correct").count() == 1


def test_unknown_places_are_named_by_row():
    town = make_community()
    made, table = bring(
        "dwellings",
        town,
        ("77号楼", "1门", "101", "", "", ""),
        ("1号楼", "8门", "101", "", "", ""),
        ("1号楼", "2门", "101", "", "", ""),
    )
    assert said(table) == [(2, "楼栋"), (3, "楼门")]
    assert "1门, 2门" in table.report.problems[1].words
    assert made == 1


def test_the_same_place_in_two_spellings_is_double():
    town = make_community()
    _made, table = bring("entrances", town, ("1号楼", "5门", "", ""), ("1", "5门", "", ""))
    assert said(table) == [(3, "楼门")]


def test_what_lies_outside_is_refused_and_gcj02_is_turned():
    town = make_community()
    lon, lat = in_grid(1)
    there = as_gcj02(lon, lat)
    _made, table = bring(
        "buildings", town, ("8号楼", 8, "", *OUTSIDE, ""), ("9号楼", 9, "", *there, "高德"), ("7号楼", 7, "", lon, 95)
    )
    assert said(table) == [(2, "经度"), (4, "纬度")]
    building = Building.objects.get(community=town, name="9号楼")
    assert (round(building.lon, 5), round(building.lat, 5)) == (round(lon, 5), round(lat, 5))
    _made, table = bring("entrances", town, ("1号楼", "9门", lon, ""))
    assert said(table) == [(2, "纬度")]


def test_what_is_here_can_be_taken_out_and_brought_in_again():
    town, other = make_community(), make_community("other")
    lon, lat = in_grid(1)
    add_dwelling(buildings(town)[0], "101", entrance=entrances(town)[0], floor=1, area=8929)
    add_dwelling(buildings(town)[1], "商1", use="shop")
    add_spot(town, "路灯7", "lamp", lon=lon, lat=lat, building=buildings(town)[0])
    for kind, write, new in (
        ("buildings", write_csv, 0),
        ("entrances", write_xlsx, 0),
        ("dwellings", write_csv, 2),
        ("spots", write_xlsx, 1),
    ):
        one = importer(kind)
        table, plan = examine(one, other, write(one.layout, one.rows(town, by=SYSTEM)), by=SYSTEM)
        assert table.report.is_clean
        assert one.write(other, plan, by=SYSTEM, advance=int) == plan.new == new
    assert Dwelling.objects.get(community=other, name="101").area == 8929
    assert Spot.objects.get(community=other).building.community == other


def test_every_template_has_an_example_that_can_be_read():
    for kind in ("buildings", "entrances", "dwellings", "spots"):
        layout = importer(kind).layout
        values = [column.example for column in layout.columns]
        data = "\n".join(
            ",".join(map(str, row)) for row in ([c.head for c in layout.columns], ["x"] * 0, [*values[:-1], ""])
        )
        assert template(layout)
        assert read_table(data.encode(), layout).report.is_clean, kind


def test_only_who_keeps_places_writes_them():
    town = make_community()

    class Neighbour:
        actor = "someone"

        def can(self, capability):
            return False

    one = importer("spots")
    _table, plan = examine(one, town, sheet("spots", ("灯", "路灯", *in_grid(1))), by=Neighbour())
    with pytest.raises(Refused, match="keeps the places"):
        one.write(town, plan, by=Neighbour(), advance=int)
    with pytest.raises(Refused, match="no such kind"):
        importer("spots", Neighbour())


def test_by_hand_a_dwelling_is_checked_as_well():
    town = make_community()
    one, two = buildings(town)
    add_dwelling(one, "101", entrance=entrances(town)[0], area=8950)
    with pytest.raises(Refused, match="101"):
        add_dwelling(one, "101", entrance=entrances(town)[0])
    with pytest.raises(Refused, match="another building"):
        add_dwelling(two, "101", entrance=entrances(town)[0])
    with pytest.raises(Refused, match="deed"):
        add_dwelling(two, "102", area=0)
    lon, lat = in_grid(2)
    add_spot(town, "灯", "lamp", lon=lon, lat=lat)
    with pytest.raises(Refused, match="灯"):
        add_spot(town, "灯", "lamp", lon=lon, lat=lat)


def test_a_large_table_needs_few_statements(django_assert_max_num_queries):
    town = make_community()
    one = importer("dwellings")
    data = sheet("dwellings", *(("1号楼", "1门", str(n), 1, 80, "") for n in range(2000)))
    with django_assert_max_num_queries(8):
        _table, plan = examine(one, town, data, by=SYSTEM)
    with django_assert_max_num_queries(60):
        assert one.write(town, plan, by=SYSTEM, advance=int) == 2000
