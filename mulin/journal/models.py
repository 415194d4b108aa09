"""The journal's tables. Lines are never changed or deleted (triggers see to it); only their details can be erased.

References to a head have no index of their own: each table has one that begins with it.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from .ids import uuid7

INSTALLATION = uuid.UUID(int=0)  # the reserved head: accounts, divisions, oversight and founding


class Head(models.Model):
    """Where one community's log and counters stand; the only lock of a write."""

    key = models.UUIDField(primary_key=True)
    size = models.PositiveBigIntegerField(default=0)
    frontier = models.BinaryField(default=bytes)
    counters = models.JSONField(default=dict)

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("key", "size", "frontier", "counters"), "public")

    def __str__(self) -> str:
        return f"{self.key} at {self.size}"


class Line(models.Model):
    """One thing that happened: a commitment to it, and what of it is public."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    community = models.ForeignKey(Head, models.PROTECT, related_name="lines", db_index=False)
    seq = models.PositiveBigIntegerField()
    commitment = models.BinaryField()
    cleared = models.TextField()

    append_only = True  # triggers refuse to change or delete a row
    classes: ClassVar[dict[str, str]] = dict.fromkeys(("id", "community", "seq", "commitment", "cleared"), "public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "seq"], name="line_seq")]

    def __str__(self) -> str:
        return f"{self.community_id} {self.seq}"


class Detail(models.Model):
    """What a line commits to: who did what to which noun. Can be erased; the tree stays."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    community = models.ForeignKey(Head, models.PROTECT, related_name="details", db_index=False)
    seq = models.PositiveBigIntegerField()
    noun_kind = models.CharField(max_length=64)
    noun_id = models.UUIDField()
    verb = models.CharField(max_length=32)
    actor = models.CharField(max_length=64)
    at = models.DateTimeField()
    salt = models.BinaryField()
    body = models.TextField()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("id", "community", "seq", "noun_kind", "noun_id", "verb", "at"), "public"),
        **dict.fromkeys(("actor", "salt", "body"), "personal"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "seq"], name="detail_seq")]
        indexes = [models.Index(fields=["community", "noun_id", "seq"], name="detail_noun")]

    def __str__(self) -> str:
        return f"{self.verb} {self.noun_kind}:{self.noun_id}"


class Tile(models.Model):
    """The root over 1,024 lines in a row, kept so that proofs stay quick."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    community = models.ForeignKey(Head, models.PROTECT, related_name="tiles", db_index=False)
    index = models.PositiveBigIntegerField()
    hash = models.BinaryField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("id", "community", "index", "hash"), "public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "index"], name="tile_index")]

    def __str__(self) -> str:
        return f"{self.community_id} tile {self.index}"


class SignedHead(models.Model):
    """What the keeper of the log vouched for at a time: size and root, signed (Ed25519)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    community = models.ForeignKey(Head, models.PROTECT, related_name="signed", db_index=False)
    size = models.PositiveBigIntegerField()
    root = models.BinaryField()
    at = models.DateTimeField()
    signature = models.BinaryField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("id", "community", "size", "root", "at", "signature"), "public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "size"], name="signed_size")]

    def __str__(self) -> str:
        return f"{self.community_id} at {self.size}"


class Job(models.Model):
    """One line that one reader still has to hear; deleted with the reader's effect."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    community = models.ForeignKey(Head, models.PROTECT, related_name="jobs", db_index=False)
    seq = models.PositiveBigIntegerField()
    reader = models.CharField(max_length=128)
    noun_id = models.UUIDField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    classes: ClassVar[dict[str, Any]] = {
        **dict.fromkeys(("id", "community", "seq", "reader", "noun_id", "due_at", "tries"), "public"),
        "error": "personal",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "seq", "reader"], name="job_once"),
            models.CheckConstraint(condition=Q(tries__gte=0), name="job_tries"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="job_due"),
            models.Index(fields=["community", "reader", "noun_id", "seq"], name="job_order"),
        ]

    def __str__(self) -> str:
        return f"{self.reader} {self.community_id}:{self.seq}"
