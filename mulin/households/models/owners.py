"""Ownerships of dwellings, and the proxies that owners give."""

from __future__ import annotations

from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun
from mulin.people.models import Organisation, Person
from mulin.territory.models import Dwelling

from ..figures import MOST_PARTS, Share, share_text
from ..flow import OWNED, OWNERSHIP, PROXY, Own, Power
from .homes import KeptQuerySet


class OwnedQuerySet(KeptQuerySet):
    """What owners have: seen by themselves, and by those who keep the list."""

    def own(self, viewer: Any) -> Q:
        """Keep what one owns oneself."""
        return Q(person_id=viewer.person_id)

    def for_list(self) -> Self:
        """Load owner and door with each."""
        return self.select_related(
            "community", "person", "organisation", "dwelling__building", "dwelling__entrance__building"
        )


class Owned(Noun):
    """What an owner has or gives; an owner is a person or an organisation, never both."""

    person = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="%(class)ss_as_owner")
    organisation = TenantForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="%(class)ss_as_owner"
    )
    starts_on = models.DateField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("person", "organisation", "starts_on"), "personal")

    class Meta(Noun.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
                name="%(class)s_one_owner",
            )
        ]

    @property
    def owner(self) -> Any:
        return self.person or self.organisation

    @property
    def owner_key(self) -> tuple[str, UUID]:
        """Return what an owner is told apart by."""
        if self.person_id:
            return "person", self.person_id
        assert self.organisation_id
        return "organisation", self.organisation_id


class Ownership(Owned):
    """An owner's share of a dwelling."""

    flow = OWNERSHIP

    dwelling = TenantForeignKey(Dwelling, models.PROTECT, related_name="ownerships")
    numerator = models.PositiveIntegerField(default=1)
    denominator = models.PositiveIntegerField(default=1)
    delivered_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)  # the first day without it
    evidence = models.CharField(max_length=120, blank=True)  # what was looked at, never the paper itself

    objects = OwnedQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **Owned.classes,
        **dict.fromkeys(("dwelling", "numerator", "denominator", "delivered_on", "ends_on", "evidence"), "personal"),
    }

    class Meta(Owned.Meta):
        abstract = False
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["community", "dwelling", "person"], condition=Q(state__in=OWNED, person__isnull=False),
                name="ownership_of_person",
            ),
            models.UniqueConstraint(
                fields=["community", "dwelling", "organisation"],
                condition=Q(state__in=OWNED, organisation__isnull=False), name="ownership_of_organisation",
            ),
            models.CheckConstraint(
                condition=Q(numerator__gt=0, numerator__lte=F("denominator"), denominator__lte=MOST_PARTS),
                name="ownership_share",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="ownership_days"
            ),
            models.CheckConstraint(
                condition=~Q(state=Own.DELIVERED) | Q(delivered_on__isnull=False), name="ownership_delivered"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.dwelling} {self.owner}"

    def get_absolute_url(self) -> str:
        return reverse("households:ownership", args=[self.community.slug, self.pk])

    @property
    def share(self) -> Share:
        return self.numerator, self.denominator

    @property
    def share_text(self) -> str:
        return share_text(self.share)


class ProxyQuerySet(OwnedQuerySet):
    """Proxies: seen by who gave and who holds them, and by those who keep the list."""

    def own(self, viewer: Any) -> Q:
        """Keep those one gave or holds."""
        return Q(person_id=viewer.person_id) | Q(holder_id=viewer.person_id)

    def for_list(self) -> Self:
        """Load owner, holder and door with each."""
        doors = ("ownership__dwelling__building", "ownership__dwelling__entrance__building")
        return self.select_related("community", "person", "organisation", "holder", *doors)


class Proxy(Owned):
    """That someone speaks for an owner, about one dwelling or all of them, for some days (law 14)."""

    flow = PROXY

    ownership = TenantForeignKey(Ownership, models.PROTECT, null=True, blank=True, related_name="proxies")  # null: all
    holder = TenantForeignKey(Person, models.PROTECT, related_name="proxies_held")
    ends_on = models.DateField()  # the first day without it
    matters = models.CharField(max_length=300)

    objects = ProxyQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **Owned.classes, **dict.fromkeys(("ownership", "holder", "ends_on", "matters"), "personal"),
    }  # fmt: skip

    class Meta(Owned.Meta):
        abstract = False
        constraints = [
            *Owned.Meta.constraints,
            # One proxy at a time, so that no dwelling speaks with two voices.
            models.UniqueConstraint(
                fields=["community", "ownership"], condition=Q(state=Power.GIVEN, ownership__isnull=False),
                name="proxy_of_ownership",
            ),
            models.UniqueConstraint(
                fields=["community", "person"],
                condition=Q(state=Power.GIVEN, ownership__isnull=True, person__isnull=False), name="proxy_of_person",
            ),
            models.UniqueConstraint(
                fields=["community", "organisation"],
                condition=Q(state=Power.GIVEN, ownership__isnull=True, organisation__isnull=False),
                name="proxy_of_organisation",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="proxy_days"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | ~Q(person=F("holder")), name="proxy_of_another"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.owner}, {self.holder}"

    def get_absolute_url(self) -> str:
        return reverse("households:proxy", args=[self.community.slug, self.pk])
