"""The authenticator app: set up, confirmed by its first code, removed."""

from __future__ import annotations

import secrets
from base64 import b32encode
from typing import Any

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction
from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.refusals import Refused
from mulin.people.models import Account

from ..figures import DRIFT, STEP, plain, step_of
from ..models import Authenticator
from ..queries import begun, has_factor
from .guarding import guarded_now
from .mail import tell_change
from .recovery import forget_unguarded
from .throttle import slow_down


def begin_totp(account: Account) -> Authenticator:
    """Begin to set up an authenticator app; one that was begun before and not confirmed is begun anew."""
    slow_down("begin-factor", str(account.pk))
    Authenticator.objects.filter(account=account, confirmed_at__isnull=True).delete()
    if Authenticator.objects.filter(account=account).exists():
        raise Refused("has_one", _("This account has an authenticator app already. Remove that one first."))
    return Authenticator.objects.create(account=account, secret=secrets.token_bytes(20).hex(), created_at=now())


def confirm_totp(account: Account, code: str, *, here: Any = None) -> Authenticator:
    """Take the first code of an authenticator app; from now on the account asks for them.

    `here`: the sign-in that stays; where this is the first factor, all others end.
    """
    slow_down("confirm-factor", str(account.pk))
    new = begun(account.pk)
    step = new and _step(new, code)
    if new is None or not step:
        raise Refused("wrong_code", _("This code does not fit. Take the one your app shows now."), status=422)
    new.confirmed_at, new.last_step = now(), step
    with transaction.atomic():
        was = has_factor(account.pk)
        Authenticator.objects.filter(pk=new.pk).update(confirmed_at=new.confirmed_at, last_step=step)
        guarded_now(account, was=was, here=here)
    tell_change(account, "authenticator")
    return new


def remove_totp(account: Account) -> None:
    """Remove the authenticator app of an account."""
    gone, _each = Authenticator.objects.filter(account=account).delete()
    if gone:
        forget_unguarded(account)
        tell_change(account, "authenticator_gone")


def take_totp(account: Account, code: str) -> bool:
    """Use up a code of the account's authenticator app, and say whether it was right."""
    app = Authenticator.objects.filter(account=account, confirmed_at__isnull=False).first()
    step = _step(app, code) if app else 0
    if app is None or not step:
        return False
    # A conditional update: of two who send the same code at once, one comes in.
    return bool(Authenticator.objects.filter(pk=app.pk, last_step__lt=step).update(last_step=step))


def otpauth(app: Authenticator, name: str) -> str:
    """Write the address by which an app takes the secret over."""
    return _totp(app).get_provisioning_uri(name, _("Mulin"))


def drawn(app: Authenticator, name: str) -> str:
    """Draw that address as a code to scan, for an image on the page."""
    return segno.make(otpauth(app, name), error="m").svg_data_uri(scale=5, border=3, light="#fff")


def spelled_out(app: Authenticator) -> str:
    """Write the secret for whoever types it in, in groups of four."""
    secret = b32encode(bytes.fromhex(app.secret)).decode()
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _totp(app: Authenticator) -> TOTP:
    return TOTP(bytes.fromhex(app.secret), 6, SHA1(), STEP)


def _step(app: Authenticator, code: str) -> int:
    totp, digits, here = _totp(app), plain(code), step_of(now())
    for step in range(here - DRIFT, here + DRIFT + 1):
        try:
            totp.verify(digits.encode(), step * STEP)
        except InvalidToken:
            continue
        return step if step > app.last_step else 0
    return 0
