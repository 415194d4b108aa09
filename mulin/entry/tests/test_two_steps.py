"""Signing in with two steps: half in opens nothing, and the second factor opens the rest."""

import json
import re
from datetime import timedelta

import pytest
from django.core import mail

from mulin.entry import actions
from mulin.entry.models import SignIn
from mulin.entry.tests.factories import sign_in
from mulin.factors import actions as factors
from mulin.factors.figures import STAFF
from mulin.factors.tests.helpers import code_now, with_app, with_passkey
from mulin.factors.tests.soft_key import SITE, SoftKey
from mulin.kernel import clock
from mulin.kernel.viewer import reload
from mulin.people.tests import factories


@pytest.fixture(autouse=True)
def named(settings):
    settings.SITE_URL = SITE
    clock.set(clock.now())


@pytest.fixture
def account(cast):
    return cast.officer.account


def first_step(client, account, wish=""):
    given = {"target": account.email, "password": factories.PASSWORD, "next": wish}
    return client.post("/sign-in/", given, headers={"Accept-Language": "en"})


def options_on(page):
    return json.loads(re.search(r'id="passkey-options" type="application/json">(.+?)</script>', page)[1])


def test_a_password_alone_leaves_one_half_in_and_nobody(client, cast, account):
    with_app(account)
    assert first_step(client, account).url == "/sign-in/second/"
    assert not SignIn.objects.exists()
    assert "mulin" not in client.cookies
    assert client.get("/me/").status_code == 302


def test_the_code_of_the_app_opens_the_rest_and_leads_on(client, cast, account):
    with_app(account)
    wish = f"/{cast.community.slug}/cases/"
    first_step(client, account, wish)
    wrong = client.post("/sign-in/second/", {"code": "123456"})
    assert wrong.status_code == 403
    code = code_now(account)
    assert client.post("/sign-in/second/", {"code": code}).url == wish
    assert client.get("/me/").status_code == 200
    assert not client.cookies["half"].value
    client.post("/sign-out/")
    first_step(client, account)
    assert client.post("/sign-in/second/", {"code": code}).status_code == 403  # the same code again


def test_a_one_time_code_asks_for_the_second_factor_too(client, account):
    with_app(account)
    client.post("/sign-in/code/", {"target": account.email})
    code = re.search(r"\d{6}", mail.outbox[-1].body)[0]
    assert client.post("/sign-in/code/check/", {"code": code}).url == "/sign-in/second/"


def test_a_recovery_code_opens_it_once(client, account):
    with_app(account)
    code = factors.renew_codes(account)[0]
    for status in (302, 403):
        first_step(client, account)
        assert client.post("/sign-in/second/", {"code": code}).status_code == status
        client.post("/sign-out/")


def test_half_in_ends_after_ten_minutes(client, account):
    with_app(account)
    first_step(client, account)
    cookie = client.cookies["half"]
    assert (cookie["max-age"], cookie["httponly"]) == (600, True)


def test_a_cookie_of_someone_half_in_that_is_too_old_opens_nothing(client, account, monkeypatch):
    from django.core import signing

    with_app(account)
    first_step(client, account)
    later = signing.time.time() + 601
    monkeypatch.setattr(signing.time, "time", lambda: later)
    response = client.post("/sign-in/second/", {"code": code_now(account)}, headers={"Accept-Language": "en"})
    assert response.url == "/sign-in/"
    assert not SignIn.objects.exists()


def test_guessing_the_second_factor_is_slowed_down_from_wherever_it_comes(client, account):
    with_app(account)
    for number in range(10):
        first_step(client, account)
        answer = client.post("/sign-in/second/", {"code": "x"}, REMOTE_ADDR=f"10.0.0.{number}")
        assert answer.status_code == 403
    clock.advance(timedelta(minutes=2))
    assert client.post("/sign-in/second/", {"code": code_now(account)}, REMOTE_ADDR="10.0.1.1").status_code == 429


def test_a_passkey_is_a_second_factor(client, account):
    key = with_passkey(account)
    first_step(client, account)
    options = options_on(client.get("/sign-in/second/").content.decode())
    assert len(options["allowCredentials"]) == 1
    assert client.post("/sign-in/second/passkey/", {"credential": key.show(options)}).status_code == 302
    assert client.get("/me/").status_code == 200


def test_a_passkey_alone_signs_in_where_the_device_checked_its_owner(client, cast, account):
    key = with_passkey(account)
    options = options_on(client.get("/sign-in/").content.decode())
    assert (options["userVerification"], options["allowCredentials"]) == ("required", [])
    wish = f"/{cast.community.slug}/cases/"
    assert client.post("/sign-in/passkey/", {"credential": key.show(options), "next": wish}).url == wish
    assert SignIn.objects.get().account == account


