"""Getting in, with a password or a one-time code, and getting out."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import cache
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F
from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.refusals import Refused
from mulin.secrecy.hashes import keyed_hash

from .. import queries
from ..figures import CODE_LIVES, CODE_TRIES, spelled
from ..models import Account, OneTimeCode, SignIn, Throttle
from . import mail
from .throttle import WINDOW, forgive, slow_down


@cache
def _nobodys_password() -> str:
    return make_password(secrets.token_urlsafe())


def enter(target: str, password: str, *, address: str, device: str) -> SignIn:
    """Sign in with a password. Unknown and wrong answer alike, after the same work."""
    target = spelled(target)
    slow_down("sign-in", target, address)
    account = queries.account_by(target)
    known = account is not None and account.is_active and bool(account.password)
    fits = check_password(password, account.password if account and known else _nobodys_password())
    if account is None or not (known and fits):
        words = _("Name and password do not fit together. You can also have a one-time code sent.")
        raise Refused("wrong_password", words, status=403)
    forgive("sign-in", target, address)
    return start(account, device=device)


def start(account: Account, *, device: str) -> SignIn:
    """Open a sign-in for one device."""
    at = now()
    Account.objects.filter(pk=account.pk).update(last_login=at)
    return SignIn.objects.create(account=account, created_at=at, seen_at=at, device=device[:60])


def seen(sign_in: SignIn) -> None:
    """Note that a sign-in is in use."""
    SignIn.objects.filter(pk=sign_in.pk).update(seen_at=now())


def tidy() -> None:
    """Delete what opens nothing any more: old sign-ins, codes past their time, tries that no longer count."""
    at = now()
    SignIn.objects.filter(created_at__lt=at - timedelta(days=settings.SIGN_IN_DAYS)).delete()
    OneTimeCode.objects.filter(expires_at__lt=at).delete()
    Throttle.objects.filter(starts_at__lt=at - WINDOW).delete()


def leave(sign_in_id: UUID, *, account_id: UUID) -> None:
    """End one sign-in of an account, at once and on whatever device."""
    rows = SignIn.objects.filter(pk=sign_in_id, account_id=account_id, revoked_at__isnull=True)
    rows.update(revoked_at=now())


def send_code(purpose: str, target: str, *, address: str, always: bool = False) -> str:
    """Send a one-time code to a mail address or phone; to unknown ones only when `always`.

    Returns the code in a demo, where nobody would get it otherwise, and nothing elsewhere.
    """
    target = spelled(target)
    slow_down("code", target, address, limit=10)
    code = f"{secrets.randbelow(1_000_000):06}"
    _keep(purpose, _target_hash(purpose, target), code)
    account = queries.account_by(target)
    if always or (account and account.is_active):
        mail.send_code(target, code, language=account.language if account else "")
    return code if settings.DEMO else ""


def check_code(purpose: str, target: str, code: str) -> None:
    """Use up a one-time code, or refuse; five wrong tries end it."""
    _use(purpose, _target_hash(purpose, spelled(target)), code)


def enter_by_code(target: str, code: str, *, address: str, device: str) -> SignIn:
    """Sign in with a one-time code."""
    slow_down("sign-in", address)
    check_code("sign_in", target, code)
    account = queries.account_by(spelled(target))
    if account is None or not account.is_active:
        raise code_refused()
    forgive("sign-in", address)
    return start(account, device=device)


def _target_hash(purpose: str, target: str) -> str:
    return keyed_hash(f"code-target:{purpose}", target)


def _code_hash(target_hash: str, code: str) -> str:
    return keyed_hash(f"one-time-code:{target_hash}", code.strip())


def _keep(purpose: str, target_hash: str, code: str) -> None:
    OneTimeCode.objects.filter(purpose=purpose, target_hash=target_hash).delete()  # only the newest counts
    OneTimeCode.objects.create(
        purpose=purpose, target_hash=target_hash, code_hash=_code_hash(target_hash, code), expires_at=now() + CODE_LIVES
    )


def _use(purpose: str, target_hash: str, code: str) -> None:
    rows = OneTimeCode.objects.filter(
        purpose=purpose, target_hash=target_hash, used_at__isnull=True, expires_at__gt=now(), tries__lt=CODE_TRIES
    )
    # Counted before it is compared, and used up by a conditional update: two at once cannot both win.
    if not rows.update(tries=F("tries") + 1):
        raise code_refused()
    fits = OneTimeCode.objects.filter(
        purpose=purpose, target_hash=target_hash, used_at__isnull=True, code_hash=_code_hash(target_hash, code)
    )
    if not fits.update(used_at=now()):
        raise code_refused()


def code_refused() -> Refused:
    """Say that a code opens nothing, whatever the reason."""
    words = _("This code does not fit, or its time is over. You can have a new one sent.")
    return Refused("wrong_code", words, status=403)
