"""The page about one's account: password, factors, devices; a change needs a fresh sign-in and is told."""

import json
import re
from datetime import timedelta

import pytest
from django.core import mail

from mulin.entry import actions
from mulin.entry.figures import DEVICE_KNOWN, FRESH
from mulin.entry.models import SignIn
from mulin.entry.tests.factories import sign_in
from mulin.factors.queries import factors_of
from mulin.factors.tests.helpers import code_now, with_app, with_passkey
from mulin.factors.tests.soft_key import SITE, SoftKey
from mulin.kernel import clock
from mulin.people.tests import factories

PAGE = "/me/security/"


@pytest.fixture(autouse=True)
def named(settings):
    settings.SITE_URL = SITE
    clock.set(clock.now())


@pytest.fixture
def mine(client, cast):
    sign_in(client, cast.officer)
    return cast.officer.account


def test_an_app_is_set_up_in_three_steps_and_recovery_codes_are_shown_once(client, mine):
    assert "authenticator/begin/" in client.get(f"{PAGE}authenticator/").content.decode()
    assert client.post(f"{PAGE}authenticator/begin/").url == f"{PAGE}authenticator/"
    page = client.get(f"{PAGE}authenticator/").content.decode()
    assert "data:image/svg+xml" in page
    assert client.post(f"{PAGE}authenticator/", {"code": "000"}).status_code == 422
    response = client.post(f"{PAGE}authenticator/", {"code": code_now(mine)})
    assert response.url == f"{PAGE}recovery-codes/"
    made = client.post(response.url).content.decode()
    assert len(re.findall(r"<code[^>]*>[a-z2-9]{5}-[a-z2-9]{5}</code>", made)) == 10
    assert "<code" not in client.get(response.url).content.decode()
    assert "10 codes are left" in client.get(PAGE).content.decode()


def test_a_passkey_is_made_renamed_and_removed(client, mine):
    page = client.get(f"{PAGE}passkeys/new/").content.decode()
    options = json.loads(re.search(r'id="passkey-options" type="application/json">(.+?)</script>', page)[1])
    assert client.post(f"{PAGE}passkeys/new/", {"name": "Phone"}).status_code == 422
    client.get(f"{PAGE}passkeys/new/")  # another window: only its challenge counts from now on
    stale = {"name": "Phone", "credential": SoftKey().make(options)}
    assert client.post(f"{PAGE}passkeys/new/", stale).status_code == 403
    page = client.get(f"{PAGE}passkeys/new/").content.decode()
    options = json.loads(re.search(r'id="passkey-options" type="application/json">(.+?)</script>', page)[1])
    fine = {"name": "Phone", "credential": SoftKey().make(options)}
    assert client.post(f"{PAGE}passkeys/new/", fine).url == f"{PAGE}recovery-codes/"
    key = mine.passkeys.get()
    client.post(f"{PAGE}passkeys/{key.pk}/", {"name": "Old phone"})
    assert "Old phone" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}passkeys/{key.pk}/remove/")
    assert not factors_of(mine.pk)


@pytest.mark.parametrize("path", ["authenticator/", "passkeys/new/", "recovery-codes/"])
def test_a_phone_left_lying_changes_nothing(client, mine, path):
    with_app(mine)
    clock.advance(FRESH + timedelta(minutes=1))
    response = client.get(PAGE + path)
    assert response.url == f"/sign-in/?next=%2Fme%2Fsecurity%2F{path.replace('/', '%2F')}"
    client.post(f"{PAGE}authenticator/remove/")
    assert factors_of(mine.pk)


def test_anothers_passkey_is_not_there(client, cast, mine):
    with_passkey(cast.worker.account)
    key = cast.worker.account.passkeys.get()
    assert client.get(f"{PAGE}passkeys/{key.pk}/").status_code == 404
    client.post(f"{PAGE}passkeys/{key.pk}/remove/")
    assert factors_of(cast.worker.account_id)


