"""Posts, terms, invitations, and numbers shown for a reason."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.ids import uuid7
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import tick
from mulin.people import actions
from mulin.people.models import AccessLine, Account, Person, Term
from mulin.people.tests import factories
from mulin.territory.models import Building
from mulin.territory.tests.factories import make_community


def test_only_whoever_looks_after_posts_offers_one(cast):
    with pytest.raises(Refused, match=r"^Who can do this: whoever looks after the posts"):
        actions.offer(by=cast.viewer(cast.officer), post=cast.vacant, person=cast.resident)
    term = actions.offer(by=cast.viewer(cast.worker), post=cast.vacant, person=cast.resident)
    with pytest.raises(Refused, match="already"):
        actions.offer(by=cast.viewer(cast.worker), post=cast.vacant, person=cast.resident)
    with pytest.raises(Refused, match="the person asked"):
        actions.accept(term, by=cast.viewer(cast.officer))
    assert actions.accept(term, by=cast.viewer(cast.resident)).state == "held"


def test_a_worker_of_another_community_offers_nothing_here(cast):
    other = factories.make()
    with pytest.raises(Refused):
        actions.offer(by=other.viewer(other.worker), post=cast.vacant, person=cast.resident)
    with pytest.raises(Refused, match="another community"):
        actions.offer(by=SYSTEM, post=cast.vacant, person=other.resident)


def test_an_offer_lapses_after_two_weeks(cast):
    term = actions.offer(by=SYSTEM, post=cast.vacant, person=cast.resident)
    clock.advance(timedelta(days=15))
    tick()
    term.refresh_from_db()
    assert term.state == "ended"


def test_stepping_down_ends_the_right_today(cast):
    actions.resign(cast.officers_term, by=cast.viewer(cast.officer))
    assert not cast.viewer(cast.officer).capabilities


def test_the_database_refuses_a_second_held_term(cast):
    names = ", ".join(f.column for f in Term._meta.concrete_fields if not f.primary_key)
    copy = f"INSERT INTO people_term (id, {names}) SELECT %s, {names} FROM people_term WHERE id = %s"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copy, [uuid7().hex, cast.officers_term.pk.hex])


def test_posts_show_holders_and_vacancies_but_no_numbers(client, cast):
    page = client.get(f"/{cast.community.slug}/people/", headers={"Accept-Language": "en"}).content.decode()
    assert "陈晓梅" in page
    assert "Vacant" in page
    assert "王桂兰" not in page
    assert "139" not in page


def test_an_invitation_brings_someone_into_a_post(client, cast):
    factories.sign_in(client, cast.worker)
    slug = cast.community.slug
    asked = {"post": cast.vacant.pk, "target": "New@example.org"}
    assert client.post(f"/{slug}/people/invite/", asked).status_code == 302
    link = re.search(rf"/{slug}/people/invitation/\S+", mail.outbox[0].body)[0]
    client.post("/sign-out/")
    assert client.get(link).status_code == 200
    response = client.post(link, {"name": "刘建国", "password": "eight lamps"})
    assert response.url == f"/{slug}/"
    person = Person.objects.get(account__email="new@example.org")
    assert cast.viewer(person).can("cases.handle")
    client.cookies.clear()
    assert client.get(link).status_code == 404


def test_an_invitation_lapses_and_opens_only_its_community(client, cast):
    other = factories.make()
    _, token = actions.invite(by=cast.viewer(cast.worker), post=cast.vacant, email="new@example.org")
    assert client.get(f"/{other.community.slug}/people/invitation/{token}/").status_code == 404
    clock.advance(timedelta(days=15))
    assert client.get(f"/{cast.community.slug}/people/invitation/{token}/").status_code == 404


def test_an_invitation_never_takes_over_an_account(client, cast):
    _, token = actions.invite(by=cast.viewer(cast.worker), post=cast.vacant, email=cast.resident.account.email)
    link = f"/{cast.community.slug}/people/invitation/{token}/"
    assert client.post(link, {"name": "X", "password": "mine instead"}).status_code == 409
    assert Account.objects.get(pk=cast.resident.account_id).password == cast.resident.account.password
    factories.sign_in(client, cast.resident)
    assert client.post(link, {"name": "王桂兰"}).status_code == 302
    assert cast.viewer(cast.resident).can("cases.handle")


def test_a_resident_invites_nobody(client, cast):
    factories.sign_in(client, cast.resident)
    assert client.get(f"/{cast.community.slug}/people/invite/").status_code == 403
    with pytest.raises(Refused):
        actions.invite(by=cast.viewer(cast.resident), post=cast.vacant, email="x@example.org")


def test_a_number_is_shown_for_a_reason_and_its_owner_sees_who_looked(client, cast):
    factories.sign_in(client, cast.worker)
    url = f"/{cast.community.slug}/people/{cast.resident.pk}/reveal/"
    assert "13912345678" not in client.get(url).content.decode()
    assert "13912345678" not in client.post(url, {"reason": ""}).content.decode()
    assert not AccessLine.objects.exists()
    assert "13912345678" in client.post(url, {"reason": "Water in the cellar"}).content.decode()
    client.post(url, {"reason": "once more"})
    line = AccessLine.objects.get()
    assert (line.viewer_name, line.reason) == ("周敏", "Water in the cellar")
    clock.advance(timedelta(hours=1))
    client.post(url, {"reason": "later"})
    assert AccessLine.objects.count() == 2
    factories.sign_in(client, cast.resident)
    assert "Water in the cellar" in client.get("/me/").content.decode()


def test_strangers_do_not_find_a_person(client, cast):
    other = factories.make()
    factories.sign_in(client, other.worker)
    for slug in (cast.community.slug, other.community.slug):
        assert client.post(f"/{slug}/people/{cast.resident.pk}/reveal/", {"reason": "x"}).status_code == 404
    with pytest.raises(Refused):
        actions.reveal(cast.resident, by=cast.viewer(cast.officer), reason="curious")
    assert not AccessLine.objects.exists()


def test_a_number_is_stored_unreadable_and_found_by_hash(cast):
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, phone_hash FROM people_person WHERE phone <> ''")
        sealed, hashed = cursor.fetchone()
    assert "13912345678" not in sealed + hashed
    assert cast.resident.masked_phone == "139****5678"


def test_my_page_keeps_looks_and_makes_a_key_that_is_shown_once(client, cast):
    factories.sign_in(client, cast.officer)
    client.post("/me/", {"language": "en", "theme": "dark", "mode": "elder"})
    assert (client.cookies["theme"].value, client.cookies["mode"].value) == ("dark", "elder")
    asked = {"name": "map", "community": cast.community.pk, "scopes": ["read"]}
    page = client.post("/me/keys/", asked).content.decode()
    secret = re.search(r"mk_[\w-]{20,}", page)[0]
    assert secret not in client.get("/me/").content.decode()


def test_my_page_signs_out_another_device_but_not_anothers(client, cast):
    factories.sign_in(client, cast.officer)
    mine, theirs = (actions.start(each.account, device="x") for each in (cast.officer, cast.worker))
    for each in (mine, theirs):
        client.post(f"/me/sign-ins/{each.pk}/revoke/")
        each.refresh_from_db()
    assert mine.revoked_at
    assert not theirs.revoked_at


def test_the_invitation_form_tells_vacant_posts_apart_by_place(client, cast):
    community = make_community("doors")
    kind = actions.add_post_kind(
        by=SYSTEM, community=community, key="lead", name_zh="楼栋长", places=["building"], capabilities=[]
    )
    house = Building.objects.filter(community=community).first()
    factories.post(kind, place_kind="building", place_id=house.pk)
    worker = factories.person(community, "周敏", "zhou-doors@example.org")
    factories.hold(factories.post(factories.kind(community, "worker", ["people.invite"])), worker)
    factories.sign_in(client, worker)
    assert f"{house.name} 楼栋长" in client.get("/doors/people/invite/").content.decode()
