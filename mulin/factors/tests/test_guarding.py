"""The first second factor: whoever was signed in before it, elsewhere, signs in anew."""

import pytest
from django.contrib.messages import get_messages

from mulin.entry.actions import start
from mulin.entry.models import SignIn
from mulin.entry.tests.factories import sign_in
from mulin.factors import actions
from mulin.factors.models import Passkey
from mulin.factors.tests.helpers import code_now, with_app, with_passkey
from mulin.factors.tests.soft_key import SoftKey
from mulin.kernel import clock
from mulin.kernel.refusals import Refused

OUT = "Your other devices are signed out"


@pytest.fixture(autouse=True)
def still():
    clock.set(clock.now())


def by_app(client, account):
    client.post("/me/security/authenticator/begin/")
    return client.post("/me/security/authenticator/", {"code": code_now(account)})


def by_passkey(client, account):
    options = client.get("/me/security/passkeys/new/").context["options"]
    given = {"name": "Phone", "credential": SoftKey().make(options)}
    return client.post("/me/security/passkeys/new/", given)


def still_in(account):
    return SignIn.objects.filter(account=account, revoked_at__isnull=True)


@pytest.mark.parametrize("add", [by_app, by_passkey])
def test_the_first_factor_ends_every_other_sign_in_and_says_so(client, cast, account, add):
    sign_in(client, cast.officer)
    here, elsewhere = still_in(account).get(), start(account, device="Thief")
    neighbours = start(cast.worker.account, device="x")
    response = add(client, account)
    assert OUT in " ".join(str(each) for each in get_messages(response.wsgi_request))
    assert list(still_in(account)) == [here]
    elsewhere.refresh_from_db()
    neighbours.refresh_from_db()
    assert elsewhere.revoked_at
    assert not neighbours.revoked_at


@pytest.mark.parametrize("add", [by_app, by_passkey])
def test_a_further_factor_ends_nothing(client, cast, account, add):
    with_passkey(account) if add is by_app else with_app(account)
    sign_in(client, cast.officer)
    elsewhere = start(account, device="Tablet")
    response = add(client, account)
    assert OUT not in " ".join(str(each) for each in get_messages(response.wsgi_request))
    elsewhere.refresh_from_db()
    assert not elsewhere.revoked_at


def test_what_did_not_fit_ends_nothing(client, cast, account):
    elsewhere = start(account, device="Tablet")
    actions.begin_totp(account)
    with pytest.raises(Refused, match="does not fit"):
        actions.confirm_totp(account, "123")
    elsewhere.refresh_from_db()
    assert not elsewhere.revoked_at
    assert not Passkey.objects.exists()