def test_a_passkey_that_checked_nobody_does_not_sign_in_alone(client, account):
    key = with_passkey(account, SoftKey(verifies=False))
    options = options_on(client.get("/sign-in/").content.decode())
    response = client.post("/sign-in/passkey/", {"credential": key.show(options)}, follow=True)
    assert response.redirect_chain[0][0] == "/sign-in/?next="
    assert not SignIn.objects.exists()


def test_a_challenge_for_one_thing_serves_no_other(client, cast, account):
    key = with_passkey(account)
    options = options_on(client.get("/sign-in/").content.decode())
    first_step(client, account)
    client.post("/sign-in/second/passkey/", {"credential": key.show(options)})
    assert not SignIn.objects.exists()


def test_joining_with_the_address_of_a_guarded_account_waits_for_the_second_factor(client, cast, account):
    from mulin.people.models import Person
    from mulin.territory.tests.factories import make_community

    with_app(account)
    lane = make_community("doors")
    client.post("/doors/join/", {"name": "Somebody Else", "target": account.email})
    code = re.search(r"\d{6}", mail.outbox[-1].body)[0]
    assert client.post("/doors/join/check/", {"code": code}).url == "/sign-in/second/"
    assert not Person.objects.filter(community=lane).exists()
    assert client.post("/sign-in/second/", {"code": code_now(account)}).url == "/doors/join/?next="


def test_an_account_without_a_factor_comes_in_as_before(client, account):
    assert first_step(client, account).url != "/sign-in/second/"
    assert client.get("/sign-in/second/").url == "/sign-in/"


# Posts need a second factor, where the town says so.


def test_where_posts_must_have_a_factor_their_rights_wait_for_it(client, cast, settings):
    settings.STAFF_FACTOR = "must"
    slug, capabilities = cast.community.slug, cast.viewer(cast.worker).capabilities
    given = {"target": cast.worker.account.email, "password": factories.PASSWORD}
    assert client.post("/sign-in/", given).url == "/me/security/"
    assert client.get(f"/{slug}/invite/").status_code == 403
    viewer = client.get(f"/{slug}/").wsgi_request.viewer
    assert (viewer.capabilities, viewer.withheld) == (frozenset(), STAFF & capabilities)
    assert not any(term.capabilities for term in viewer.terms)
    assert "/me/security/" in client.get(f"/{slug}/").content.decode()
    with_app(cast.worker.account)
    assert client.get(f"/{slug}/invite/").status_code == 403  # signed out: the first factor ends what was before it
    sign_in(client, cast.worker)
    assert client.get(f"/{slug}/invite/").status_code == 200


def test_who_needs_no_factor_keeps_their_rights(client, cast, settings):
    settings.STAFF_FACTOR = "must"
    sign_in(client, cast.officer)
    viewer = client.get(f"/{cast.community.slug}/").wsgi_request.viewer
    assert (viewer.capabilities, viewer.withheld) == ({"cases.handle"}, frozenset())


def test_a_key_has_no_more_rights_than_its_owner(client, cast, settings):
    settings.STAFF_FACTOR = "must"
    _key, secret = actions.make_key(cast.worker.account_id, community=cast.community, name="x", scopes=["read"])
    url, headers = f"/api/v1/{cast.community.slug}/me", {"Authorization": f"Bearer {secret}"}
    assert client.get(url, headers=headers).json()["capabilities"] == []
    with_passkey(cast.worker.account)
    assert client.get(url, headers=headers).json()["capabilities"] == sorted(cast.viewer(cast.worker).capabilities)


def test_a_post_is_reminded_and_may_put_it_off_for_a_week(client, cast, settings):
    settings.STAFF_FACTOR = "ask"
    home = f"/{cast.community.slug}/cases/"
    sign_in(client, cast.worker)
    assert "/me/security/later/" in client.get(home).content.decode()
    assert client.post("/me/security/later/", {"next": home}).url == home
    assert client.cookies["later"]["max-age"] == 7 * 86400
    assert "/me/security/later/" not in client.get(home).content.decode()
    del client.cookies["later"]
    with_app(cast.worker.account)
    assert "/me/security/later/" not in client.get(home).content.decode()


@pytest.mark.parametrize("wanted", ["ask", "off"])
def test_nobody_else_is_reminded(client, cast, settings, wanted):
    settings.STAFF_FACTOR = wanted
    sign_in(client, cast.resident if wanted == "ask" else cast.worker)
    assert "/me/security/later/" not in client.get(f"/{cast.community.slug}/cases/").content.decode()


def test_who_asked_for_a_second_word_is_looked_at_as_guarded_as_they_are_today(cast, settings):
    settings.STAFF_FACTOR = "must"
    worker = cast.worker
    with_app(worker.account)
    assert reload(f"person:{worker.pk}", cast.community.pk).can("people.invite")
    factors.remove_all(worker.account)
    assert not reload(f"person:{worker.pk}", cast.community.pk).can("people.invite")
