"""Whoever the register holds already becomes that person by joining with their own phone, and is not entered twice."""

import re
from datetime import timedelta

import pytest

from mulin.entry import actions as entry
from mulin.entry.tests.factories import sign_in
from mulin.journal.models import Detail
from mulin.kernel.clock import SYSTEM
from mulin.people import actions
from mulin.people.figures import today_in
from mulin.people.models import Account, Person
from mulin.people.queries import viewer_of
from mulin.people.tests import factories
from mulin.territory.tests.factories import entrances, make_community

PHONE, NAME = "13912340000", "刘建国"


@pytest.fixture(autouse=True)
def shown(settings):
    settings.DEMO = True  # the code stands on the page


@pytest.fixture
def lane(cast):
    return make_community("doors")


@pytest.fixture
def known(lane):
    """Someone of the register, entered by hand or from a table: no account."""
    return enter(lane)


def enter(lane, name=NAME, phone=PHONE, **more):
    return actions.add_person(by=SYSTEM, community=lane, name=name, phone=phone, **more)


def join(client, target=PHONE, name=NAME, **more):
    client.post("/doors/join/", {"name": name, "target": target, **more})
    code = re.search(r"\b\d{6}\b", client.get("/doors/join/check/").content.decode())[0]
    return client.post("/doors/join/check/", {"code": code})


def here(lane):
    return Person.objects.filter(community=lane)


def test_with_their_own_phone_and_name_they_become_that_person(client, lane, known):
    assert join(client, target="139 1234 0000", name=f" {NAME} ").url == "/doors/"
    person = here(lane).get()
    assert (person.pk, person.account.phone) == (known.pk, PHONE)
    assert client.get("/doors/").wsgi_request.viewer.person_id == known.pk
    line = Detail.objects.get(noun_id=known.pk, verb="link")
    assert line.actor == "system"
    assert PHONE not in line.body
    assert NAME not in line.body


def test_the_register_keeps_the_door_it_holds_and_takes_one_it_lacks(client, lane):
    one, other = entrances(lane)[:2]
    enter(lane, entrance=one)
    join(client, home=other.code)
    assert here(lane).get().entrance == one
    enter(lane, name="孙丽华", phone="13900000001")
    client.post("/sign-out/")
    join(client, target="13900000001", name="孙丽华", home=other.code)
    assert here(lane).get(name="孙丽华").entrance == other


@pytest.mark.parametrize(("name", "phone"), [("刘建军", PHONE), (NAME, "13912340001")])
def test_a_name_alone_or_a_number_alone_makes_them_nobody_of_the_register(client, lane, known, name, phone):
    join(client, target=phone, name=name)
    known.refresh_from_db()
    assert (known.account, here(lane).count()) == (None, 2)


def test_a_mail_address_proves_no_phone(client, lane, known):
    account = factories.account("liu@example.org", phone=PHONE)
    join(client, target="liu@example.org")
    known.refresh_from_db()
    assert known.account is None
    assert here(lane).get(account=account).pk != known.pk


def test_signed_in_with_a_mail_account_the_number_beside_it_proves_nothing(client, lane, known):
    sign_in(client, Person(account=factories.account("liu@example.org", phone=PHONE)))
    client.post("/doors/join/", {"name": NAME})
    known.refresh_from_db()
    assert known.account is None


def test_who_joined_elsewhere_with_their_phone_is_known_here_with_one_tap(client, cast, lane, known):
    where = cast.community
    code = entry.send_code("join", PHONE, address="1", always=True)
    signed = entry.join_by_code(where, PHONE, code, name=NAME, home=None, address="1", device="T")
    sign_in(client, signed)
    client.post("/doors/join/", {"name": NAME})
    assert here(lane).get().pk == known.pk
    assert here(lane).get().account_id == signed.account_id


def test_of_two_who_fit_nobody_is_chosen(client, lane, known):
    twin = enter(lane, phone="13900000009")
    actions.correct(twin, by=keeper(lane), phone=PHONE)
    join(client)
    assert list(here(lane).filter(name=NAME, account__isnull=True).order_by("pk")) == [known, twin]
    assert here(lane).filter(name=NAME).count() == 3


def keeper(lane):
    kind = factories.kind(lane, "community_worker", ["people.keep"])
    holder = factories.person(lane, "周敏二", "keeper@example.org")
    factories.hold(factories.post(kind), holder)
    return viewer_of(holder)


def test_an_entry_that_has_an_account_is_never_taken_over(client, lane):
    owner = enter(lane, account=factories.account("old@example.org"))
    join(client)
    owner.refresh_from_db()
    assert owner.account.email == "old@example.org"
    assert here(lane).count() == 2


def test_who_moved_away_is_not_brought_back_by_a_number(client, lane, known):
    actions.move_away(known, by=keeper(lane))
    join(client)
    known.refresh_from_db()
    assert (known.state, known.account) == ("left", None)


def test_a_child_of_the_register_gets_no_account_by_joining(client, lane):
    young = today_in(lane) - timedelta(days=12 * 365)
    child = enter(lane, born_on=young)
    assert join(client).status_code == 422
    child.refresh_from_db()
    assert child.account is None
    assert here(lane).count() == 1
    assert not Account.objects.exclude(email__gt="").exists()


def test_another_communitys_register_is_not_asked(client, cast, lane):
    elsewhere = enter(cast.community)
    join(client)
    elsewhere.refresh_from_db()
    assert elsewhere.account is None
    assert here(lane).count() == 1


def test_a_guest_by_phone_is_not_yet_the_person_of_the_register(client, lane, known):
    client.post("/doors/guest/", {"name": NAME, "target": PHONE})
    code = re.search(r"\b\d{6}\b", client.get("/doors/guest/check/").content.decode())[0]
    client.post("/doors/guest/check/", {"code": code})
    known.refresh_from_db()
    assert known.account is None
