"""Passkeys, with a security key made of software: what fits opens, anything else does not."""

import json

import pytest
from django.core import mail

from mulin.factors import actions
from mulin.factors.figures import passkeys_work
from mulin.factors.models import Passkey
from mulin.factors.tests.helpers import with_passkey
from mulin.factors.tests.soft_key import SoftKey
from mulin.kernel import clock
from mulin.kernel.refusals import Refused


def take(key, account=None, **more):
    options, challenge = actions.ask_for(account and account.pk)
    return actions.take_passkey(key.show(options), challenge=challenge, account=account, **more)


def test_a_passkey_is_added_told_of_and_opens_its_account(account):
    key = with_passkey(account)
    assert "passkey was added" in mail.outbox[-1].body
    assert take(key) == account
    assert take(key, account) == account
    row = Passkey.objects.get()
    assert (row.sign_count, row.transports, row.name) == (2, ["internal"], "phone")
    assert row.used_at


def test_the_same_passkey_is_not_added_twice_and_the_browser_is_told_which_there_are(cast, account):
    key = with_passkey(account)
    options, _challenge = actions.ask_to_make(account, "me")
    assert len(options["excludeCredentials"]) == 1
    with pytest.raises(Refused, match="known already"):
        with_passkey(cast.worker.account, key)


@pytest.mark.parametrize("wrong", [{"origin": "https://evil.example"}, {"host": "evil.example"}])
def test_another_site_makes_and_shows_no_passkey_of_ours(account, wrong):
    with pytest.raises(Refused, match="did not fit"):
        with_passkey(account, SoftKey(**wrong))
    key = with_passkey(account)
    for name, value in wrong.items():
        setattr(key, name, value)
    with pytest.raises(Refused, match="did not fit"):
        take(key)


def test_another_challenge_does_not_fit(account):
    key = with_passkey(account)
    options, _challenge = actions.ask_for()
    _other, challenge = actions.ask_for()
    with pytest.raises(Refused, match="did not fit"):
        actions.take_passkey(key.show(options), challenge=challenge)
    with pytest.raises(Refused, match="did not fit"):
        actions.take_passkey(key.show(options), challenge=b"")


def test_an_answer_that_was_listened_to_does_not_open_again(account):
    key = with_passkey(account)
    options, challenge = actions.ask_for()
    answer = key.show(options)
    actions.take_passkey(answer, challenge=challenge)
    Passkey.objects.update(sign_count=0)  # even where a key counts nothing
    with pytest.raises(Refused, match="did not fit"):
        actions.take_passkey(answer, challenge=challenge)


def test_a_counter_that_goes_back_betrays_a_copy(account):
    key = with_passkey(account)
    take(key)
    take(key)
    key.count = 0
    with pytest.raises(Refused, match="did not fit"):
        take(key)


def test_a_key_that_checked_nobody_is_a_second_factor_and_never_both(account):
    key = with_passkey(account, SoftKey(verifies=False))
    assert take(key, account) == account
    with pytest.raises(Refused, match="did not fit"):
        take(key)


def test_anothers_passkey_or_an_ended_account_opens_nothing(cast, account):
    key = with_passkey(account)
    with pytest.raises(Refused, match="did not fit"):
        take(key, cast.worker.account)
    type(account).objects.filter(pk=account.pk).update(is_active=False)
    with pytest.raises(Refused, match="did not fit"):
        take(key)


def test_a_signature_by_another_key_does_not_fit(account):
    key = with_passkey(account)
    forged = SoftKey(id=key.id)
    with pytest.raises(Refused, match="did not fit"):
        take(forged)


@pytest.mark.parametrize("answer", ["", "{", "[]", "{}", '{"id": 1}', '{"id": "é", "rawId": "é", "response": {}}'])
def test_anything_else_is_refused_in_plain_words(account, answer):
    for act in (
        lambda challenge: actions.take_passkey(answer, challenge=challenge),
        lambda challenge: actions.add_passkey(account, answer, challenge=challenge, name="x"),
    ):
        with pytest.raises(Refused, match="did not fit"):
            act(actions.ask_for()[1])


@pytest.mark.parametrize("name", ["clientDataJSON", "authenticatorData", "signature"])
def test_a_part_that_was_changed_is_refused(account, name):
    key = with_passkey(account)
    options, challenge = actions.ask_for()
    answer = json.loads(key.show(options))
    answer["response"][name] = answer["response"][name][:-8] + "AAAAAAAA"
    with pytest.raises(Refused, match="did not fit"):
        actions.take_passkey(json.dumps(answer), challenge=challenge)


def test_a_number_for_a_name_makes_no_passkeys(settings):
    assert passkeys_work()
    settings.SITE_URL = "http://127.0.0.1:8000"
    assert not passkeys_work()


def test_a_challenge_is_forgotten_after_a_quarter_of_an_hour(account):
    key = with_passkey(account)
    take(key)
    clock.advance(clock.timedelta(minutes=16))
    actions.tidy()
    assert take(key) == account
