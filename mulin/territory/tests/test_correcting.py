"""Setting one place right, by hand and by a program: with a line in the log, and never into a double."""

import json

import pytest

from mulin.cases.tests.callers import Caller
from mulin.entry.tests.factories import sign_in
from mulin.households.tests.factories import homes
from mulin.journal.models import Detail
from mulin.kernel.refusals import Refused
from mulin.territory import actions
from mulin.territory.models import Dwelling, Entrance

__all__ = ["homes"]


def line_of(place):
    return json.loads(Detail.objects.filter(noun_id=place.pk).latest("seq").body)


def test_a_dwelling_is_set_right_on_its_page(client, homes):
    door = homes.doors[0]
    sign_in(client, homes.keeper)
    page = client.get(f"/baocui/places/dwelling/{door.pk}/correct/").content.decode()
    assert 'value="89.50"' in page
    sent = {"name": "103", "entrance": door.entrance_id, "floor": "2", "area": "91.25", "use": "office"}
    answer = client.post(f"/baocui/places/dwelling/{door.pk}/correct/", sent)
    assert answer.url == f"/baocui/households/doors/{door.pk}/"
    kept = Dwelling.objects.get(pk=door.pk)
    assert (kept.name, kept.floor, kept.area, kept.use) == ("103", 2, 9125, "office")
    line = line_of(door)
    assert (line["verb"], sorted(line["details"]["changed"])) == ("correct", ["area", "floor", "name", "use"])
    assert "9125" not in json.dumps(line)
    assert f"/places/dwelling/{door.pk}/correct/" in client.get(answer.url).content.decode()


def test_two_doors_of_one_name_are_refused_beside_the_field(client, homes):
    first, second, _third = homes.doors
    sign_in(client, homes.keeper)
    sent = {"name": second.name, "entrance": first.entrance_id, "floor": "1", "area": "", "use": "home"}
    answer = client.post(f"/baocui/places/dwelling/{first.pk}/correct/", sent)
    assert answer.status_code == 409
    assert "There is one of this name already: 102." in answer.content.decode()
    assert Dwelling.objects.get(pk=first.pk).name == "101"


def test_nothing_changed_writes_no_line(homes):
    before = Detail.objects.count()
    actions.correct_place(homes.doors[0], by=homes.keeper, name="101", floor=1)
    assert Detail.objects.count() == before


def test_a_building_that_was_moved_finds_its_grid_again(homes):
    house = homes.house
    kept = actions.correct_place(house, by=homes.keeper, lon=0.0, lat=0.0)
    assert kept.grid_id is None
    assert actions.correct_place(kept, by=homes.keeper, lon=house.lon, lat=house.lat).grid_id == house.grid_id


def test_an_entrance_keeps_the_code_on_its_plate(homes):
    entrance = homes.entrance
    kept = actions.correct_place(entrance, by=homes.keeper, name="East")
    assert (kept.name, kept.code) == ("East", entrance.code)


def test_a_door_does_not_move_to_an_entrance_of_another_building(homes):
    elsewhere = Entrance.objects.exclude(building=homes.house).filter(community=homes.community).first()
    with pytest.raises(Refused, match="belongs to another building"):
        actions.correct_place(homes.doors[0], by=homes.keeper, entrance=elsewhere)


def test_only_who_keeps_the_places_sets_them_right(client, homes):
    with pytest.raises(Refused, match="who keeps the places"):
        actions.correct_place(homes.doors[0], by=homes.neighbour, name="9")
    sign_in(client, homes.neighbour)
    assert client.get(f"/baocui/places/dwelling/{homes.doors[0].pk}/correct/").status_code == 403
    assert Caller(homes.town, homes.neighbour).get(f"/places/dwelling/{homes.doors[0].pk}").status_code == 404


def test_a_program_sends_only_what_is_wrong(homes):
    door, keeper = homes.doors[0], Caller(homes.town, homes.keeper)
    shown = keeper.get(f"/places/dwelling/{door.pk}").json()
    assert (shown["name"], shown["area"], shown["floor"]) == ("101", "89.50", 1)
    answer = keeper.post(f"/places/dwelling/{door.pk}", {"floor": 3})
    assert (answer.status_code, answer.json()["floor"], answer.json()["area"]) == (200, 3, "89.50")
    assert keeper.post(f"/places/dwelling/{door.pk}", {"name": "102"}).json()["error"]["code"] == "name_taken"
    assert keeper.post(f"/places/dwelling/{door.pk}", {"floors": 3}).status_code == 422
    assert keeper.get(f"/places/grid/{homes.house.grid_id}").status_code == 404
