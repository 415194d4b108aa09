"""Webhooks on pages and over the API: for whoever keeps the records, and nobody else."""

import re
from datetime import timedelta

import pytest

from mulin.cases.tests.callers import Caller
from mulin.entry.tests.factories import sign_in
from mulin.kernel import clock
from mulin.kernel.clock import now
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import tick
from mulin.people.models import Person
from mulin.webhooks import actions
from mulin.webhooks.models import Delivery, Feed, Webhook

ASKED = {"name": "Board", "url": "https://board.example/in?t=1", "events": ["cases.case.solve"]}


@pytest.fixture
def worker(town):
    return Caller(town, town.worker)


def test_a_webhook_is_made_and_its_secret_is_shown_once(town, worker):
    made = worker.post("/webhooks", ASKED)
    assert made.status_code == 201, made.content
    shown = made.json()
    assert made["Location"] == shown["href"]
    assert shown["secret"].startswith("whsec_")
    again = worker.get(f"/webhooks/{shown['id']}").json()
    assert (again["secret"], again["url"], again["events"]) == (None, ASKED["url"], ASKED["events"])
    renewed = worker.post(f"/webhooks/{shown['id']}/renew").json()
    assert renewed["secret"] not in (None, shown["secret"])
    listed = worker.get(f"/webhooks/{shown['id']}/deliveries?state=waiting").json()["items"]
    assert [each["event"] for each in listed] == ["ping"]


def test_others_do_not_even_learn_that_it_is_there(town):
    made = actions.make(by=town.worker, community=town.community, **ASKED)
    resident = Caller(town, town.resident)
    assert resident.get("/webhooks").json()["items"] == []
    for path in (f"/webhooks/{made.pk}", f"/webhooks/{made.pk}/deliveries"):
        assert resident.get(path).status_code == 404
    assert resident.post("/webhooks", ASKED).status_code == 403


@pytest.mark.parametrize(
    "url", ["http://board.example/", "ftp://x.example/", "https://", "https://u:p@x.example/", "https://x/#a", "x"]
)
def test_an_address_that_will_not_do_is_refused_with_a_sentence(worker, url):
    answer = worker.post("/webhooks", {**ASKED, "url": url})
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (422, ["url"])


def test_the_scope_webhooks_opens_just_that(town):
    program = Caller(town, town.worker, scopes=["webhooks"])
    assert program.post("/webhooks", ASKED).status_code == 201
    assert program.get("/webhooks").status_code == 200
    refused = program.get("/cases").json()["error"]
    assert (refused["code"], "cases:read, read" in refused["message"]) == ("scope", True)


def test_an_address_has_one_webhook(town):
    actions.make(by=town.worker, community=town.community, **ASKED)
    with pytest.raises(Refused, match="already"):
        actions.make(by=town.worker, community=town.community, **ASKED)


def test_an_address_that_never_answers_is_not_kept(town):
    made = actions.make(by=town.worker, community=town.community, **ASKED)
    with pytest.raises(Refused, match="trial message"):
        actions.start(made, by=town.worker)
    clock.advance(timedelta(days=8))
    tick()
    made.refresh_from_db()
    assert made.state == "ended"


def test_it_ends_by_itself_after_a_year(town, webhook):
    clock.set(now() + timedelta(days=366))
    tick()
    webhook.refresh_from_db()
    assert webhook.state == "ended"


def test_the_pages_make_one_show_what_was_sent_and_send_it_again(town, client):
    sign_in(client, Person.objects.get(pk=town.worker.person_id))
    client.cookies["language"] = "en"
    base = f"/{town.community.slug}/webhooks/"
    assert "No other program" in client.get(base).content.decode()
    page = client.post(f"{base}new/", ASKED).content.decode()
    secret = re.search(r"whsec_[\w+/=]+", page)[0]
    made = Webhook.objects.get()
    shown = client.get(f"{base}{made.pk}/").content.decode()
    assert secret not in shown
    assert "Trial message" in shown
    assert "Board" in client.get(f"{base}?show=open").content.decode()
    sent = Delivery.objects.get()
    Feed.objects.update(lease=made.pk)
    actions.record(made, sent, actions.sending.Reply(204), lease=made.pk)
    client.post(f"{base}{made.pk}/again/", {"delivery": sent.pk})
    sent.refresh_from_db()
    assert sent.state == "waiting"
    assert "whsec_" in client.post(f"{base}{made.pk}/renew/").content.decode()
    assert client.post(f"{base}{made.pk}/pause/").status_code == 302
    assert client.get(f"{base}{made.pk}/replay/").status_code == 200


def test_the_pages_are_not_there_for_others(town, client):
    sign_in(client, Person.objects.get(pk=town.resident.person_id))
    base = f"/{town.community.slug}/webhooks/"
    assert client.get(base).status_code == 404
    assert client.get(f"{base}new/").status_code == 403


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_people_who_write_programs_find_every_operation(client, db, language):
    client.cookies["language"] = language
    overview = client.get("/developers/").content.decode()
    assert '/developers/webhooks/"' in overview
    page = client.get("/developers/webhooks/").content.decode()
    assert 'id="make_webhooks"' in page
    assert "webhooks:write" in page
    assert "WebhookShown" in page
    assert client.get("/developers/nothing/").status_code == 404
