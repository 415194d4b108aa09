"""The two sides of a mediation, and who sits there."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import TenantModel
from mulin.people.models import Organisation, Person
from mulin.secrecy.fields import EncryptedTextField, HashField

SIDES = Q(side__range=(1, 2))
MEDIATION = "mediation.Mediation"


class Side(TenantModel):
    """One of the two sides, and its word on whether it wants to talk."""

    mediation = TenantForeignKey(MEDIATION, models.PROTECT, related_name="+")
    side = models.PositiveSmallIntegerField()
    named = EncryptedTextField(blank=True)  # as whoever asked named it
    agreed_at = models.DateTimeField(null=True)
    shows_desk = models.BooleanField(default=False)
    code = EncryptedTextField()  # admits whoever it is given to
    code_hash = HashField("mediation", of="code")
    is_used = models.BooleanField(default=False)  # whoever asked knows the first code only

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("mediation", "side", "agreed_at", "shows_desk", "is_used"), "personal"),
        **dict.fromkeys(("named", "code"), "sensitive"),
        "code_hash": "sealed",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "mediation", "side"], name="mediation_side_once"),
            models.UniqueConstraint(fields=["community", "code_hash"], name="mediation_code_once"),
            models.CheckConstraint(condition=SIDES, name="mediation_two_sides"),
        ]

    def __str__(self) -> str:
        return f"{self.mediation_id} {self.side}"


class Party(TenantModel):
    """A person or an organisation of one side; one speaks for it."""

    mediation = TenantForeignKey(MEDIATION, models.PROTECT, related_name="+")
    side = models.PositiveSmallIntegerField()
    person = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    speaks = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("mediation", "side", "person", "organisation", "speaks", "joined_at", "left_at"), "personal"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "mediation", "person"], condition=Q(left_at=None), name="mediation_person_once"
            ),
            models.UniqueConstraint(
                fields=["community", "mediation", "organisation"], condition=Q(left_at=None),
                name="mediation_organisation_once",
            ),
            models.UniqueConstraint(
                fields=["community", "mediation", "side"], condition=Q(left_at=None, speaks=True),
                name="mediation_one_speaks",
            ),
            models.CheckConstraint(
                condition=SIDES & (Q(person__isnull=False, organisation__isnull=True)
                                   | Q(person__isnull=True, organisation__isnull=False)),
                name="mediation_party",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["community", "person"], name="mediation_party_person")]

    def __str__(self) -> str:
        return str(self.person or self.organisation)
