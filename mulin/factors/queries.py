"""Reads about second factors: whether an account has one, and what its own page shows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from mulin.people.models import Oversight
from mulin.people.queries import terms_of

from .figures import STAFF
from .models import Authenticator, Passkey, RecoveryCode


def guarded(account: str) -> Q:
    """Ask, in a statement about something else, whether the account in that column has a second factor."""
    apps = Authenticator.objects.filter(account=OuterRef(account), confirmed_at__isnull=False)
    return Q(Exists(apps)) | Q(Exists(Passkey.objects.filter(account=OuterRef(account))))


@dataclass(frozen=True)
class Factors:
    """What guards an account besides its password."""

    authenticator: Authenticator | None
    passkeys: list[Passkey]
    codes_left: int

    def __bool__(self) -> bool:
        return bool(self.authenticator or self.passkeys)


def factors_of(account_id: UUID) -> Factors:
    """Load the second factors of an account that count."""
    return Factors(
        Authenticator.objects.filter(account=account_id, confirmed_at__isnull=False).first(),
        list(Passkey.objects.filter(account=account_id).order_by("created_at")),
        RecoveryCode.objects.filter(account=account_id, used_at__isnull=True).count(),
    )


def has_factor(account_id: UUID) -> bool:
    """Tell whether a password or a code alone does not open this account."""
    confirmed = Authenticator.objects.filter(account=account_id, confirmed_at__isnull=False).exists()
    return confirmed or Passkey.objects.filter(account=account_id).exists()


def begun(account_id: UUID) -> Authenticator | None:
    """Find the authenticator that is being set up: its first code has not come yet."""
    return Authenticator.objects.filter(account=account_id, confirmed_at__isnull=True).first()


def passkey_of(passkey_id: UUID, account_id: UUID) -> Passkey | None:
    """Find one of an account's passkeys."""
    return Passkey.objects.filter(pk=passkey_id, account=account_id).first()


def is_staff(account_id: UUID) -> bool:
    """Tell whether an account holds a post, somewhere, that should be guarded by a second factor."""
    held = (term.post.kind.capabilities for term in terms_of(account_id) if term.state == "held")
    return any(STAFF.intersection(each) for each in held) or Oversight.objects.filter(account=account_id).exists()
