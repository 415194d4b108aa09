"""Accounts: opened, looked after, and given oversight."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from mulin.journal.log import Entry
from mulin.journal.models import INSTALLATION
from mulin.kernel.clock import now
from mulin.kernel.engine import writing
from mulin.kernel.refusals import Refused
from mulin.territory.actions import founding_head
from mulin.territory.models import Division

from .. import queries
from ..figures import OVERSIGHTS, spelled
from ..models import Account, Oversight


def open_account(*, by: Any, email: str = "", phone: str = "", password: str = "", language: str = "") -> Account:
    """Open an account for a mail address or phone."""
    hashed = make_password(password) if password else ""  # slow on purpose: before the lock
    return open_hashed(by=by, email=email, phone=phone, hashed=hashed, language=language)


def open_hashed(*, by: Any, email: str = "", phone: str = "", hashed: str = "", language: str = "") -> Account:
    """Open an account whose password was hashed already, as one must within a turn."""
    email, phone = spelled(email) if email else "", spelled(phone) if phone else ""
    with writing(founding_head()) as turn:
        if any(target and queries.account_by(target) for target in (email, phone)):
            raise Refused("account_taken", _("There is an account for this address already. Sign in with it."))
        account = Account.objects.create(
            email=email or None, phone=phone, password=hashed, language=language, created_at=now()
        )
        turn.note(INSTALLATION, Entry("people.account", account.pk, "open", by.actor, now()))
    return account


def close_account(account: Account, *, by: Any) -> None:
    """Erase what an account is found and opened by; nobody signs in with it any more."""
    with writing(founding_head()) as turn:
        account.email, account.phone, account.password, account.is_active = None, "", "", False
        account.save()
        turn.note(INSTALLATION, Entry("people.account", account.pk, "close", by.actor, now()))


def give_oversight(
    *, by: Any, account: Account, division: Division, kind: str, starts_on: date, ends_on: date
) -> Oversight:
    """Let someone of a higher level look into every community below a division, for a time."""
    if kind not in OVERSIGHTS:
        raise ValueError(f"No such oversight: {kind}. Known: {', '.join(OVERSIGHTS)}.")
    with writing(founding_head()) as turn:
        given = Oversight.objects.create(
            account=account, division=division, kind=kind, starts_on=starts_on, ends_on=ends_on
        )
        details = {"account": str(account.pk), "division": str(division.pk), "kind": kind, "ends_on": str(ends_on)}
        turn.note(INSTALLATION, Entry("people.oversight", given.pk, "give", by.actor, now(), details=details))
    return given


def set_appearance(account_id: UUID, *, language: str, theme: str, mode: str) -> None:
    """Keep in which language and with which looks someone wants the pages."""
    Account.objects.filter(pk=account_id).update(language=language, theme=theme, mode=mode)
