"""Persons and organisations of one community."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import TenantModel
from mulin.secrecy.fields import EncryptedTextField, HashField
from mulin.secrecy.normal import mask_phone
from mulin.territory.models import Entrance

from .account import Account


class PersonQuerySet(models.QuerySet[Any]):
    """Persons, seen by themselves and by those who look after the posts."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep oneself, and everyone of the community for whoever may invite."""
        here = self.filter(community_id=viewer.community_id)
        return here if viewer.can("people.invite") else here.filter(pk=viewer.person_id)


class Person(TenantModel):
    """Someone as a community knows them; at most one per account, and perhaps without any."""

    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="persons")
    name = models.CharField(max_length=60)  # plain within the community
    phone = EncryptedTextField(blank=True)
    phone_hash = HashField("phone", of="phone")
    kind = models.CharField(max_length=20, default="resident")  # resident, staff
    entrance = TenantForeignKey(Entrance, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    objects = PersonQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("account", "name", "kind", "entrance", "created_at"), "personal"),
        "phone": "contact",
        "phone_hash": "sealed",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "account"], name="person_account")]
        indexes = [models.Index(fields=["community", "phone_hash"], name="person_phone")]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)


class Organisation(TenantModel):
    """A body of the community: committee, property firm, volunteer team; a tree of parents."""

    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=80)
    parent = TenantForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    registration_number = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=20, default="registered")
    created_at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("kind", "name", "parent", "registration_number", "state", "created_at"), "public"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="organisation_name")]

    def __str__(self) -> str:
        return self.name
