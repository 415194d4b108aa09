"""How people get in: sign-ins, one-time codes, counted tries, API keys and invitations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.ids import uuid7
from mulin.kernel.models import TenantModel
from mulin.people.models import Account, Person, Post
from mulin.secrecy.fields import EncryptedTextField


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

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("account", "name", "prefix", "scopes", "created_at", "expires_at", "revoked_at"), "personal"),
        "secret_hash": "sealed",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "prefix"], name="api_key_prefix")]

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
