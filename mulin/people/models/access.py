"""Lines of access: who looked at someone's personal data, kept for the person to read."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import TenantModel

from .account import Account
from .person import Person


class AccessLineQuerySet(models.QuerySet[Any]):
    """Lines of access, shown to the person they are about."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep the lines about oneself, and all for whoever audits the community."""
        here = self.filter(community_id=viewer.community_id)
        return here if viewer.can("people.audit") else here.filter(subject_id=viewer.person_id)


class AccessLine(TenantModel):
    """Who looked at someone's personal data, and why; the person concerned can read it."""

    viewer = models.ForeignKey(Account, models.PROTECT, related_name="+")
    viewer_name = models.CharField(max_length=60)
    subject = TenantForeignKey(Person, models.PROTECT, related_name="access_lines")
    what = models.CharField(max_length=20)  # contact, page, …
    reason = models.CharField(max_length=200, blank=True)
    hour = models.DateTimeField()  # one line per viewer, subject, thing and hour
    at = models.DateTimeField()

    objects = AccessLineQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("viewer", "viewer_name", "subject", "what", "reason", "hour", "at"), "personal"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "viewer", "subject", "what", "hour"], name="access_line_hour"),
            models.CheckConstraint(condition=Q(at__gte=F("hour")), name="access_line_time"),
        ]

    def __str__(self) -> str:
        return f"{self.what} at {self.at}"