def test_a_guest_is_asked_to_sign_in(client, db):
    for path in ("", "authenticator/", "passkeys/new/", "recovery-codes/"):
        assert client.get(PAGE + path).url.startswith("/sign-in/?next=%2Fme%2Fsecurity%2F")


def test_sign_out_everywhere_else_ends_them_at_once_and_keeps_this_one(client, mine):
    others = [actions.start(mine, device=f"Phone {n}") for n in range(2)]
    page = client.get(PAGE).content.decode()
    assert "Phone 1" in page
    assert page.count("this device") == 1
    client.post("/me/sign-ins/others/revoke/")
    assert not SignIn.objects.filter(pk__in=[each.pk for each in others], revoked_at__isnull=True).exists()
    page = client.get(PAGE).content.decode()
    assert "Sign out everywhere else" not in page
    assert "Sign-ins that are over" in page


def test_a_revoked_device_is_out_at_its_next_page(client, mine):
    here = SignIn.objects.get()
    assert client.get(PAGE).status_code == 200
    actions.leave(here.pk, account_id=mine.pk)
    assert client.get(PAGE).status_code == 302


def test_signing_in_again_takes_the_place_of_the_former_sign_in(client, mine):
    client.post("/sign-in/", {"target": mine.email, "password": factories.PASSWORD})
    assert SignIn.objects.filter(revoked_at__isnull=True).count() == 1


def test_a_device_not_seen_for_90_days_is_told_of_by_mail(cast):
    account = cast.officer.account
    actions.start(account, device="Chrome, Android")
    assert not mail.outbox  # the first one of a new account
    actions.start(account, device="Chrome, Android")
    assert not mail.outbox
    actions.start(account, device="Safari, iPhone")
    assert "Safari, iPhone" in mail.outbox[-1].body
    clock.advance(DEVICE_KNOWN - timedelta(days=1))
    actions.start(account, device="Safari, iPhone")
    assert len(mail.outbox) == 1
    actions.tidy()
    clock.advance(timedelta(days=2))
    actions.start(account, device="Chrome, Android")
    assert len(mail.outbox) == 2


def test_my_page_leads_to_security_and_lists_no_devices(client, mine):
    page = client.get("/me/").content.decode()
    assert 'href="/me/security/"' in page
    assert "/me/sign-ins/" not in page


def test_the_page_costs_few_statements(client, mine, django_assert_max_num_queries):
    with_passkey(mine)
    with django_assert_max_num_queries(8):
        client.get(PAGE)


def test_a_program_in_the_browser_lists_and_ends_ones_sign_ins(client, cast, mine):
    other = actions.start(mine, device="Phone")
    elsewhere = actions.start(cast.worker.account, device="Other")
    shown = client.get("/api/v1/me/sign-ins").json()["items"]
    assert {(row["device"], row["is_this"]) for row in shown} == {("Phone", False), ("Test", True)}
    token = {"X-CSRFToken": client.get(f"/api/v1/{cast.community.slug}/me").json()["csrf_token"]}
    assert client.post(f"/api/v1/me/sign-ins/{elsewhere.pk}/revoke", headers=token).status_code == 404
    assert client.post(f"/api/v1/me/sign-ins/{other.pk}/revoke", headers=token).status_code == 200
    other.refresh_from_db()
    assert other.revoked_at
    third = actions.start(mine, device="Tablet")
    left = client.post("/api/v1/me/sign-ins/revoke-others", headers=token).json()["items"]
    assert [row["device"] for row in left if row["ended_at"] is None] == ["Test"]
    third.refresh_from_db()
    assert third.revoked_at


def test_no_key_opens_ones_sign_ins(client, cast):
    _key, secret = actions.make_key(cast.officer.account_id, community=cast.community, name="t", scopes=["read"])
    answer = client.get("/api/v1/me/sign-ins", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code in (401, 403)
    assert client.get("/api/v1/me/sign-ins").status_code == 403
