"""Keys: what they are good for, how often, how long; and that nobody's hours are kept."""

from datetime import timedelta

import pytest
from django.core import mail

from mulin.entry import actions
from mulin.entry.models import ApiKey
from mulin.entry.tests.factories import sign_in
from mulin.kernel import clock
from mulin.kernel.refusals import Refused
from mulin.people.figures import today_in

ASKED = {"name": "map", "scopes": ["read"], "days": 30, "per_minute": 60}


def call(client, cast, secret):
    return client.get(f"/api/v1/{cast.community.slug}/me", headers={"Authorization": f"Bearer {secret}"})


def test_a_key_ends_by_itself_on_the_day_that_was_chosen(client, cast):
    _key, secret = actions.make_key(cast.officer.account_id, community=cast.community, **ASKED)
    assert call(client, cast, secret).status_code == 200
    clock.advance(timedelta(days=31))
    assert call(client, cast, secret).status_code == 401


def test_the_last_day_is_kept_and_no_hour(client, cast):
    key, secret = actions.make_key(cast.officer.account_id, community=cast.community, **ASKED)
    assert key.used_on is None
    call(client, cast, secret)
    key.refresh_from_db()
    assert key.used_on == today_in(cast.community)


def test_a_second_call_of_a_day_writes_nothing(client, cast, django_assert_num_queries):
    _key, secret = actions.make_key(cast.officer.account_id, community=cast.community, **ASKED)
    call(client, cast, secret)
    before = ApiKey.objects.get().used_on
    with django_assert_num_queries(2):
        call(client, cast, secret)
    assert ApiKey.objects.get().used_on == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"scopes": ["cases:fly"]}, {"scopes": []}, {"days": 366}, {"days": 0}, {"per_minute": 601}, {"per_minute": 0},
    ],
)  # fmt: skip
def test_a_key_that_could_do_too_much_is_not_made(cast, wrong):
    with pytest.raises(Refused):
        actions.make_key(cast.officer.account_id, community=cast.community, **{**ASKED, **wrong})


@pytest.mark.parametrize(
    ("asked", "scopes"),
    [
        ({"scopes": ["read", "write"]}, ["read", "write"]),
        ({"scopes": ["read"], "only": ["cases"]}, ["cases:read"]),
        ({"scopes": ["read", "write"], "only": ["webhooks"]}, ["webhooks"]),
    ],
)
def test_the_form_narrows_a_key_to_kinds_of_things(client, cast, asked, scopes):
    sign_in(client, cast.officer)
    answer = client.post("/me/keys/", {**ASKED, **asked, "community": cast.community.pk})
    assert answer.status_code == 200
    assert ApiKey.objects.get().scopes == scopes


def test_a_key_is_revoked_at_once(client, cast):
    key, secret = actions.make_key(cast.officer.account_id, community=cast.community, **ASKED)
    sign_in(client, cast.officer)
    client.post(f"/me/keys/{key.pk}/revoke/")
    assert call(client, cast, secret).status_code == 401


def test_a_key_is_made_only_after_a_fresh_sign_in(client, cast):
    sign_in(client, cast.officer)
    asked = {**ASKED, "community": cast.community.pk}
    clock.advance(timedelta(minutes=31))
    page = client.get("/me/").content.decode()
    assert 'action="/me/keys/"' not in page
    assert "/sign-in/?next=/me/" in page
    assert client.post("/me/keys/", asked).url == "/sign-in/?next=%2Fme%2F"
    assert not ApiKey.objects.exists()
    sign_in(client, cast.officer)
    assert client.post("/me/keys/", asked).status_code == 200
    assert "A key for programs was made" in mail.outbox[-1].body
    assert mail.outbox[-1].to == [cast.officer.account.email]


def test_whoever_holds_a_key_cannot_make_another_with_it(client, cast):
    _key, secret = actions.make_key(cast.officer.account_id, community=cast.community, **ASKED)
    asked = {**ASKED, "community": cast.community.pk}
    client.post("/me/keys/", asked, headers={"Authorization": f"Bearer {secret}"})
    assert ApiKey.objects.count() == 1
