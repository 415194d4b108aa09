"""The pages and addresses of entries that may be one person."""

import json

import pytest

from mulin.entry.tests.factories import sign_in
from mulin.joining import actions
from mulin.joining.models import Joining
from mulin.kernel.worker import drain
from mulin.news.models import Notification
from mulin.people import actions as people
from mulin.people.models import AccessLine, Person

PHONE = "13912340002"


@pytest.fixture
def entry(homes):
    people.correct(homes.person(homes.resident), by=homes.keeper, phone=PHONE)
    return Person.objects.get(pk=_same(homes).pk)


def _same(homes):
    made = homes.someone("Wang", "13912340009")
    return people.correct(made, by=homes.keeper, phone=PHONE)


def as_(client, viewer):
    sign_in(client, viewer)
    return client


def test_a_pair_is_listed_proposed_and_joined_by_another(client, homes, entry):
    resident = homes.resident.person_id
    as_(client, homes.keeper)
    page = client.get("/baocui/joining/").content.decode()
    assert "Same name and number" in page
    new = f"/baocui/joining/new/?stays={resident}&gone={entry.pk}"
    assert f"?stays={entry.pk}&amp;gone={resident}" in client.get(new).content.decode()  # the other way round
    answer = client.post(new, {"stays": resident, "gone": entry.pk})
    joining = Joining.objects.get()
    assert answer.url == f"/baocui/joining/{joining.pk}/"
    assert "You proposed this" in client.get(answer.url).content.decode()
    assert client.post(f"{answer.url}join/").status_code == 403
    as_(client, homes.town.worker_two)
    shown = client.get(answer.url).content.decode()
    assert "One person, two entries?" in shown
    seen = client.get(f"{answer.url}join/").content.decode().partition('name="seen" value="')[2][:16]
    assert client.post(f"{answer.url}join/", {"seen": seen}).status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.joined_into_id) == ("joined", resident)
    assert "joined to another one" in client.get(f"/baocui/people/persons/{entry.pk}/").content.decode()
    assert AccessLine.objects.filter(subject=resident, what="joining").exists()


def test_the_other_entry_is_looked_for_from_the_page_of_a_person(client, homes, entry):
    as_(client, homes.keeper)
    resident = homes.resident.person_id
    assert f"/joining/new/?stays={resident}" in client.get(f"/baocui/people/persons/{resident}/").content.decode()
    new = f"/baocui/joining/new/?stays={resident}"
    assert client.post(new, {"stays": resident, "name": "Wang", "phone": PHONE}).status_code == 302
    assert Joining.objects.get().gone_id == entry.pk


def test_two_persons_are_told_apart_with_one_tap(client, homes, entry):
    as_(client, homes.keeper)
    answer = client.post("/baocui/joining/apart/", {"stays": homes.resident.person_id, "gone": entry.pk})
    assert answer.url == "/baocui/joining/"
    assert "Nobody seems to be entered twice" in client.get(answer.url).content.decode()


def test_the_person_who_is_asked_reads_nothing_of_the_other_entry(client, homes):
    joining = actions.propose(
        by=homes.keeper, community=homes.community, stays=homes.person(homes.resident),
        gone=homes.person(homes.neighbour),
    )  # fmt: skip
    as_(client, homes.neighbour)
    page = client.get(f"/baocui/joining/{joining.pk}/").content.decode()
    assert "Are you in the register twice?" in page
    assert "Wang" not in page
    assert client.post(f"/baocui/joining/{joining.pk}/agree/").status_code == 302
    assert Joining.objects.get().agreed_at
    assert client.get("/baocui/joining/").status_code == 403


def test_strangers_find_nothing(client, homes, entry):
    joining = actions.propose(
        by=homes.keeper, community=homes.community, stays=homes.person(homes.resident), gone=entry
    )
    assert client.get(f"/baocui/joining/{joining.pk}/").status_code == 404
    as_(client, homes.neighbour)
    assert client.get(f"/baocui/joining/{joining.pk}/").status_code == 404


def test_through_the_api(client, homes, entry):
    as_(client, homes.keeper)
    token = {"X-CSRFToken": client.get("/api/v1/baocui/me").json()["csrf_token"]}

    def post(address, body):
        return client.post(f"/api/v1/baocui/{address}", json.dumps(body), "application/json", headers=token)

    pair = client.get("/api/v1/baocui/doubles?why=both").json()["items"][0]
    assert (pair["stays"], pair["gone"]) == (str(homes.resident.person_id), str(entry.pk))
    homes.own(0, person=entry)
    made = post("joinings", {"stays": pair["stays"], "gone": pair["gone"]})
    assert made.status_code == 201, made.content
    one = made.json()
    assert [(each["of"], each["what"]) for each in one["gives"]] == [("gone", "Ownership")]
    assert post(f"joinings/{one['id']}/join", {"seen": one["seen"]}).status_code == 403
    as_(client, homes.town.worker_two)
    token["X-CSRFToken"] = client.get("/api/v1/baocui/me").json()["csrf_token"]
    assert post(f"joinings/{one['id']}/join", {"seen": one["seen"]}).json()["state"] == "joined"
    as_(client, homes.resident)
    assert client.get("/api/v1/baocui/doubles").status_code == 403


def test_the_person_hears_of_it(homes, entry):
    joining = actions.propose(
        by=homes.keeper, community=homes.community, stays=homes.person(homes.resident), gone=entry
    )
    actions.join(joining, by=homes.town.worker_two)
    drain()
    assert Notification.objects.filter(account=homes.resident.account_id, noun_id=joining.pk).exists()
