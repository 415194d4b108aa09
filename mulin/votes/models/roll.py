"""The roll of a vote: who counts with what, who may cast for each entry, and what was corrected."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import TenantModel
from mulin.people.models import Organisation, Person

from .vote import Vote


class RollEntry(TenantModel):
    """One vote on a roll: a seat, a resident, a household, or what the same owners have."""

    vote = TenantForeignKey(Vote, models.PROTECT, related_name="entries")
    key = models.CharField(max_length=12)  # R-0001: what files and proofs call it
    unit = models.CharField(max_length=200)  # the masked doors, or the seat: what others on the roll read
    doors = models.CharField(max_length=400, blank=True)  # whole, for those whose entry it is
    source = models.CharField(max_length=400)  # by what the register knows it when the roll is taken anew
    heads = models.PositiveIntegerField(default=1)
    area = models.PositiveBigIntegerField(default=0)  # in 0.01 m²
    shares = models.PositiveBigIntegerField(default=0)
    reached = models.BooleanField(default=True)  # somebody behind it has an account; silence of others says nothing
    present_at = models.DateTimeField(null=True, blank=True)  # checked in where the rules count who is present

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("vote", "key", "present_at", "reached"), "public"),
        **dict.fromkeys(("unit", "doors", "source", "heads", "area", "shares"), "personal"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "vote", "key"], name="roll_key"),
            models.CheckConstraint(
                condition=Q(heads__gte=0, area__gte=0, shares__gte=0), name="roll_not_below_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.unit}"


class RollOwner(TenantModel):
    """A person or an organisation behind an entry; who `speaks` may cast its ballot."""

    entry = TenantForeignKey(RollEntry, models.CASCADE, related_name="owners")
    person = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    speaks = models.BooleanField()
    ownerships = models.JSONField(default=list)  # ids: a proxy may be given for one of them alone

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("entry", "person", "organisation", "speaks", "ownerships"), "personal"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "entry", "person"], condition=Q(person__isnull=False), name="roll_owner_person"
            ),
            models.UniqueConstraint(
                fields=["community", "entry", "organisation"], condition=Q(organisation__isnull=False),
                name="roll_owner_organisation",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
                name="roll_owner_one",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.person or self.organisation)


class Correction(TenantModel):
    """That a frozen roll was taken anew from the register, why, and what differs since."""

    vote = TenantForeignKey(Vote, models.PROTECT, related_name="corrections")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    changes = models.JSONField(default=list)  # {"key", "before": numbers or null, "after": numbers or null}

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("vote", "at"), "public"),
        **dict.fromkeys(("reason", "changes"), "personal"),
    }

    class Meta:
        indexes = [models.Index(fields=["community", "vote", "at"], name="roll_corrections")]

    def __str__(self) -> str:
        return self.reason
