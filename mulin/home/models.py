"""What waits to be read by someone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from mulin.kernel.models import TenantModel


class Notification(TenantModel):
    """One sentence to one account about one noun; the words are made when it is read, in the reader's language."""

    account = models.UUIDField()
    kind = models.CharField(max_length=64)
    noun_id = models.UUIDField()
    seq = models.PositiveBigIntegerField()  # the line it tells of
    verb = models.CharField(max_length=32)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail_at = models.DateTimeField(null=True)  # when its mail is tried next; null: sent, or none to be sent

    classes: ClassVar[dict[str, Any]] = {
        **dict.fromkeys(("kind", "noun_id", "seq", "verb", "at", "read_at", "mail_at"), "public"),
        "account": "personal",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "account", "seq"], name="notification_once")]
        indexes = [
            models.Index(fields=["community", "account", "-at"], name="notification_list"),
            models.Index(fields=["community", "account"], condition=Q(read_at=None), name="notification_unread"),
            models.Index(fields=["mail_at"], condition=Q(mail_at__isnull=False), name="notification_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} for {self.account}"
