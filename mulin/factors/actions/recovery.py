"""Recovery codes: ten on paper, each good once."""

from __future__ import annotations

import secrets

from django.db import transaction

from mulin.kernel.clock import now
from mulin.people.models import Account
from mulin.secrecy.hashes import keyed_hash

from ..figures import RECOVERY_CODES, plain, recovery_code
from ..models import RecoveryCode
from ..queries import has_factor
from .mail import tell_change
from .throttle import slow_down


def renew_codes(account: Account) -> list[str]:
    """Make ten new recovery codes; the old ones end, and these are returned once and kept by nobody."""
    slow_down("recovery", str(account.pk))
    codes, at = [recovery_code(secrets.choice) for _ in range(RECOVERY_CODES)], now()
    with transaction.atomic():
        RecoveryCode.objects.filter(account=account).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(account=account, code_hash=_hash(account, code), created_at=at) for code in codes
        )
    tell_change(account, "recovery")
    return codes


def take_recovery(account: Account, code: str) -> bool:
    """Use up a recovery code, and say whether it was one."""
    unused = RecoveryCode.objects.filter(account=account, code_hash=_hash(account, code), used_at__isnull=True)
    if not unused.update(used_at=now()):
        return False
    tell_change(account, "recovered")
    return True


def forget_unguarded(account: Account) -> None:
    """Delete the recovery codes of an account that has no second factor any more."""
    if not has_factor(account.pk):
        RecoveryCode.objects.filter(account=account).delete()


def _hash(account: Account, code: str) -> str:
    return keyed_hash(f"recovery-code:{account.pk}", plain(code))
