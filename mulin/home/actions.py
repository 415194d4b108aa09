"""Telling people, and noting that they read it. Notifications are no nouns: they have no life of their own."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.dispatch import receiver
from django.utils import translation
from django.utils.translation import gettext as _

from mulin.cases.models import Case
from mulin.kernel.clock import now
from mulin.kernel.readers import Heard
from mulin.people.models import Account
from mulin.web.http import noun_opened

from .figures import sentence
from .models import Notification
from .queries import notifications

log = logging.getLogger(__name__)
AGAIN = timedelta(minutes=10)
GIVEN_UP = timedelta(days=1)  # who hears of it by mail later than that has long seen it here


def tell(line: Heard, accounts: set[UUID]) -> None:
    """Leave a notification for these accounts about a line, unless they have it; their mail waits to be sent."""
    had = set(Notification.objects.filter(community=line.community, seq=line.seq).values_list("account", flat=True))
    reached = set(_reached().filter(pk__in=accounts).values_list("pk", flat=True))
    Notification.objects.bulk_create([
        Notification(
            community_id=line.community, account=account, kind=line.kind, noun_id=line.noun_id, seq=line.seq,
            verb=line.verb, at=line.at, mail_at=now() if account in reached else None,
        )
        for account in sorted(accounts - had)
    ])  # fmt: skip


def mail_out(most: int = 200) -> None:
    """Send the mails that wait. Never within a transaction: a mail server takes its time."""
    due = Notification.objects.filter(mail_at__lte=now())
    if not (waiting := list(due.order_by("mail_at")[:most])):
        return
    try:
        with get_connection() as server:
            for told in waiting:
                _mail(told, server)
    except OSError:
        log.exception("The mail server does not answer; %s mails wait", len(waiting))
        due.filter(pk__in=[told.pk for told in waiting]).update(mail_at=now() + AGAIN)


def _mail(told: Notification, server: Any) -> None:
    # Taken before it is sent: no other worker sends it too, and if this one dies or fails, it is tried again.
    rows = Notification.objects.filter(pk=told.pk, community=told.community_id)
    if not rows.filter(mail_at=told.mail_at).update(mail_at=now() + AGAIN):
        return
    account = _reached().filter(pk=told.account).first()
    cases = Case.objects.select_related("category", "community")
    case = cases.filter(pk=told.noun_id, community=told.community_id).first()
    if account and case and told.at > now() - GIVEN_UP:
        try:
            EmailMessage(*_letter(case, told, account), None, [str(account.email)], connection=server).send()
        except Exception:
            log.exception("The mail of notification %s failed", told.pk)
            return
    rows.update(mail_at=None)


def _letter(case: Case, told: Notification, account: Account) -> tuple[str, str]:
    with translation.override(account.language or settings.LANGUAGE_CODE):
        given = {
            "what": sentence(told.verb), "category": case.category, "number": case.number,
            "link": f"{settings.SITE_URL}{case.get_absolute_url()}",
        }  # fmt: skip
        subject = _("%(number)s: %(what)s") % given
        return subject, _("%(what)s\n\n%(category)s, %(number)s\n%(link)s") % given


def _reached() -> Any:
    return Account.objects.filter(is_active=True).exclude(email=None).exclude(email="")


def read_all(viewer: Any) -> int:
    """Note that everything was read."""
    return notifications(viewer).filter(read_at=None).update(read_at=now())


@receiver(noun_opened)
def read_about(noun: Any, viewer: Any, **_about: Any) -> None:
    """Note that what is told of one noun was read, since its page was opened."""
    told = notifications(viewer).filter(read_at=None, noun_id=noun.pk)
    if viewer.is_someone and told.exists():
        told.update(read_at=now())
