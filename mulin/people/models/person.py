"""Persons of one community."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet
from mulin.secrecy.fields import EncryptedTextField, HashField
from mulin.secrecy.normal import mask_phone
from mulin.territory.models import Entrance

from ..flow import PERSON, PersonState
from .account import Account


class PersonQuerySet(NounQuerySet):
    """Persons, seen by themselves and by those who look after posts or keep the register."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep oneself, and everyone of the community for whoever may invite or keeps the register."""
        here = self.filter(community_id=viewer.community_id)
        if viewer.can("people.invite") or viewer.can("people.keep"):
            return here
        return here.filter(pk=viewer.person_id)


class Person(Noun):
    """Someone as a community knows them; at most one per account, and perhaps without any."""

    flow = PERSON

    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="persons")
    name = models.CharField(max_length=60)  # plain within the community
    phone = EncryptedTextField(blank=True)
    phone_hash = HashField("phone", of="phone")
    kind = models.CharField(max_length=20, default="resident")  # one of figures.PERSON_KINDS
    entrance = TenantForeignKey(Entrance, models.PROTECT, null=True, blank=True, related_name="+")
    born_on = EncryptedTextField(blank=True)  # an ISO date
    left_on = models.DateField(null=True, blank=True)  # the first day elsewhere
    joined_into = TenantForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")  # the same person

    objects = PersonQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("account", "name", "kind", "entrance", "left_on", "joined_into"), "personal"),
        "phone": "contact",
        "born_on": "sensitive",
        "phone_hash": "sealed",
    }

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(fields=["community", "account"], name="person_account"),
            models.CheckConstraint(
                condition=Q(state=PersonState.LEFT) | Q(left_on__isnull=True), name="person_left_on"
            ),
            models.CheckConstraint(
                condition=Q(state=PersonState.JOINED, joined_into__isnull=False, account__isnull=True)
                | (~Q(state=PersonState.JOINED) & Q(joined_into__isnull=True)),
                name="person_joined",
            ),
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "phone_hash"], name="person_phone"),
            models.Index(fields=["community", "name"], name="person_name"),
            models.Index(fields=["community", "entrance"], name="person_entrance"),
        ]

    def __str__(self) -> str:
        return self.name or _("A former guest")

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.community.slug, self.pk])

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)
