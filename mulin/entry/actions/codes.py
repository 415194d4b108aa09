"""One-time codes: sent to a mail address or phone, and used up."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from mulin.factors.actions import slow_down
from mulin.kernel.clock import now
from mulin.kernel.refusals import Refused
from mulin.people.figures import spelled
from mulin.people.queries import account_by
from mulin.secrecy.hashes import keyed_hash

from ..figures import CODE_LIVES, CODE_TRIES
from ..models import OneTimeCode
from . import mail


def send_code(purpose: str, target: str, *, address: str, always: bool = False) -> str:
    """Send a one-time code to a mail address or phone; to unknown ones only when `always`.

    Returns the code in a demo, where nobody would get it otherwise, and nothing elsewhere.
    """
    target = spelled(target)
    slow_down("code", target, address)
    code = f"{secrets.randbelow(1_000_000):06}"
    target_hash = _target_hash(purpose, target)
    OneTimeCode.objects.filter(purpose=purpose, target_hash=target_hash).delete()  # only the newest counts
    OneTimeCode.objects.create(
        purpose=purpose, target_hash=target_hash, code_hash=_code_hash(target_hash, code), expires_at=now() + CODE_LIVES
    )
    account = account_by(target)
    if always or (account and account.is_active):
        mail.send_code(target, code, language=account.language if account else "")
    return code if settings.DEMO else ""


def check_code(purpose: str, target: str, code: str) -> None:
    """Use up a one-time code, or refuse; five wrong tries end it."""
    target_hash = _target_hash(purpose, spelled(target))
    unused = OneTimeCode.objects.filter(purpose=purpose, target_hash=target_hash, used_at__isnull=True)
    # Counted before it is compared, and used up by a conditional update: two at once cannot both win.
    counted = unused.filter(expires_at__gt=now(), tries__lt=CODE_TRIES).update(tries=F("tries") + 1)
    if not counted or not unused.filter(code_hash=_code_hash(target_hash, code)).update(used_at=now()):
        raise code_refused()


def code_refused() -> Refused:
    """Say that a code opens nothing, whatever the reason."""
    words = _("This code does not fit, or its time is over. You can have a new one sent.")
    return Refused("wrong_code", words, status=403)


def _target_hash(purpose: str, target: str) -> str:
    return keyed_hash(f"code-target:{purpose}", target)


def _code_hash(target_hash: str, code: str) -> str:
    return keyed_hash(f"one-time-code:{target_hash}", code.strip())
