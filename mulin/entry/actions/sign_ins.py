"""Signing in, with a password, a one-time code or a passkey, and out again, on one device or on all others."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from mulin.factors import actions as factors
from mulin.factors.actions import forgive, slow_down
from mulin.factors.queries import has_factor
from mulin.kernel.clock import now
from mulin.kernel.refusals import Refused
from mulin.people.figures import spelled
from mulin.people.models import Account
from mulin.people.queries import account_by

from ..figures import DEVICE_KNOWN
from ..models import Device, Guest, OneTimeCode, SignIn
from .codes import check_code, code_refused
from .mail import tell_new_device


@dataclass(frozen=True)
class HalfIn:
    """Someone who proved a password or an address, and whose account asks for a second factor besides."""

    account_id: UUID


@cache
def _nobodys_password() -> str:
    return make_password(secrets.token_urlsafe())


def enter(target: str, password: str, *, address: str, device: str) -> SignIn | HalfIn:
    """Sign in with a password. Unknown and wrong answer alike, after the same work."""
    target = spelled(target)
    slow_down("sign-in", target, address)
    account = account_by(target)
    known = account is not None and account.is_active and bool(account.password)
    fits = check_password(password, account.password if account and known else _nobodys_password())
    if account is None or not (known and fits):
        words = _("Name and password do not fit together. You can also have a one-time code sent.")
        raise Refused("wrong_password", words, status=403)
    forgive("sign-in", target, address)
    return admit(account, device=device)


def enter_by_code(target: str, code: str, *, address: str, device: str) -> SignIn | HalfIn:
    """Sign in with a one-time code."""
    slow_down("sign-in", address)
    check_code("sign_in", target, code)
    account = account_by(target)
    if account is None or not account.is_active or Guest.objects.filter(account=account, ends_at__lte=now()).exists():
        raise code_refused()
    forgive("sign-in", address)
    return admit(account, device=device)


def enter_by_factor(half: HalfIn, *, address: str, device: str, code: str = "", passkey: str = "",
                    challenge: bytes = b"") -> SignIn:  # fmt: skip
    """Sign in fully: with a code of the app, a recovery code, or a passkey of this account."""
    slow_down("factor", str(half.account_id), address)
    account = Account.objects.filter(pk=half.account_id, is_active=True).first()
    if account is None:
        raise code_refused()
    if passkey:
        factors.take_passkey(passkey, challenge=challenge, account=account)
    elif not (factors.take_totp(account, code) or factors.take_recovery(account, code)):
        words = _("This code does not fit, or it was used before. Take the one your app shows now, or a recovery code.")
        raise Refused("wrong_code", words, status=403)
    forgive("factor", str(half.account_id), address)
    return start(account, device=device)


def enter_by_passkey(passkey: str, *, challenge: bytes, address: str, device: str) -> SignIn:
    """Sign in with a passkey alone; the device checked who holds it, so it counts as both factors."""
    slow_down("passkey", address)
    account = factors.take_passkey(passkey, challenge=challenge)
    forgive("passkey", address)
    return start(account, device=device)


def admit(account: Account, *, device: str) -> SignIn | HalfIn:
    """Open a sign-in for someone who proved who they are, or ask for the second factor where there is one."""
    return HalfIn(account.pk) if has_factor(account.pk) else start(account, device=device)


def start(account: Account, *, device: str) -> SignIn:
    """Open a sign-in for one device."""
    at, device = now(), device[:60]
    _recognise(account, device)
    return SignIn.objects.create(account=account, created_at=at, seen_at=at, device=device)


def seen(sign_in: SignIn) -> None:
    """Note that a sign-in is in use."""
    SignIn.objects.filter(pk=sign_in.pk).update(seen_at=now())


def leave(sign_in_id: UUID, *, account_id: UUID) -> None:
    """End one sign-in of an account, at once and on whatever device."""
    rows = SignIn.objects.filter(pk=sign_in_id, account_id=account_id, revoked_at__isnull=True)
    rows.update(revoked_at=now())


def leave_others(sign_in: SignIn) -> None:
    """End every other sign-in of an account."""
    leave_all(sign_in.account, here=sign_in)


def leave_all(account: Account, here: SignIn | None = None) -> None:
    """End every sign-in of an account; `here` stays."""
    rows = SignIn.objects.filter(account=account, revoked_at__isnull=True)
    (rows.exclude(pk=here.pk) if here else rows).update(revoked_at=now())


def drop_factors(account: Account) -> None:
    """Remove every second factor of someone who lost them and proved who they are, and end all sign-ins."""
    factors.remove_all(account)
    leave_all(account)


def set_password(sign_in: SignIn, password: str) -> None:
    """Set a new password and end every other sign-in."""
    slow_down("password", str(sign_in.account_id))
    hashed = make_password(password)
    with transaction.atomic():
        Account.objects.filter(pk=sign_in.account_id).update(password=hashed)
        leave_others(sign_in)
    factors.tell_change(sign_in.account, "password")


def tidy() -> None:
    """Delete what opens nothing any more: old sign-ins, devices not seen for long, codes past their time."""
    at = now()
    SignIn.objects.filter(created_at__lt=at - timedelta(days=settings.SIGN_IN_DAYS)).delete()
    Device.objects.filter(seen_at__lt=at - DEVICE_KNOWN).delete()
    OneTimeCode.objects.filter(expires_at__lt=at).delete()


def _recognise(account: Account, device: str) -> None:
    at, known = now(), Device.objects.filter(account=account)
    if known.filter(name=device, seen_at__gt=at - DEVICE_KNOWN).update(seen_at=at):
        return
    # The first device of a new account is no news; a demo is entered by everybody.
    is_news = not settings.DEMO and (account.created_at < at - timedelta(days=1) or known.exists())
    Device.objects.update_or_create(account=account, name=device, defaults={"seen_at": at})
    if is_news:
        tell_new_device(account, device)
