"""How people get in: sign-ins and devices, one-time codes, guests, API keys and invitations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mulin.kernel.clock import now
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.ids import uuid7
from mulin.kernel.models import TenantModel
from mulin.people.models import Account, Person, Post
from mulin.secrecy.fields import EncryptedTextField

from .figures import CALLS_PER_MINUTE, FRESH


class SignIn(models.Model):
    """One device that is signed in; the signed cookie holds its id, so it can be ended at once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="sign_ins")
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    device = models.CharField(max_length=60, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "account", "created_at", "seen_at", "device", "revoked_at"), "personal"
    )

    def __str__(self) -> str:
        return self.device

    @property
    def is_fresh(self) -> bool:
        return self.created_at >= now() - FRESH


class OneTimeCode(models.Model):
    """A short secret that was sent to someone; good for one thing, a few minutes and a few tries."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.CharField(max_length=20)
    target_hash = models.CharField(max_length=64, db_index=True)
    code_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("id", "purpose", "expires_at", "tries", "used_at"), "personal"),
        **dict.fromkeys(("target_hash", "code_hash"), "sealed"),
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(tries__lte=5), name="code_tries")]

    def __str__(self) -> str:
        return self.purpose


class Device(models.Model):
    """A device that an account came from lately, by its short name; one that is not here is new, and told of."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="devices")
    name = models.CharField(max_length=60, blank=True)
    seen_at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("id", "account", "name", "seen_at"), "personal")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="device_of_account")]

    def __str__(self) -> str:
        return self.name


class Guest(models.Model):
    """An account that is only a phone number proved by a code: it ends by itself, or becomes a real one by joining."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="guest")
    ends_at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("account", "ends_at"), "personal")

    def __str__(self) -> str:
        return f"guest until {self.ends_at}"


class ApiKey(TenantModel):
    """A key with which a program acts for a person, within scopes and until a day."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="api_keys")
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=12)
    secret_hash = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    per_minute = models.PositiveSmallIntegerField(default=CALLS_PER_MINUTE)
    used_on = models.DateField(null=True, blank=True)  # the last day, and no finer: nobody's hours are kept

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("account", "name", "prefix", "scopes", "created_at", "expires_at", "revoked_at"), "personal"),
        **dict.fromkeys(("per_minute", "used_on"), "personal"),
        "secret_hash": "sealed",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "prefix"], name="api_key_prefix"),
            models.CheckConstraint(
                condition=Q(per_minute__gte=1, per_minute__lte=CALLS_PER_MINUTE), name="api_key_per_minute"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(TenantModel):
    """A link by which someone who is not here yet takes a post."""

    post = TenantForeignKey(Post, models.PROTECT, related_name="invitations")
    email = models.EmailField(blank=True)
    phone = EncryptedTextField(blank=True)
    token_hash = models.CharField(max_length=64)
    invited_by = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("post", "invited_by", "created_at", "expires_at", "accepted_at"), "personal"),
        **dict.fromkeys(("email", "phone"), "contact"),
        "token_hash": "sealed",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "token_hash"], name="invitation_token")]

    def __str__(self) -> str:
        return f"invitation to {self.post_id}"
