"""Invitations: a vacant post offered to someone who is not here yet."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import translation
from django.utils.translation import gettext

from mulin.entry import actions
from mulin.entry.tests.factories import sign_in
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.refusals import Refused
from mulin.people import actions as people
from mulin.people.models import Account, Person
from mulin.people.tests import factories
from mulin.territory.models import Building
from mulin.territory.tests.factories import make_community


def test_an_invitation_brings_someone_into_a_post(client, cast):
    sign_in(client, cast.worker)
    slug = cast.community.slug
    asked = {"post": cast.vacant.pk, "target": "New@example.org"}
    assert client.post(f"/{slug}/invite/", asked).status_code == 302
    link = re.search(rf"/{slug}/invitation/\S+", mail.outbox[0].body)[0]
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
    assert client.get(f"/{other.community.slug}/invitation/{token}/").status_code == 404
    clock.advance(timedelta(days=15))
    assert client.get(f"/{cast.community.slug}/invitation/{token}/").status_code == 404


def test_an_invitation_never_takes_over_an_account(client, cast):
    _, token = actions.invite(by=cast.viewer(cast.worker), post=cast.vacant, email=cast.resident.account.email)
    link = f"/{cast.community.slug}/invitation/{token}/"
    assert client.post(link, {"name": "X", "password": "mine instead"}).status_code == 409
    assert Account.objects.get(pk=cast.resident.account_id).password == cast.resident.account.password
    sign_in(client, cast.resident)
    assert client.post(link, {"name": "王桂兰"}).status_code == 302
    assert cast.viewer(cast.resident).can("cases.handle")


@pytest.mark.parametrize(("known", "language"), [("", "zh-hans"), ("en", "en")])
def test_an_invitation_is_written_in_the_language_of_the_invited(settings, cast, known, language):
    settings.LANGUAGE_CODE = "zh-hans"
    email = cast.resident.account.email
    Account.objects.filter(email=email).update(language=known)
    with translation.override("en" if language == "zh-hans" else "zh-hans"):
        actions.invite(by=cast.viewer(cast.worker), post=cast.vacant, email=email)
    with translation.override(language):
        assert mail.outbox[0].subject == gettext("An invitation to Mulin")


def test_a_resident_invites_nobody(client, cast):
    sign_in(client, cast.resident)
    assert client.get(f"/{cast.community.slug}/invite/").status_code == 403
    with pytest.raises(Refused):
        actions.invite(by=cast.viewer(cast.resident), post=cast.vacant, email="x@example.org")


def test_the_invitation_form_tells_vacant_posts_apart_by_place(client, cast):
    community = make_community("doors")
    kind = people.add_post_kind(
        by=SYSTEM, community=community, key="lead", name_zh="楼栋长", places=["building"], capabilities=[]
    )
    house = Building.objects.filter(community=community).first()
    factories.post(kind, place_kind="building", place_id=house.pk)
    worker = factories.person(community, "周敏", "zhou-doors@example.org")
    factories.hold(factories.post(factories.kind(community, "worker", ["people.invite"])), worker)
    sign_in(client, worker)
    assert f"{house.name} 楼栋长" in client.get("/doors/invite/").content.decode()


def test_what_an_invitation_offers_to_whom_comes_from_what_was_stored(cast):
    invitation, _ = actions.invite(by=cast.viewer(cast.worker), post=cast.vacant, phone="13911112222")
    invitation.phone, invitation.email = "13999999999", "thief@example.org"
    account = actions.take_invitation(invitation, name="刘建国", password="eight lamps")
    assert (account.phone, account.email) == ("13911112222", None)
    assert Person.objects.get(account=account).phone == "13911112222"


@pytest.mark.parametrize(("name", "same"), [("刘建国", True), ("刘建", False)])
def test_who_is_invited_by_phone_and_stands_in_the_register_is_that_person(client, cast, name, same):
    known = people.add_person(by=SYSTEM, community=cast.community, name="刘建国", phone="13912340002")
    _, token = actions.invite(by=cast.viewer(cast.worker), post=cast.vacant, phone="13912340002")
    client.post(f"/{cast.community.slug}/invitation/{token}/", {"name": name, "password": "eight lamps"})
    holder = cast.vacant.terms.get().person
    assert (holder.pk == known.pk) is same
