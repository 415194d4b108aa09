"""What hangs on a proposal: who supports it, what was said with its moves, its plans before, how it was judged."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import TenantModel
from mulin.people.models import Person

from ..figures import MARKS, sum_of, yuan
from .proposal import Proposal
from .step import Step


class Supporter(TenantModel):
    """Somebody who stands behind a proposal; how many is public, who is not."""

    proposal = TenantForeignKey(Proposal, models.PROTECT, related_name="all_supporters")
    person = TenantForeignKey(Person, models.PROTECT, related_name="supported_proposals")
    merged = models.BooleanField(default=False)  # came with another proposal
    since = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = {
        "proposal": "public", "person": "personal", "merged": "public", "since": "personal",
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "proposal", "person"], name="proposal_supported_once")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}"


class Word(TenantModel):
    """What was said with a move, for everyone to read; no person stands in it."""

    proposal = TenantForeignKey(Proposal, models.PROTECT, related_name="+")
    step = TenantForeignKey(Step, models.PROTECT, null=True, blank=True, related_name="+")
    verb = models.CharField(max_length=20)
    words = models.TextField(max_length=4000, blank=True)
    voice = models.CharField(max_length=80, blank=True)  # in whose name: a body, an organisation, the desk
    at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("proposal", "step", "verb", "voice", "at"), "public"),
        "words": "personal",
    }

    class Meta:
        indexes = [models.Index(fields=["community", "proposal", "at"], name="proposal_words")]

    def __str__(self) -> str:
        return f"{self.verb} at {self.at}"


class Revision(TenantModel):
    """Plan and budget as they were before a change."""

    proposal = TenantForeignKey(Proposal, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    plan = models.TextField(max_length=4000, blank=True)
    budget: Any = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=500)  # of the change
    at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("proposal", "number", "budget", "reason", "at"), "public"),
        "plan": "personal",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "proposal", "number"], name="proposal_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.number}"

    @property
    def sum_yuan(self) -> str:
        return yuan(sum_of(self.budget))


class Rating(TenantModel):
    """How somebody judges what was carried out; nobody sees it before the days are over, nor by whom it is."""

    step = TenantForeignKey(Step, models.PROTECT, related_name="+")
    person = TenantForeignKey(Person, models.PROTECT, related_name="+")
    mark = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=500, blank=True)
    at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = {
        "step": "public", **dict.fromkeys(("person", "mark", "words", "at"), "personal"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "step", "person"], name="proposal_rated_once"),
            models.CheckConstraint(condition=Q(mark__in=tuple(MARKS)), name="proposal_mark"),
        ]

    def __str__(self) -> str:
        return str(self.mark)
