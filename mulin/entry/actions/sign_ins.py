"""Signing in, with a password or a one-time code, and out again, on one device or on all others."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import cache
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.refusals import Refused
from mulin.people.figures import spelled
from mulin.people.models import Account
from mulin.people.queries import account_by

from ..figures import TRIES_COUNT
from ..models import OneTimeCode, SignIn, Throttle
from .codes import check_code, code_refused
from .throttle import forgive, slow_down


@cache
def _nobodys_password() -> str:
    return make_password(secrets.token_urlsafe())


def enter(target: str, password: str, *, address: str, device: str) -> SignIn:
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
    return start(account, device=device)


def enter_by_code(target: str, code: str, *, address: str, device: str) -> SignIn:
    """Sign in with a one-time code."""
    slow_down("sign-in", address)
    check_code("sign_in", target, code)
    account = account_by(target)
    if account is None or not account.is_active:
        raise code_refused()
    forgive("sign-in", address)
    return start(account, device=device)


def start(account: Account, *, device: str) -> SignIn:
    """Open a sign-in for one device."""
    at = now()
    return SignIn.objects.create(account=account, created_at=at, seen_at=at, device=device[:60])


def seen(sign_in: SignIn) -> None:
    """Note that a sign-in is in use."""
    SignIn.objects.filter(pk=sign_in.pk).update(seen_at=now())


def leave(sign_in_id: UUID, *, account_id: UUID) -> None:
    """End one sign-in of an account, at once and on whatever device."""
    rows = SignIn.objects.filter(pk=sign_in_id, account_id=account_id, revoked_at__isnull=True)
    rows.update(revoked_at=now())


def set_password(sign_in: SignIn, password: str) -> None:
    """Set a new password and end every other sign-in."""
    slow_down("password", str(sign_in.account_id))
    hashed = make_password(password)
    others = SignIn.objects.filter(account=sign_in.account_id, revoked_at__isnull=True).exclude(pk=sign_in.pk)
    with transaction.atomic():
        Account.objects.filter(pk=sign_in.account_id).update(password=hashed)
        others.update(revoked_at=now())


def tidy() -> None:
    """Delete what opens nothing any more: old sign-ins, codes past their time, tries that no longer count."""
    at = now()
    SignIn.objects.filter(created_at__lt=at - timedelta(days=settings.SIGN_IN_DAYS)).delete()
    OneTimeCode.objects.filter(expires_at__lt=at).delete()
    Throttle.objects.filter(starts_at__lt=at - TRIES_COUNT).delete()
