"""Drawing grids, printing plates, searching places, and a community's settings, as pages."""

import json
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mulin.entry.tests.factories import sign_in
from mulin.journal.models import Detail
from mulin.people.tests import factories as people
from mulin.territory import actions, forms, queries
from mulin.territory.models import Community, Grid

from .factories import SOUTH, STEP, WEST, as_gcj02, buildings, entrances, grids, make_community, square

pytestmark = pytest.mark.django_db
LINES = "\n".join(f"{lon}, {lat}" for lon, lat in square(2 * STEP)["coordinates"][0][:-1])
CROSSED = "117.1, 39.2\n117.2, 39.3\n117.2, 39.2\n117.1, 39.3"


@dataclass
class Here:
    community: Community
    keeper: object
    resident: object


@pytest.fixture
def here(client):
    community = make_community()
    kind = people.kind(community, "secretary", ["places.draw", "people.keep"])
    keeper = people.person(community, "赵书记", "zhao@example.org")
    people.hold(people.post(kind), keeper)
    resident = people.person(community, "王桂兰", "wang@example.org")
    sign_in(client, keeper)
    return Here(community, keeper, resident)


@pytest.mark.parametrize("path", ["grids/", "grids/new/", "grids/boundary/", "grids/upload/", "plates/", "settings/"])
def test_only_who_keeps_places_sees_where_they_are_kept(client, here, path):
    assert client.get(f"/baocui/{path}").status_code == 200
    sign_in(client, here.resident)
    assert client.get(f"/baocui/{path}").status_code == 403


@pytest.mark.story("B1")
def test_a_grid_is_drawn_from_lines_of_corners(client, here):
    page = client.get("/baocui/grids/new/")
    assert page.context["form"].initial["number"] == 3
    answer = client.post("/baocui/grids/new/", {"number": 3, "name": "东边", "shape": LINES, "datum": "wgs84"})
    assert answer.status_code == 302
    grid = Grid.objects.get(community=here.community, number=3)
    assert (grid.name, grid.polygon) == ("东边", square(2 * STEP))
    assert "东边" in client.get("/baocui/grids/").content.decode()


def test_a_grid_may_be_pasted_in_shifted_coordinates(client, here):
    ring = [list(as_gcj02(*at)) for at in square(2 * STEP)["coordinates"][0]]
    shape = json.dumps({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}})
    client.post("/baocui/grids/new/", {"number": 3, "shape": shape, "datum": "gcj02"})
    lon, lat = Grid.objects.get(community=here.community, number=3).polygon["coordinates"][0][0]
    assert (lon, lat) == pytest.approx((WEST + 2 * STEP, SOUTH), abs=1e-7)


def test_a_border_that_crosses_itself_is_refused_and_the_words_stay(client, here):
    answer = client.post("/baocui/grids/new/", {"number": 3, "name": "东边", "shape": CROSSED})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "crosses itself" in page
    assert "117.2, 39.3" in page


@pytest.mark.parametrize("shape", ["117.1, 39.2", "here and there", '{"type": "Point"', "1 2 3\n4 5 6\n7 8 9"])
def test_what_is_no_area_says_what_would_work(client, here, shape):
    answer = client.post("/baocui/grids/new/", {"number": 3, "shape": shape})
    assert answer.status_code == 422


def test_a_number_that_is_taken_is_not_drawn_over(client, here):
    answer = client.post("/baocui/grids/new/", {"number": 1, "shape": LINES})
    assert answer.status_code == 422
    assert grids(here.community)[0].polygon == square()


def test_an_overlap_is_named_and_stops_nothing(client, here):
    answer = client.post("/baocui/grids/new/", {"number": 3, "shape": forms.write_shape(square(STEP / 2))}, follow=True)
    page = answer.content.decode()
    assert "It overlaps: 第1网格, 第2网格" in page
    assert "Two grids share ground" in page


def test_a_grid_is_renamed_without_being_drawn_anew(client, here):
    grid = grids(here.community)[0]
    client.post(f"/baocui/grids/{grid.pk}/", {"name": "西边", "shape": forms.write_shape(grid.polygon)})
    grid.refresh_from_db()
    verbs = Detail.objects.filter(noun_id=grid.pk).order_by("seq").values_list("verb", flat=True)
    assert (grid.name, list(verbs)) == ("西边", ["draw", "rename"])


