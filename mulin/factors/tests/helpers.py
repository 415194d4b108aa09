"""What tests do with factors: read a code off the app, add a passkey."""

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from mulin.factors import actions
from mulin.factors.models import Authenticator
from mulin.factors.tests.soft_key import SoftKey
from mulin.kernel import clock


def code_now(account, drift=0):
    """Read the six digits that the account's app shows, on a phone whose clock is off by some seconds."""
    app = Authenticator.objects.get(account=account)
    return TOTP(bytes.fromhex(app.secret), 6, SHA1(), 30).generate(int(clock.now().timestamp()) + drift).decode()


def with_app(account):
    """Set up an authenticator app, some time ago."""
    actions.begin_totp(account)
    app = actions.confirm_totp(account, code_now(account))
    clock.advance(clock.timedelta(minutes=2))
    return app


def with_passkey(account, key=None, name="phone"):
    """Add a passkey made of software; return it."""
    key = key or SoftKey()
    options, challenge = actions.ask_to_make(account, "me")
    actions.add_passkey(account, key.make(options), challenge=challenge, name=name)
    return key
