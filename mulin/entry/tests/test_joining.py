"""Residents come in by themselves: whoever proves an address joins, and nobody learns who has an account."""

import re

import pytest
from django.core import mail

from mulin.entry.tests.factories import sign_in
from mulin.kernel import clock
from mulin.people import actions as people
from mulin.people.models import Account, Person
from mulin.people.tests import factories
from mulin.territory.tests.factories import entrances, make_community

NEW = "new@example.org"


@pytest.fixture
def lane(cast):
    """Houses with doors, where someone from elsewhere has an account."""
    return make_community("doors")


def ask(client, slug="doors", target=NEW, name="刘建国", **more):
    return client.post(f"/{slug}/join/", {"name": name, "target": target, **more})


def enter(client, slug="doors", code=""):
    code = code or re.search(r"\d{6}", mail.outbox[-1].body)[0]
    return client.post(f"/{slug}/join/check/", {"code": code})


def test_someone_new_joins_with_a_code_and_a_door_and_goes_on_to_where_they_wanted(client, lane):
    door = entrances(lane)[1]
    asked = {"name": "刘建国", "target": "New@example.org", "home": door.code}
    response = client.post("/doors/join/?next=/doors/report/", asked)
    assert response.url == "/doors/join/check/"
    assert not Person.objects.filter(community=lane).exists()  # nothing before the address is proved
    assert enter(client).url == "/doors/report/"
    person = Person.objects.get(community=lane)
    assert (person.name, person.entrance, person.kind) == ("刘建国", door, "resident")
    assert person.account.email == NEW
    assert client.get("/me/").status_code == 200
    assert client.get("/doors/join/").url == "/doors/"


def test_the_code_on_the_plate_names_the_door(client, lane):
    door = entrances(lane)[1]
    assert f'value="{door.code}" selected' in client.get(f"/doors/join/?e={door.code}").content.decode()
    assert ask(client, plate="NOWHERE").status_code == 422
    ask(client, plate=f" {door.code.lower()} ")
    enter(client)
    assert Person.objects.get(community=lane).entrance == door


def test_a_phone_joins_where_texts_go_out_and_is_kept_with_the_person(client, lane, settings):
    assert ask(client, target="13912340000").status_code == 422
    settings.DEMO = True
    page = ask(client, target="13912340000") and client.get("/doors/join/check/").content.decode()
    enter(client, code=re.search(r"\b\d{6}\b", page)[0])
    assert Person.objects.get(community=lane).phone == "13912340000"


def test_a_known_address_signs_in_by_the_code_and_is_asked_the_same(client, cast, lane):
    slug, known = cast.community.slug, cast.resident.account.email
    pages = []
    for target in (known, NEW):
        ask(client, slug, target, name="Somebody Else")
        pages.append(client.get(f"/{slug}/join/check/").content.decode().replace(target, "…"))
    assert re.sub(r'value="[^"]*"', "", pages[0]) == re.sub(r'value="[^"]*"', "", pages[1])
    assert len(mail.outbox) == 2
    ask(client, slug, known, name="Somebody Else")
    assert enter(client, slug).url == f"/{slug}/"
    assert Person.objects.get(account__email=known).name == "王桂兰"
    assert not Account.objects.filter(email=NEW).exists()


def test_someone_from_elsewhere_joins_with_a_code_under_the_same_account(client, cast, lane):
    ask(client, target=cast.resident.account.email, name="王桂兰")
    enter(client)
    assert Person.objects.filter(account=cast.resident.account).count() == 2


def test_an_ended_account_does_not_come_in_again(client, cast, lane):
    Account.objects.filter(pk=cast.resident.account_id).update(is_active=False)
    ask(client, target=cast.resident.account.email)
    assert enter(client).status_code == 403
    assert not Person.objects.filter(community=lane).exists()


def test_a_code_to_join_is_throttled_serves_once_and_only_to_join(client, lane):
    ask(client)
    assert enter(client, code="12345").status_code == 403
    code = re.search(r"\d{6}", mail.outbox[-1].body)[0]
    assert client.post("/sign-in/code/check/", {"code": code}).status_code == 403
    assert enter(client).status_code == 302
    client.post("/sign-out/")
    assert [ask(client).status_code for _ in range(10)][-2:] == [302, 429]


def test_without_having_asked_there_is_nothing_to_enter(client, lane):
    assert client.get("/doors/join/check/").url == "/doors/join/"
    ask(client)
    clock.advance(clock.timedelta(minutes=11))
    assert enter(client).status_code == 403


def test_who_is_signed_in_joins_with_one_tap_from_their_own_page(client, cast, lane):
    sign_in(client, cast.resident)
    assert "/doors/join/" in client.get("/me/").content.decode()
    assert 'value="王桂兰"' in client.get("/doors/join/").content.decode()
    assert client.post("/doors/join/").url == "/doors/"
    assert Person.objects.get(community=lane).account == cast.resident.account
    assert "/doors/join/" not in client.get("/me/").content.decode()
    assert not mail.outbox


def test_whoever_moved_away_is_told_who_lets_them_in_again(client, cast):
    people.move_away(cast.resident, by=cast.viewer(cast.worker))
    sign_in(client, cast.resident)
    sent = client.post(f"/{cast.community.slug}/join/", {"name": "王桂兰"})
    assert sent.status_code == 409
    assert "moved away" in sent.content.decode()


def test_an_account_that_is_nobody_anywhere_is_asked_for_a_name(client, lane):
    account = factories.account("street@example.org")
    sign_in(client, Person(account=account))
    assert client.post("/doors/join/").status_code == 422
    assert client.post("/doors/join/", {"name": "何静"}).status_code == 302


def test_joining_never_leads_away(client, lane):
    client.post("/doors/join/?next=https://evil.example/", {"name": "刘建国", "target": NEW})
    assert enter(client).url == "/doors/"


def test_the_sign_in_page_offers_to_join_the_community_one_came_from(client, cast, lane):
    page = client.get("/sign-in/?next=/doors/report/").content.decode()
    assert 'href="/doors/join/?next=/doors/report/"' in page
    page = client.get("/sign-in/").content.decode()
    assert 'href="/doors/join/"' in page
    assert f'href="/{cast.community.slug}/join/"' in page
