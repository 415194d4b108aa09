"""The desk connects, tries and maps on pages and over the API; officers send cases on and decide."""

import json

import pytest

from mulin.cases.models import Case
from mulin.cases.tests.callers import Caller
from mulin.entry.tests.factories import sign_in
from mulin.forwarding import actions
from mulin.forwarding.models import Connection, Errand, Forwarding
from mulin.journal.models import Detail
from mulin.kernel.worker import read_on
from mulin.news.models import Notification

from .test_forwarding import POSTED, lamp, later, rows, send, standing

ASKED = {"name": "City works", "url": "https://city.example/open311/v2/services.json", "form": "json", "key": "secret"}


@pytest.fixture
def desk(client, town):
    sign_in(client, town.worker)
    return client


def test_a_server_is_connected_mapped_and_tried_on_pages(desk, town, stranger):
    base = "/baocui/forwarding/"
    assert "no other server is connected" in desk.get(base).content.decode()
    page = desk.post(f"{base}connections/new/", {**ASKED, "url": f"{stranger.url}/services.json"}, follow=True)
    assert page.status_code == 200
    made = Connection.objects.get()
    assert (made.url, made.key) == (stranger.url, "secret")
    assert "secret" not in page.content.decode()
    at = made.get_absolute_url()
    desk.post(f"{at}map_category/", {"category": "lamp", "service_code": "L1", "attributes": "a=b\nc = d"})
    shown = desk.get(at).content.decode()
    assert "L1" in shown
    assert "a=b" in shown
    stranger.answers("GET /services.json", rows({"service_code": "L1", "service_name": "Street <lights>"}))
    tried = desk.post(f"{at}test/").content.decode()
    assert "offers 1 service" in tried
    assert "Street &lt;lights&gt;" in tried
    stranger.answers("GET /services.json", (500, b""))
    assert "does not answer" in desk.post(f"{at}test/").content.decode()
    assert not Errand.objects.exists()
    desk.post(f"{at}unmap_category/", {"category": "lamp"})
    assert "No category goes there" in desk.get(at).content.decode()
    desk.post(f"{at}end/")
    assert "City works" in desk.get(f"{base}?show=ended").content.decode()


@pytest.mark.parametrize("url", ["http://city.example/", "https://u:p@x.example/", "https://x.example/?a=1", "x"])
def test_an_address_that_will_not_do_is_refused_with_a_sentence(desk, town, url):
    page = desk.post("/baocui/forwarding/connections/new/", {**ASKED, "url": url})
    assert page.status_code == 422
    assert not Connection.objects.exists()


def test_the_desks_pages_are_not_there_for_others(client, town):
    sign_in(client, town.resident)
    assert client.get("/baocui/forwarding/").status_code == 404
    assert client.get("/baocui/forwarding/connections/new/").status_code == 403
    case = lamp(town)
    assert client.get(f"/baocui/forwarding/new/?case={case.pk}").status_code == 403
    assert client.get("/baocui/forwarding/new/?case=x").status_code == 404


def test_a_case_is_sent_on_and_solved_by_them_on_pages(desk, town, stranger, connected):
    case = lamp(town)
    page = desk.get(case.get_absolute_url()).content.decode()
    assert f"/baocui/forwarding/new/?case={case.pk}" in page
    form = desk.get(f"/baocui/forwarding/new/?case={case.pk}").content.decode()
    assert "City works" in form
    sent = {"case": case.pk, "connection": connected.pk, "words": "The lamp is out."}
    assert desk.post("/baocui/forwarding/new/", sent).status_code == 302
    made = Forwarding.objects.get()
    stranger.answers(POSTED, rows({"service_request_id": "77"}))
    actions.do_errands()
    assert "77" in desk.get(case.get_absolute_url()).content.decode()
    closed = {"service_request_id": "77", "status": "closed", "status_notes": "Bulb <replaced>"}
    stranger.answers("GET /requests/77.json", rows(closed))
    later()
    assert "Bulb &lt;replaced&gt;" in desk.get(case.get_absolute_url()).content.decode()
    shown = desk.get(made.get_absolute_url()).content.decode()
    assert "You decide" in shown
    desk.post(f"{made.get_absolute_url()}take_over/", {"cause": "Old", "remedy": "Bulb replaced"})
    assert Case.objects.get().state == "solved"


def test_the_reporter_sees_that_it_was_sent_on(client, town, stranger, connected):
    made = send(town, connected)
    sign_in(client, town.resident)
    page = client.get(made.case.get_absolute_url()).content.decode()
    assert "City works" in page
    assert made.get_absolute_url() not in page
    assert client.get(made.get_absolute_url()).status_code == 404


def test_who_is_in_charge_hears_of_news(town, stranger, connected, django_capture_on_commit_callbacks):
    stranger.answers(POSTED, rows({"service_request_id": "77"}))
    made = send(town, connected)
    actions.do_errands()
    stranger.answers("GET /requests/77.json", rows({"service_request_id": "77", "status": "closed"}))
    later()
    while read_on():
        pass
    told = Notification.objects.filter(noun_id=made.pk)
    assert [each.verb for each in told] == ["finish"]


def test_programs_of_our_own_send_cases_on_too(town, stranger, connected):
    desk, case = Caller(town, town.worker), lamp(town)
    asked = {"case": str(case.pk), "connection": str(connected.pk), "words": "The lamp is out."}
    made = desk.post("/forwardings", asked)
    assert made.status_code == 201, made.content
    assert (made.json()["state"], made.json()["case_number"]) == ("waiting", case.number)
    assert desk.post("/forwardings", asked).json()["error"]["code"] == "sent_already"
    stranger.answers(POSTED, rows({"service_request_id": "77"}))
    actions.do_errands()
    found = desk.get(f"/forwardings?case={case.number}").json()["items"][0]
    assert (found["state"], found["remote_id"]) == ("sent", "77")
    gone = desk.post(f"/forwardings/{found['id']}/give_up")
    assert gone.json()["state"] == "failed"
    resident = Caller(town, town.resident)
    assert resident.get("/forwardings").json()["items"] == []
    assert resident.get(f"/forwardings/{found['id']}").status_code == 404
    assert resident.post("/forwardings", asked).status_code == 403


def test_connections_are_kept_over_the_api_without_ever_showing_a_key(town):
    desk = Caller(town, town.worker, scopes=["open311"])
    made = desk.post("/connections", {**ASKED, "jurisdiction": "city"})
    assert made.status_code == 201, made.content
    shown = made.json()
    assert (shown["url"], shown["format"]) == ("https://city.example/open311/v2", "json")
    assert "secret" not in json.dumps(shown)
    mapped = desk.post(f"/connections/{shown['id']}/map_category", {"category": "lamp", "service_code": "L"})
    assert mapped.status_code == 200, mapped.content
    assert desk.post("/connections", {**ASKED, "jurisdiction": "city"}).json()["error"]["code"] == "has_it"
    assert Caller(town, town.resident).get("/connections").json()["items"] == []


def test_a_note_of_the_system_is_one_that_nobody_else_can_write(town, stranger, connected):
    stranger.answers(POSTED, rows({"service_request_id": "7"}))
    made = send(town, connected)
    actions.do_errands()
    stranger.answers("GET /requests/7.json", rows({"service_request_id": "7", "status": "open"}))
    later()
    note = Detail.objects.get(noun_id=made.case_id, verb="note")
    assert note.actor == "system"
    assert standing(made).heard_at is not None
