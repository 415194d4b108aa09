"""Organisations of one community: committees, firms, teams and groups, as a tree of parents."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet

from ..figures import ORGANISATION_KINDS
from ..flow import ORGANISATION, OrganisationState
from .person import Person

OVER = (OrganisationState.DISSOLVED, OrganisationState.DECLINED)
NOT_PUBLIC = (OrganisationState.PROPOSED, OrganisationState.DECLINED)


class OrganisationQuerySet(NounQuerySet):
    """Organisations: what is registered is public, what is only proposed is not."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep what is registered, one's own, and everything for whoever keeps the register."""
        here = self.filter(community_id=viewer.community_id)
        if viewer.can("people.keep"):
            return here
        own = Q(contact_id=viewer.person_id) | Q(founder_id=viewer.person_id) if viewer.is_person else Q()
        return here.filter(~Q(state__in=NOT_PUBLIC) | own) if own else here.exclude(state__in=NOT_PUBLIC)

    def living(self) -> Self:
        """Keep those that are registered, suspended ones too."""
        return self.filter(state__in=(OrganisationState.REGISTERED, OrganisationState.SUSPENDED))


class Organisation(Noun):
    """A body of the community with a name: committee, property firm, volunteer team, group."""

    flow = ORGANISATION

    kind = models.CharField(max_length=30)  # one of figures.ORGANISATION_KINDS
    name = models.CharField(max_length=80)
    about = models.TextField(max_length=1000, blank=True)
    parent = TenantForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    registration_number = models.CharField(max_length=30, blank=True)
    contact = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="contact_of")
    founder = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="founded")

    objects = OrganisationQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("kind", "name", "about", "parent", "registration_number"), "public"),
        **dict.fromkeys(("contact", "founder"), "personal"),
    }

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "name"], condition=~Q(state__in=OVER), name="organisation_name_once"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")), name="organisation_not_its_own_part"
            ),
        ]
        indexes = [*Noun.Meta.indexes, models.Index(fields=["community", "parent"], name="organisation_parts")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:organisation", args=[self.community.slug, self.pk])

    @property
    def kind_label(self) -> str:
        return str(ORGANISATION_KINDS.get(self.kind, self.kind))
