"""Ballots, which the database itself keeps from being changed; who casts for others; challenges of a result."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mulin.journal.merkle import canonical, commit
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import TenantModel
from mulin.people.models import Person

from .roll import RollEntry
from .vote import Vote


class Holder(TenantModel):
    """Who casts ballots for others in a vote, by a key that stands in the files instead of their name."""

    vote = TenantForeignKey(Vote, models.PROTECT, related_name="holders")
    key = models.CharField(max_length=12)  # P-001
    person = TenantForeignKey(Person, models.PROTECT, related_name="+")

    classes: ClassVar[dict[str, str]] = {"vote": "public", "key": "public", "person": "personal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "vote", "key"], name="holder_key"),
            models.UniqueConstraint(fields=["community", "vote", "person"], name="holder_once"),
        ]

    def __str__(self) -> str:
        return self.key


class Ballot(TenantModel):
    """One ballot. Voting again adds a row with the next number, and the highest counts; no person stands in it."""

    vote = TenantForeignKey(Vote, models.PROTECT, related_name="ballots")
    entry = TenantForeignKey(RollEntry, models.PROTECT, related_name="ballots")
    number = models.PositiveIntegerField()  # 1, 2, … of this entry
    choices = models.JSONField()
    channel = models.CharField(max_length=8)
    proxy = models.CharField(max_length=12, blank=True)  # the key of a Holder
    seq = models.PositiveBigIntegerField()  # its line in the log
    salt = models.BinaryField()
    commitment = models.CharField(max_length=64)  # what the line says in the open
    at = models.DateTimeField()

    append_only = True  # triggers refuse to change or delete a row
    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("vote", "entry", "number", "channel", "proxy", "seq", "commitment"), "public"),
        **dict.fromkeys(("choices", "salt", "at"), "personal"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "entry", "number"], name="ballot_number"),
            models.UniqueConstraint(fields=["community", "seq"], name="ballot_line"),
            models.CheckConstraint(condition=Q(number__gte=1), name="ballot_counted_from_one"),
        ]
        indexes = [models.Index(fields=["community", "vote", "entry"], name="ballot_of_vote")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.number}"

    def seal(self, key: str) -> str:
        """Return the commitment to what it says, under its own salt."""
        told = {
            "channel": self.channel, "choices": list(self.choices), "entry": key, "number": self.number,
            "proxy": self.proxy, "vote": str(self.vote_id),
        }  # fmt: skip
        return commit(bytes(self.salt), canonical(told)).hex()


class Challenge(TenantModel):
    """Why somebody on the roll challenges a result, and what was answered."""

    vote = TenantForeignKey(Vote, models.PROTECT, related_name="challenges")
    person = TenantForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField(max_length=1000)
    at = models.DateTimeField()
    answer = models.TextField(max_length=2000, blank=True)
    upheld = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("vote", "at", "upheld", "answered_at", "answer"), "public"),
        **dict.fromkeys(("person", "reason"), "personal"),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(upheld__isnull=True, answered_at__isnull=True)
                | Q(upheld__isnull=False, answered_at__isnull=False),
                name="challenge_answered",
            ),
            # While one waits for an answer, the same person does not raise it again.
            models.UniqueConstraint(
                fields=["community", "vote", "person"], condition=Q(upheld__isnull=True), name="challenge_open_once"
            ),
        ]

    def __str__(self) -> str:
        return self.reason
