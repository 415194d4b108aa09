"""What is known beyond one community: the account someone signs in with, and oversight from above."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from mulin.kernel.ids import uuid7
from mulin.secrecy.fields import EncryptedTextField, HashField
from mulin.territory.models import Division


class Account(models.Model):
    """What someone signs in with, and how they like their pages; says nothing about who that is in a community."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(null=True, blank=True, unique=True)  # lower case; in clear, and we say so
    phone = EncryptedTextField(blank=True)
    phone_hash = HashField("phone", of="phone")
    password = models.CharField(max_length=128, blank=True)  # an argon2 hash; empty: codes only
    language = models.CharField(max_length=8, blank=True)
    theme = models.CharField(max_length=8, blank=True)  # light, dark
    mode = models.CharField(max_length=8, blank=True)  # elder
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = {
        "id": "public",
        **dict.fromkeys(("email", "phone"), "contact"),
        **dict.fromkeys(("phone_hash", "password"), "sealed"),
        **dict.fromkeys(("language", "theme", "mode", "is_active", "created_at"), "personal"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone_hash"], condition=~Q(phone_hash=""), name="account_phone"),
        ]

    def __str__(self) -> str:
        return f"account {self.pk}"


class Oversight(models.Model):
    """Someone of a higher level who may look into every community below a division, for a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="oversights")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)  # one of figures.OVERSIGHTS
    starts_on = models.DateField()
    ends_on = models.DateField()  # the first day without it

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "account", "division", "kind", "starts_on", "ends_on"), "public"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="oversight_days")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.division}"
