"""The authenticator app and recovery codes: each code counts once, and within a clock's drift."""

import io

import pytest
from django.core import mail

from mulin.factors import actions, queries
from mulin.factors.models import Authenticator, RecoveryCode
from mulin.factors.tests.helpers import code_now, with_app, with_passkey
from mulin.kernel import clock
from mulin.kernel.refusals import Refused


@pytest.fixture(autouse=True)
def still():
    clock.set(clock.now())


def test_an_app_counts_from_its_first_right_code(account):
    actions.begin_totp(account)
    assert not queries.has_factor(account.pk)
    with pytest.raises(Refused, match="does not fit"):
        actions.confirm_totp(account, "123")
    actions.confirm_totp(account, f" {code_now(account)[:3]} {code_now(account)[3:]} ")
    assert queries.has_factor(account.pk)
    assert "authenticator app was added" in mail.outbox[-1].body


def test_a_code_counts_once(account):
    with_app(account)
    code = code_now(account)
    assert actions.take_totp(account, code)
    assert not actions.take_totp(account, code)
    assert not actions.take_totp(account, code_now(account, drift=-30))  # nor an older one after it


def test_the_code_that_confirmed_the_app_does_not_sign_in(account):
    actions.begin_totp(account)
    code = code_now(account)
    actions.confirm_totp(account, code)
    assert not actions.take_totp(account, code)


@pytest.mark.parametrize(("drift", "fits"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_off_by_one_step(account, drift, fits):
    with_app(account)
    assert actions.take_totp(account, code_now(account, drift)) is fits


def test_the_secret_is_not_in_clear_and_the_code_to_scan_is_a_picture(account):
    app = actions.begin_totp(account)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM factors_authenticator")
        assert app.secret not in cursor.fetchone()[0]
    assert actions.otpauth(app, "chen@example.org").startswith("otpauth://totp/Mulin")
    assert actions.drawn(app, "chen@example.org").startswith("data:image/svg+xml")
    assert len(actions.spelled_out(app).replace(" ", "")) == 32


def test_begun_anew_there_is_one_secret_and_a_second_app_is_refused(account):
    first = actions.begin_totp(account)
    assert actions.begin_totp(account).secret != first.secret
    actions.confirm_totp(account, code_now(account))
    with pytest.raises(Refused, match="Remove that one first"):
        actions.begin_totp(account)


def test_whoever_lost_everything_gets_in_again_by_the_command(account):
    from django.core.management import CommandError, call_command

    from mulin.entry.actions import start

    with_app(account)
    with_passkey(account)
    sign_in = start(account, device="x")
    call_command("drop_factors", account.email.upper(), stdout=io.StringIO())
    sign_in.refresh_from_db()
    assert sign_in.revoked_at
    assert not queries.has_factor(account.pk)
    with pytest.raises(CommandError, match="No account"):
        call_command("drop_factors", "nobody@example.org")


def test_guessing_the_first_code_is_slowed_down(account):
    actions.begin_totp(account)
    for _ in range(10):
        with pytest.raises(Refused, match="does not fit"):
            actions.confirm_totp(account, "x")
    with pytest.raises(Refused, match="tried too often"):
        actions.confirm_totp(account, code_now(account))


def test_a_recovery_code_opens_once_however_it_is_written(account):
    with_app(account)
    codes = actions.renew_codes(account)
    assert len(set(codes)) == 10
    assert actions.take_recovery(account, f" {codes[0].upper().replace('-', ' ')} ")
    assert "with a recovery code" in mail.outbox[-1].body
    assert not actions.take_recovery(account, codes[0])
    assert queries.factors_of(account.pk).codes_left == 9
    assert not any(codes[1].replace("-", "") in str(row) for row in RecoveryCode.objects.values())


def test_new_recovery_codes_end_the_old_ones_and_are_of_one_account(cast, account):
    with_app(account)
    old, new = actions.renew_codes(account), actions.renew_codes(account)
    assert not actions.take_recovery(account, old[0])
    assert not actions.take_recovery(cast.worker.account, new[0])
    assert actions.take_recovery(account, new[0])


def test_the_last_factor_takes_the_recovery_codes_with_it(account):
    with_app(account)
    with_passkey(account)
    actions.renew_codes(account)
    actions.remove_totp(account)
    assert queries.factors_of(account.pk).codes_left == 10
    actions.remove_passkey(account.passkeys.get().pk, account)
    assert queries.factors_of(account.pk).codes_left == 0
    assert not Authenticator.objects.exists()
    assert [mail.outbox[-2].body.split(" from ")[0], mail.outbox[-1].body.split(" from ")[0]] == [
        "The authenticator app was removed", "A passkey was removed",
    ]  # fmt: skip
