"""Mediation on pages and for programs: the whole way, and what is nobody else's."""

from datetime import timedelta

import pytest
from django.test import Client

from mulin.cases.tests.callers import browser, caller
from mulin.kernel import clock
from mulin.mediation import actions
from mulin.mediation.models import Mediation

from .walks import KEPT, now

pytestmark = pytest.mark.django_db


def day(days):
    return (clock.now() + timedelta(days=days)).date().isoformat()


def press(client, mediation, verb, **given):
    """Send the form of a move from the page."""
    answer = client.post(f"{mediation.get_absolute_url()}{verb}/", {"version": now(mediation).version, **given})
    assert answer.status_code == 302, (verb, answer.content.decode()[-3000:])


def text_of(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.story("C9")
@pytest.mark.story("H12")
@pytest.mark.story("L13")
def test_two_neighbours_settle_it_on_pages(table):
    town = table.town
    case, slug = town.report(), town.community.slug
    asker, other, mediator = browser(town.resident), browser(town.neighbour), browser(table.mediator)
    assert "Ask for mediation" in text_of(asker, case.get_absolute_url())
    asked = {"kind": "noise", "matter": "Drilling at night", "other_name": "Zhao", "case": case.pk}
    assert asker.post(f"/{slug}/mediation/new/?case={case.pk}", asked).status_code == 302
    mediation = Mediation.objects.get()
    url, code = mediation.get_absolute_url(), mediation.side(2).code
    assert code in text_of(asker, url)
    assert other.post(f"/{slug}/mediation/enter/", {"code": code}).status_code == 302
    press(other, mediation, "agree")
    press(asker, mediation, "propose", person=table.mediator.person_id)
    assert "Ma" in text_of(other, url)
    press(other, mediation, "choose", person=table.mediator.person_id)
    assert mediator.post(f"{url}take_on/", {"version": now(mediation).version}).status_code == 422
    press(mediator, mediation, "take_on", no_conflict="on")
    press(mediator, mediation, "plan", at=f"{day(2)}T19:00", place="Room 2")
    press(mediator, mediation, "hold", came="Both", summary="Both spoke.", notes="Not for others")
    press(mediator, mediation, "draft", text=KEPT, first_on=day(10))
    page = text_of(asker, url)
    assert KEPT in page
    assert "Not for others" not in page
    for client in (asker, other):
        press(client, mediation, "confirm", fingerprint=now(mediation).agreement.fingerprint)
    assert now(mediation).state == "settled"
    sheet = text_of(other, f"{url}agreement/")
    assert now(mediation).agreement.short in sheet
    clock.set(clock.now() + timedelta(days=11))
    press(asker, mediation, "note_kept")
    assert now(mediation).state == "kept"


@pytest.mark.story("C9")
@pytest.mark.story("H12")
@pytest.mark.story("L13")
def test_programs_settle_it_too(table):
    town = table.town
    asker, other, mediator = (caller(town, each) for each in (town.resident, town.neighbour, table.mediator))
    address = f"/api/v1/{town.community.slug}/mediations"
    asked = {"kind": "firm", "matter": "The sewer is blocked", "other_name": "Zhao"}
    made = asker.post(address, asked, content_type="application/json")
    assert made.status_code == 201, made.content
    own = f"{address}/{made.json()['id']}"
    code = asker.get(f"{own}/table").json()["sides"][1]["code"]
    entered = other.post(f"{address}/enter", {"code": code}, content_type="application/json")
    assert entered.json()["id"] == made.json()["id"]
    again = other.post(f"{address}/enter", {"code": code}, content_type="application/json")
    assert again.json()["error"]["code"] == "unknown_code"

    def send(client, verb, **given):
        answer = client.post(f"{own}/{verb}", given, content_type="application/json")
        assert answer.status_code == 200, (verb, answer.content)
        return answer.json()

    send(other, "agree")
    send(asker, "propose", person=str(table.mediator.person_id))
    send(other, "choose", person=str(table.mediator.person_id))
    assert send(mediator, "take_on", no_conflict=True)["state"] == "in_session"
    send(asker, "pause", days=3)
    send(asker, "resume")
    send(mediator, "plan", at=f"{day(2)}T19:00:00+08:00", place="Room 2")
    send(mediator, "hold", came="Both", summary="The firm pays half.", notes="Not for others")
    send(mediator, "draft", text="The firm pays half.", first_on=day(10))
    read = other.get(f"{own}/table").json()
    assert (read["sessions"][0]["summary"], read["sessions"][0]["notes"]) == ("The firm pays half.", None)
    assert mediator.get(f"{own}/table").json()["sessions"][0]["notes"] == "Not for others"
    for client in (asker, other):
        last = send(client, "confirm", fingerprint=read["agreement"]["fingerprint"])
    assert (last["state"], last["role"]) == ("settled", "two")
    assert send(other, "report_breach", words="Nothing was paid.")["state"] == "chosen"
    assert Client().get(f"/api/v1/{town.community.slug}/mediation-figures").json()["whole"]["asked"] is None


def test_for_everybody_else_it_does_not_exist(table):
    mediation, town = table.settled(), table.town
    session = mediation.sessions[0]
    url, own = mediation.get_absolute_url(), f"/api/v1/{town.community.slug}/mediations/{mediation.pk}"
    for viewer in (town.officer, town.worker, town.person("Sun", "sun")):
        client = browser(viewer)
        for path in (url, f"{url}agreement/", f"{url}sessions/{session.pk}/", f"{url}withdraw/"):
            assert client.get(path).status_code == 404, (viewer.name, path)
        api = caller(town, viewer)
        assert api.get(own).status_code == api.get(f"{own}/table").status_code == 404
        assert api.post(f"{own}/withdraw", {}, content_type="application/json").status_code == 404
    assert Client().get(url).status_code == 404


def test_the_notes_are_the_mediators_alone(table):
    mediation = table.met()
    path = f"{mediation.get_absolute_url()}sessions/{mediation.sessions[0].pk}/"
    assert "father is ill" in text_of(browser(table.mediator), path)
    for viewer in (table.town.resident, table.town.neighbour):
        page = text_of(browser(viewer), path)
        assert "Both spoke." in page
        assert "father is ill" not in page


def test_a_desk_that_may_know_of_it_reads_where_it_stands_and_no_word(table):
    mediation = table.settled()
    for by in (table.town.resident, table.town.neighbour):
        mediation = now(actions.show_desk(mediation, by=by))
    client, url = browser(table.town.worker), mediation.get_absolute_url()
    page = text_of(client, url)
    assert "Settled" in page
    assert not any(word in page for word in ("Drilling", KEPT, "Zhao", "Wang", "Room 2", "Ma<"))
    assert client.get(f"{url}agreement/").status_code == 404
    shown = caller(table.town, table.town.worker).get(
        f"/api/v1/{table.town.community.slug}/mediations/{mediation.pk}"
    ).json()  # fmt: skip
    assert (shown["role"], shown["matter"]) == ("desk", None)


def test_lists_counts_and_the_table_of_counts_open(table):
    mediation, slug = table.met(), table.town.community.slug
    assert "Noise" in text_of(browser(table.town.resident), f"/{slug}/mediation/")
    assert mediation.get_absolute_url() in text_of(browser(table.mediator), f"/{slug}/mediation/")
    for chosen in ("mine", "desk", "over"):
        assert "Drilling" not in text_of(browser(table.town.worker), f"/{slug}/mediation/?list={chosen}")
    assert "&lt;5" in text_of(Client(headers={"accept-language": "en"}), f"/{slug}/mediation/figures/")
    assert "<5" in Client().get(f"/{slug}/mediation/figures.csv").content.decode()
    assert Client().get(f"/{slug}/mediation/").status_code == 302
