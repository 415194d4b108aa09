"""Adding one building, entrance, dwelling or spot by hand."""

import pytest
from django.urls import reverse

from mulin.cases.tests.browsing import cookie_of, shown
from mulin.cases.tests.factories import town
from mulin.territory.models import Building, Dwelling, Entrance, Spot

from .factories import in_grid

__all__ = ["town"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def see(client, town):
    """Open or send the page as someone, in English."""

    def visit(kind, *, by=None, data=None):
        client.cookies["language"] = "en"
        client.cookies["mulin"] = cookie_of(by or town.worker)
        url = reverse("territory:place_new", args=[town.community.slug, kind])
        return client.get(url) if data is None else client.post(url, data)

    return visit


def test_places_are_added_by_hand(see, town):
    lon, lat = in_grid(1)
    see("building", data={"name": "9号楼", "number": "9", "lon": str(lon), "lat": str(lat)})
    building = Building.objects.get(community=town.community, name="9号楼")
    see("entrance", data={"building": building.pk, "name": "1门"})
    entrance = Entrance.objects.get(building=building)
    sent = {"building": building.pk, "entrance": entrance.pk, "name": "101", "area": "89.5", "use": "home"}
    assert see("dwelling", data=sent).status_code == 302
    assert Dwelling.objects.get().area == 8950
    typed = {"name": "灯", "kind": "lamp", "longitude": str(lon), "latitude": str(lat)}
    assert see("spot", data=typed).status_code == 302
    assert Spot.objects.get().kind == "lamp"


def test_what_does_not_fit_by_hand_is_said(see, town):
    assert "Tap the map" in shown(see("spot", data={"name": "灯", "kind": "lamp"}))
    assert see("castle").status_code == 404
    building = Building.objects.filter(community=town.community).first()
    sent = {"building": building.pk, "name": "101", "area": "big", "use": "home"}
    assert "This is no area" in shown(see("dwelling", data=sent))
    sent["area"] = ""
    see("dwelling", data=sent)
    assert "here already" in shown(see("dwelling", data=sent))
    assert "Add a dwelling" in shown(see("dwelling"))


def test_only_a_keeper_of_places_sees_the_page(see, town):
    assert see("building").status_code == 200
    for by in (town.resident, town.officer):
        assert see("building", by=by).status_code == 404
