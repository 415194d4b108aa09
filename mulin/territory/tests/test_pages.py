"""The open pages of places."""

import json

import pytest

from mulin.territory import actions
from mulin.territory.queries import community_by_slug

from .factories import entrances, make_community

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return make_community()


def test_a_plate_leads_to_the_report_page_with_its_place(client, community):
    code = entrances(community)[0].code
    answer = client.get(f"/baocui/e/{code.lower()}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/baocui/report/?e={code}")


def test_an_unknown_plate_says_what_would_work(client, community):
    answer = client.get("/baocui/e/NOPLATE/")
    assert answer.status_code == 404
    assert "NOPLATE" in answer.content.decode()


def test_the_places_are_one_collection_for_maps(client, community):
    answer = client.get("/baocui/places.json")
    kinds = [feature["properties"]["kind"] for feature in json.loads(answer.content)["features"]]
    assert kinds == ["grid"] * 2 + ["building"] * 2 + ["entrance"] * 3
    assert answer["Cache-Control"] == "public, no-cache"


def test_places_that_did_not_change_are_not_sent_again(client, community):
    tag = client.get("/baocui/places.json")["ETag"]
    answer = client.get("/baocui/places.json", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_a_plate_can_be_printed(client, community):
    answer = client.get(f"/baocui/places/entrance/{entrances(community)[0].pk}/qr.svg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert answer.content.startswith(b"<svg")


def test_an_entrance_of_another_community_has_no_plate_here(client, community):
    other = entrances(make_community("elsewhere"))[0]
    assert client.get(f"/baocui/places/entrance/{other.pk}/qr.svg").status_code == 404
    assert client.get(f"/baocui/e/{other.code}/").status_code == 404


def test_there_are_no_places_in_no_community(client, community):
    assert client.get("/nowhere/places.json").status_code == 404


def test_a_community_is_there_as_soon_as_it_is_founded(client):
    assert client.get("/baocui/places.json").status_code == 404
    make_community()
    assert client.get("/baocui/places.json").status_code == 200


def test_a_new_border_counts_at_once(community):
    assert community_by_slug("baocui").boundary == community.boundary
    actions.draw_boundary(community, None)
    assert community_by_slug("baocui").boundary is None
