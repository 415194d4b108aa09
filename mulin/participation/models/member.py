"""Memberships in organisations, which organisations ask before someone counts, and registrations of volunteers."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.people.figures import ORGANISATION_KINDS
from mulin.people.models import Organisation, Person
from mulin.secrecy.fields import EncryptedTextField

from ..figures import AREAS, SENSITIVE_KINDS
from ..flow import AFFILIATION, OPEN_AFFILIATIONS, REGISTRATION, AffiliationState, RegistrationState


class AffiliationQuerySet(NounQuerySet):
    """Memberships: one's own, and those of an organisation for its contact person."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep one's own, those one is the contact person for, and what is not sensitive for who keeps the register.

        Who looks for a branch of the Party asks the community for it, and so is seen by it; who is in one is not.
        """
        here = self.filter(community_id=viewer.community_id)
        if not viewer.is_person:
            return here.none()
        seen = Q(person_id=viewer.person_id) | Q(organisation__contact_id=viewer.person_id)
        if viewer.can("people.keep"):
            open_ones = ~Q(kind__in=SENSITIVE_KINDS)
            seen |= open_ones | Q(organisation__isnull=True, state=AffiliationState.DECLARED)
        return here.filter(seen)

    def for_list(self) -> Self:
        """Load with each membership who it is of, and where."""
        return self.select_related("person", "organisation", "community")

    def active(self) -> Self:
        """Keep those that count."""
        return self.filter(state=AffiliationState.ACTIVE, organisation__isnull=False)


class Affiliation(Noun):
    """That a person belongs to an organisation, as the person says; nobody else says so of what is sensitive."""

    flow = AFFILIATION

    person = TenantForeignKey(Person, models.PROTECT, related_name="affiliations")
    kind = models.CharField(max_length=30)  # of the organisation: also known while none was found yet
    organisation = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="affiliations")
    previous = TenantForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    elsewhere = EncryptedTextField(blank=True)  # where somebody went, in their words, if not within the community
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the first day without it

    objects = AffiliationQuerySet.as_manager()

    # Kind and organisation cannot be stored unreadable, since they are counted: decision 0034.
    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("kind", "organisation", "previous", "elsewhere"), "sensitive"),
        **dict.fromkeys(("person", "starts_on", "ends_on"), "personal"),
    }

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person", "organisation"],
                condition=Q(state__in=OPEN_AFFILIATIONS, organisation__isnull=False),
                name="affiliation_once",
            ),
            models.UniqueConstraint(
                fields=["community", "person", "kind"],
                condition=Q(state__in=OPEN_AFFILIATIONS, kind__in=SENSITIVE_KINDS),
                name="affiliation_one_branch",
            ),
            models.CheckConstraint(
                condition=~Q(state=AffiliationState.ACTIVE) | Q(organisation__isnull=False), name="affiliation_placed"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="affiliation_days"
            ),
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "organisation", "state"], name="affiliation_of"),
            models.Index(fields=["community", "person"], name="affiliation_person"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.organisation or ORGANISATION_KINDS.get(self.kind, self.kind))

    def get_absolute_url(self) -> str:
        return reverse("participation:membership", args=[self.community.slug, self.pk])

    @property
    def tone(self) -> str:
        tones = {AffiliationState.DECLARED: "go", AffiliationState.ACTIVE: "done"}
        return tones.get(AffiliationState(self.state), "")

    @property
    def kind_label(self) -> str:
        return str(ORGANISATION_KINDS.get(self.kind, self.kind))


class Admission(TenantModel):
    """Whether an organisation is asked before somebody counts as its member."""

    organisation = TenantForeignKey(Organisation, models.PROTECT, related_name="admissions")
    asks = models.BooleanField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("organisation", "asks"), "public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "organisation"], name="admission_once")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.asks}"


class RegistrationQuerySet(NounQuerySet):
    """Registrations: one's own, those an organisation made, and all for who keeps the register."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep what the viewer may read."""
        here = self.filter(community_id=viewer.community_id)
        if viewer.can("people.keep"):
            return here
        if not viewer.is_person:
            return here.none()
        return here.filter(Q(person_id=viewer.person_id) | Q(organisation__contact_id=viewer.person_id))

    def for_list(self) -> Self:
        """Load with each registration who it is of."""
        return self.select_related("person", "organisation", "community")


class Registration(Noun):
    """That somebody takes part in this community as a volunteer, and what they would like to do (报到)."""

    flow = REGISTRATION

    person = TenantForeignKey(Person, models.PROTECT, related_name="registrations")
    organisation = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    areas = models.JSONField(default=list)  # among figures.AREAS
    post_kinds = models.JSONField(default=list)  # keys of kinds of posts
    words = models.CharField(max_length=300, blank=True)
    ends_on = models.DateField()  # the first day without it

    objects = RegistrationQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("person", "organisation", "areas", "post_kinds", "words", "ends_on"), "personal"
    )

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person"], condition=~Q(state=RegistrationState.ENDED), name="registration_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person.name)

    def get_absolute_url(self) -> str:
        return reverse("participation:registration", args=[self.community.slug, self.pk])

    @property
    def tone(self) -> str:
        tones = {RegistrationState.REGISTERED: "go", RegistrationState.ACTIVE: "done"}
        return tones.get(RegistrationState(self.state), "")

    @property
    def area_labels(self) -> list[str]:
        return [str(AREAS[key]) for key in self.areas if key in AREAS]
