"""What comes to the table of a mediation: who was asked to mediate, sessions, texts of agreement, follow-ups."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import TenantModel
from mulin.people.models import Person
from mulin.secrecy.fields import EncryptedTextField

from ..figures import OUTCOMES

MEDIATION = "mediation.Mediation"


class Choice(TenantModel):
    """Somebody proposed as mediator, and what came of it; declines and conflicts stay on record."""

    mediation = TenantForeignKey(MEDIATION, models.PROTECT, related_name="+")
    person = TenantForeignKey(Person, models.PROTECT, related_name="+")
    side = models.PositiveSmallIntegerField()  # who proposed
    outcome = models.CharField(max_length=12, default="proposed")  # one of figures.OUTCOMES
    words = EncryptedTextField(blank=True)
    at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("mediation", "person", "side", "outcome", "at"), "personal"),
        "words": "sensitive",
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(outcome__in=tuple(OUTCOMES)), name="mediation_outcome")]
        indexes = [models.Index(fields=["community", "mediation", "at"], name="mediation_choices")]

    def __str__(self) -> str:
        return f"{self.person} {self.outcome}"

    @property
    def outcome_label(self) -> str:
        return str(OUTCOMES[self.outcome])


class Session(TenantModel):
    """One meeting: when, where, who came, what both sides read of it, and what only the mediator does."""

    mediation = TenantForeignKey(MEDIATION, models.PROTECT, related_name="+")
    mediator = TenantForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    place = models.CharField(max_length=120)
    is_off = models.BooleanField(default=False)
    held_at = models.DateTimeField(null=True)
    came = EncryptedTextField(blank=True)
    summary = EncryptedTextField(blank=True)
    notes = EncryptedTextField(blank=True)  # read by nobody but who wrote them

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("mediation", "mediator", "at", "place", "is_off", "held_at"), "personal"),
        **dict.fromkeys(("came", "summary", "notes"), "sensitive"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "mediation"], condition=Q(held_at=None, is_off=False), name="mediation_one_planned"
            )
        ]
        indexes = [models.Index(fields=["community", "mediator", "at"], name="mediation_sessions")]

    def __str__(self) -> str:
        return self.place


class Agreement(TenantModel):
    """One wording of what was agreed; another word makes another row, and needs both sides again."""

    mediation = TenantForeignKey(MEDIATION, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    text = EncryptedTextField()
    fingerprint = models.CharField(max_length=64)
    drafted_at = models.DateTimeField()
    confirmed_one_at = models.DateTimeField(null=True)
    confirmed_two_at = models.DateTimeField(null=True)

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("mediation", "number", "drafted_at", "confirmed_one_at", "confirmed_two_at"), "personal"),
        **dict.fromkeys(("text", "fingerprint"), "sensitive"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "mediation", "number"], name="mediation_text_number")
        ]

    def __str__(self) -> str:
        return f"{self.mediation_id} {self.number}"

    def confirmed(self, side: int) -> Any:
        """Say when a side confirmed this very text."""
        return {1: self.confirmed_one_at, 2: self.confirmed_two_at}.get(side)

    @property
    def short(self) -> str:
        """Write the fingerprint so that two people can compare it aloud."""
        return " ".join(self.fingerprint[at : at + 4] for at in range(0, 16, 4))


class FollowUp(TenantModel):
    """A day on which it is asked whether the agreement is kept."""

    agreement = TenantForeignKey(Agreement, models.PROTECT, related_name="+")
    on = models.DateField()
    outcome = models.CharField(max_length=8, blank=True)  # kept, breach, unknown; empty: not asked yet
    noted_at = models.DateTimeField(null=True)
    nags = models.PositiveSmallIntegerField(default=0)

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("agreement", "on", "outcome", "noted_at", "nags"), "personal")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "agreement", "on"], name="mediation_follow_up_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=("", "kept", "breach", "unknown")), name="mediation_follow_up_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.outcome}"