def test_a_grid_in_use_is_not_taken_away(client, here):
    grid = grids(here.community)[0]
    answer = client.post(f"/baocui/grids/{grid.pk}/remove/")
    assert answer.status_code == 409
    assert Grid.objects.filter(pk=grid.pk).exists()


def test_a_grid_with_a_post_is_not_taken_away(client, here):
    grid = actions.draw_grid(here.community, 3, square(2 * STEP))
    kind = people.kind(here.community, "grid_officer", ["cases.handle"])
    people.post(kind, place_kind="grid", place_id=grid.pk)
    assert "1 post" in client.post(f"/baocui/grids/{grid.pk}/remove/").content.decode()


def test_a_grid_that_nothing_belongs_to_can_be_taken_away(client, here):
    grid = actions.draw_grid(here.community, 3, square(2 * STEP))
    assert client.post(f"/baocui/grids/{grid.pk}/remove/").status_code == 302
    assert [one.number for one in queries.places(here.community).grids] == [1, 2]


def test_a_grid_of_another_community_is_not_there(client, here):
    other = grids(make_community("elsewhere"))[0]
    assert client.get(f"/baocui/grids/{other.pk}/").status_code == 404
    assert client.post(f"/baocui/grids/{other.pk}/remove/").status_code == 404


def test_the_border_is_drawn_and_taken_away(client, here):
    client.post("/baocui/grids/boundary/", {"shape": LINES})
    here.community.refresh_from_db()
    assert here.community.boundary == square(2 * STEP)
    client.post("/baocui/grids/boundary/", {"shape": ""})
    here.community.refresh_from_db()
    assert here.community.boundary is None


def geojson(polygon, **properties):
    feature = {"type": "Feature", "geometry": polygon, "properties": {"kind": "grid", "number": 3, **properties}}
    return SimpleUploadedFile(
        "grids.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    )


def test_a_file_is_checked_first_and_brought_in_once(client, here):
    page = client.post("/baocui/grids/upload/", {"file": geojson(square(2 * STEP)), "datum": "wgs84"})
    assert Grid.objects.filter(number=3).count() == 0
    token = page.context["token"]
    asked = {"token": token, "datum": "wgs84", "kind": ""}
    assert client.post("/baocui/grids/upload/", asked).status_code == 302
    assert Grid.objects.filter(number=3).count() == 1
    assert client.post("/baocui/grids/upload/", asked).status_code == 409


def test_a_file_with_a_fault_is_told_and_not_brought_in(client, here):
    crossed = forms.read_shape(CROSSED)
    page = client.post("/baocui/grids/upload/", {"file": geojson(crossed), "datum": "wgs84"})
    assert page.context["token"] == ""
    assert "crosses itself" in page.content.decode()


def test_settings_are_kept_with_a_line(client, here):
    asked = {"name": "宝翠花都", "name_en": "Baocui Garden", "hours": "9:00-12:00\n13:30-18:00", "holidays": "none"}
    assert client.post("/baocui/settings/", asked).status_code == 302
    here.community.refresh_from_db()
    assert here.community.hours == [["09:00", "12:00"], ["13:30", "18:00"]]
    assert (here.community.holidays, here.community.anonymous_allowed) == ("", False)
    assert Detail.objects.filter(noun_id=here.community.pk, verb="settle").count() == 1


@pytest.mark.parametrize("hours", ["9-12", "12:00-09:00", "08:00-12:00\n11:00-15:00", "25:00-26:00"])
def test_hours_that_cannot_be_say_what_would_work(client, here, hours):
    answer = client.post("/baocui/settings/", {"name": "宝翠花都", "hours": hours, "holidays": "cn"})
    assert answer.status_code == 422
    here.community.refresh_from_db()
    assert here.community.hours == []


def test_a_sheet_has_the_chosen_plates_in_both_languages(client, here):
    doors, house = entrances(here.community), buildings(here.community)[0]
    spot = actions.add_spot(here.community, "东门路灯", "lamp", lon=WEST + 0.0003, lat=SOUTH + 0.0003)
    page = client.get(f"/baocui/plates/sheet/?b={house.pk}&s={spot.pk}").content.decode()
    assert page.count('class="s-plate"') == 3
    assert f"/baocui/e/{doors[0].code}/" in page
    assert f"/baocui/s/{spot.code}/" in page
    assert "Something broken or dirty here?" in page
    assert page.count("<svg") == 3
    assert client.get("/baocui/plates/sheet/?all=1").content.decode().count('class="s-plate"') == 4
    assert client.get("/baocui/plates/sheet/").status_code == 422


def test_the_code_at_a_spot_leads_to_the_report_page_with_its_point(client, here):
    spot = actions.add_spot(here.community, "东门路灯", "lamp", lon=117.1003, lat=39.1953)
    answer = client.get(f"/baocui/s/{spot.code.lower()}/")
    assert answer["Location"] == "/baocui/report/?lon=117.1003&lat=39.1953&s=" + spot.code
    assert client.get("/baocui/s/NOSPOT/").status_code == 404
    assert client.get(f"/baocui/places/spot/{spot.pk}/qr.svg").content.startswith(b"<svg")
    page = client.get(answer["Location"])
    assert 'name="lon" value="117.1003"' in page.content.decode()


def test_spots_are_on_the_map(client, here):
    spot = actions.add_spot(here.community, "东门路灯", "lamp", lon=117.1003, lat=39.1953)
    features = json.loads(client.get("/baocui/places.json").content)["features"]
    assert [one["id"] for one in features if one["properties"]["kind"] == "spot"] == [str(spot.pk)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("1栋2单元", "1号楼 2门"),
        ("building 2 entrance 1", "2号楼 1门"),
        ("2号楼", "2号楼"),
        ("路灯", "东门路灯"),
        ("第2", "第2网格"),
    ],
)
def test_places_are_searched_as_people_write_them(client, here, text, first):
    actions.add_spot(here.community, "东门路灯", "lamp", lon=117.1003, lat=39.1953)
    hits = queries.search_places(here.community, text)
    assert hits[0].name == first
    assert len(hits) <= 10
    assert first in client.get("/baocui/places/", {"q": text}).content.decode()
    found = client.get("/api/v1/baocui/places", {"q": text}).json()["items"]
    assert found[0]["name"] == first


