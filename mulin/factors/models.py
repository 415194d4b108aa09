"""What guards an account besides its password, and how often something was tried."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mulin.kernel.ids import uuid7
from mulin.people.models import Account
from mulin.secrecy.fields import EncryptedTextField


class Throttle(models.Model):
    """How often something was tried since a moment, so that guessing gets nobody anywhere."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key_hash = models.CharField(max_length=64, unique=True)
    starts_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=1)

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("id", "starts_at", "count"), "personal"), "key_hash": "sealed",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.count} since {self.starts_at}"


class Authenticator(models.Model):
    """An app on someone's phone that shows six digits, new ones every 30 seconds; at most one for an account."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.OneToOneField(Account, models.CASCADE, related_name="authenticator")
    secret = EncryptedTextField()
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)  # counts from its first right code
    last_step = models.BigIntegerField(default=0)  # the newest step that a code was taken of: each counts once

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("id", "account", "created_at", "confirmed_at", "last_step"), "personal"), "secret": "sealed",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"authenticator of {self.account_id}"


class Passkey(models.Model):
    """A key that a phone, computer or stick keeps for this site alone; only its public half is here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="passkeys")
    credential_id = models.CharField(max_length=1400, unique=True)  # base64url, as browsers write it
    public_key = models.BinaryField()
    sign_count = models.PositiveBigIntegerField(default=0)
    transports = models.JSONField(default=list)
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("id", "account", "sign_count", "transports", "name", "created_at", "used_at"), "personal"),
        **dict.fromkeys(("credential_id", "public_key"), "sealed"),
    }

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """A code on paper for the day the phone is gone; good once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("id", "account", "created_at", "used_at"), "personal"), "code_hash": "sealed",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"recovery code of {self.account_id}"
