"""Which mails someone wants: chosen on a page, through the API, or by the link in a mail."""

from __future__ import annotations

from uuid import UUID

from mulin.kernel.clock import now

from ..figures import MORNING
from ..models import Choices, Morning, Notification


def choose(account_id: UUID, *, mail: str, muted: list[str], morning: bool) -> Choices:
    """Keep which mails someone wants; what waits and is not wanted any more is not sent."""
    kept = {"mail": mail, "muted": sorted(muted), "morning": morning, "updated_at": now()}
    choices, _made = Choices.objects.update_or_create(account_id=account_id, defaults=kept)
    waiting = Notification.objects.filter(account=account_id, mail_at__isnull=False)
    if mail == "never":
        waiting.update(mail_at=None)
    for topic in muted:
        waiting.filter(kind__startswith=f"{topic}.").update(mail_at=None)
    if not morning:
        Morning.objects.filter(account=account_id).update(mail_at=None)
    return choices


def unsubscribe(account_id: UUID, topic: str) -> Choices:
    """Send no more mail about one topic, or no more letters in the morning."""
    found = Choices.objects.filter(account=account_id).first() or Choices()
    muted = found.muted if topic == MORNING else [*{*found.muted, topic}]
    return choose(account_id, mail=found.mail, muted=muted, morning=found.morning and topic != MORNING)