def test_dwellings_are_found_only_by_who_keeps_the_register(client, here):
    house = buildings(here.community)[0]
    actions.add_dwelling(house, "1201", entrance=entrances(here.community)[0])
    assert "1201" in [hit["name"].split()[-1] for hit in client.get("/api/v1/baocui/places?q=1-1-1201").json()["items"]]
    sign_in(client, here.resident)
    assert "1201" not in str(client.get("/api/v1/baocui/places?q=1201").json())


def test_a_search_that_finds_nothing_says_what_to_do(client, here):
    assert "Try only the building" in client.get("/baocui/places/?q=天空").content.decode()


@pytest.mark.story("B1")
def test_a_place_knows_what_is_above_below_and_beside_it(here):
    house, door = buildings(here.community)[0], entrances(here.community)[0]
    shown = queries.place(here.community, "building", house.pk)
    assert [one.name for one in shown.above] == ["第1网格"]
    assert [one.name for one in shown.children] == ["1门", "2门"]
    assert [one.name for one in shown.beside] == ["2号楼"]
    assert [str(one) for one in queries.place(here.community, "entrance", door.pk).above] == ["第1网格", "1号楼"]
    assert queries.place(here.community, "grid", house.pk) is None
    assert queries.place(make_community("elsewhere"), "building", house.pk) is None


def test_divisions_are_read_by_programs(client, here):
    top = actions.add_division("天津市", 1)
    actions.add_division("北辰区", 3, parent=top)
    assert [one["name"] for one in client.get("/api/v1/baocui/divisions").json()["items"]] == ["天津市"]
    assert [one["name"] for one in client.get(f"/api/v1/baocui/divisions?in={top.pk}").json()["items"]] == ["北辰区"]
    assert [one["name"] for one in client.get("/api/v1/baocui/divisions?q=北").json()["items"]] == ["北辰区"]
