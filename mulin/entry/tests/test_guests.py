"""Guests by phone code: known for 30 days, signed in for one; they report and follow, and join when they like."""

import re
from datetime import timedelta

import pytest

from mulin.cases import rules
from mulin.entry.models import Guest, SignIn
from mulin.entry.tests.factories import sign_in
from mulin.factors.tests.helpers import with_app
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.participation.models import Affiliation, Registration
from mulin.people import actions
from mulin.people import queries as people
from mulin.people.models import Account, Person
from mulin.people.tests import factories
from mulin.territory.tests.factories import make_community

PHONE = "13912340000"


@pytest.fixture(autouse=True)
def shown(settings):
    settings.DEMO = True  # the code stands on the page


@pytest.fixture
def lane(db):
    return make_community("doors")


def ask(client, phone=PHONE, name="快递小李", wish=""):
    return client.post(f"/doors/guest/?next={wish}", {"name": name, "target": phone})


def enter(client):
    code = re.search(r"\b\d{6}\b", client.get("/doors/guest/check/").content.decode())[0]
    return client.post("/doors/guest/check/", {"code": code})


def guest_of(client, **more):
    ask(client, **more)
    return enter(client)


def viewer_in(client, path="/doors/"):
    return client.get(path).wsgi_request.viewer


@pytest.mark.story("B13")
def test_a_phone_and_its_code_make_a_guest_who_goes_on_to_where_they_wanted(client, lane):
    assert guest_of(client, wish="/doors/report/").url == "/doors/report/"
    person = Person.objects.get(community=lane)
    assert (person.kind, person.name, person.phone) == ("guest", "快递小李", PHONE)
    assert not person.account.password
    viewer = viewer_in(client)
    assert (viewer.is_guest, viewer.is_someone, viewer.is_person) == (True, True, False)
    assert viewer.person_id == person.pk


def test_a_guest_may_report_and_takes_no_part_besides(client, lane):
    from mulin.cases.models import Case

    guest_of(client)
    viewer, case = viewer_in(client), Case(community=lane, disclosure="named")
    assert rules.may_report(viewer, case)
    assert not rules.may_join(viewer, case)
    assert not people.communities_of(viewer.account_id).exists()  # so no key and no post either


def test_a_guest_signs_in_for_a_day_and_is_one_for_thirty(client, lane):
    guest_of(client)
    clock.advance(timedelta(hours=23))
    assert viewer_in(client).is_guest
    clock.advance(timedelta(hours=2))
    assert not viewer_in(client).is_someone
    guest_of(client)
    assert viewer_in(client).is_guest
    assert Person.objects.filter(community=lane).count() == 1
    Guest.objects.update(ends_at=clock.now())
    assert not viewer_in(client).is_someone
    guest_of(client)  # another code, another month
    assert viewer_in(client).is_guest


def test_a_guest_whose_days_are_over_does_not_come_in_by_the_sign_in_page(client, lane):
    guest_of(client)
    client.post("/sign-out/")
    clock.advance(timedelta(days=31))
    client.post("/sign-in/code/", {"target": PHONE})
    code = re.search(r"\b\d{6}\b", client.get("/sign-in/code/check/").content.decode())[0]
    assert client.post("/sign-in/code/check/", {"code": code}).status_code == 403


def test_a_guest_who_joins_stays_the_same_person(client, lane):
    guest_of(client)
    guest = Person.objects.get(community=lane)
    assert client.get("/doors/join/").status_code == 200
    client.post("/doors/join/", {"name": "李强"})
    guest.refresh_from_db()
    assert (guest.kind, guest.name) == ("resident", "李强")
    assert not Guest.objects.exists()
    assert viewer_in(client).is_person
    clock.advance(timedelta(days=2))
    assert viewer_in(client).is_person


def test_joining_later_by_the_same_phone_takes_the_guest_over(client, lane):
    guest_of(client)
    client.post("/sign-out/")
    client.post("/doors/join/", {"name": "李强", "target": PHONE})
    code = re.search(r"\b\d{6}\b", client.get("/doors/join/check/").content.decode())[0]
    client.post("/doors/join/check/", {"code": code})
    assert Account.objects.count() == 1
    assert Person.objects.get(community=lane).kind == "resident"
    assert viewer_in(client).is_person


def test_whoever_has_an_account_with_this_phone_signs_in_to_it(client, lane):
    factories.account("li@example.org", phone=PHONE)
    guest_of(client)
    assert SignIn.objects.get().account.email == "li@example.org"
    assert not Guest.objects.exists()
    assert not Person.objects.filter(community=lane).exists()


def test_only_a_phone_will_do_and_only_where_texts_go_out(client, lane, settings):
    assert ask(client, phone="li@example.org").status_code == 422
    assert "/doors/guest/" in client.get("/sign-in/?next=/doors/").content.decode()
    settings.DEMO = False
    assert client.get("/doors/guest/").status_code == 404
    assert "/doors/guest/" not in client.get("/sign-in/?next=/doors/").content.decode()


def test_who_is_signed_in_needs_no_guest(client, cast, lane):
    sign_in(client, cast.resident)
    assert client.get("/doors/guest/").url == "/doors/"


def test_a_code_for_a_guest_serves_nothing_else(client, lane):
    ask(client)
    code = re.search(r"\b\d{6}\b", client.get("/doors/guest/check/").content.decode())[0]
    assert client.post("/doors/join/check/", {"code": code}).status_code == 403
    assert client.post("/doors/guest/check/", {"code": "12345"}).status_code == 403
    assert not Account.objects.exists()


def test_a_guest_with_a_second_factor_is_asked_for_it(client, lane):
    guest_of(client)
    with_app(Account.objects.get())
    client.post("/sign-out/")
    assert guest_of(client).url == "/sign-in/second/"
    assert not viewer_in(client).is_someone


def test_a_guest_says_nowhere_to_belong_or_to_live(client, lane):
    guest_of(client)
    csrf = {"X-CSRFToken": client.get("/doors/guest/").wsgi_request.META.get("CSRF_COOKIE", "")}
    for name, body in (
        ("affiliations", {"kind": "party_branch"}), ("registrations", {"areas": ["patrol"]}),
        ("talents", {"title": "Calligraphy", "kind": "craft", "audience": "community"}),
    ):  # fmt: skip
        answer = client.post(f"/api/v1/doors/{name}", body, content_type="application/json", headers=csrf)
        assert answer.status_code in (403, 422), (name, answer.content)
    assert not Affiliation.objects.exists()
    assert not Registration.objects.exists()


def test_a_guest_who_joins_by_the_name_in_the_register_becomes_that_person_with_all_that_was_theirs(client, lane):
    known = actions.add_person(by=SYSTEM, community=lane, name="李小明", phone=PHONE)
    guest_of(client)
    was = Person.objects.get(community=lane, kind="guest")
    client.post("/doors/join/", {"name": "李小明"})
    was.refresh_from_db()
    assert (was.state, was.joined_into_id) == ("joined", known.pk)
    viewer = viewer_in(client)
    assert (viewer.person_id, viewer.is_guest) == (known.pk, False)


def test_a_guest_who_joins_by_another_name_becomes_a_resident_of_their_own(client, lane):
    known = actions.add_person(by=SYSTEM, community=lane, name="刘建国", phone=PHONE)
    guest_of(client)
    client.post("/doors/join/", {"name": "快递小李"})
    known.refresh_from_db()
    assert known.account_id is None
    assert Person.objects.filter(community=lane, kind="resident", state="here").count() == 2
