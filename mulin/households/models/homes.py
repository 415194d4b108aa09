"""Households, who belongs to them, and the guardians of their children."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from mulin.kernel.clock import now
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet
from mulin.people.figures import today_in
from mulin.people.models import Person
from mulin.secrecy.fields import EncryptedTextField
from mulin.territory.models import Dwelling

from ..figures import FULL_AGE, LATELY, How, Relation, is_under
from ..flow import GUARDIAN, HOUSEHOLD, IN_CARE, MEMBERSHIP, OPEN, Care, Home, Member
from ..rules import KEEP


class KeptQuerySet(NounQuerySet):
    """Whatever is seen by the people it is about, and by those who keep the list."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep what is the viewer's own, and all for whoever keeps the list."""
        here = self.filter(community_id=viewer.community_id)
        if viewer.can(KEEP):
            return here
        return here.filter(self.own(viewer)) if viewer.is_person else self.none()

    def own(self, viewer: Any) -> Q:
        """Say what is a person's own."""
        raise NotImplementedError


class HouseholdQuerySet(KeptQuerySet):
    """Households: seen by those who live there, and by those who keep the list."""

    def own(self, viewer: Any) -> Q:
        """Keep the households where the viewer is a confirmed member."""
        return Q(pk__in=_homes_of(viewer))

    def for_list(self) -> Self:
        """Load the door with each household."""
        return self.select_related("community", "dwelling__building", "dwelling__entrance__building")


class Household(Noun):
    """The people who live together behind one door; there may be several behind it."""

    flow = HOUSEHOLD

    dwelling = TenantForeignKey(Dwelling, models.PROTECT, related_name="households")
    label = models.CharField(max_length=40, blank=True)  # tells households of one door apart: left, A
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the first day without it

    objects = HouseholdQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("dwelling", "label", "starts_on", "ends_on"), "personal")

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "dwelling", "label"], condition=Q(state=Home.FORMED), name="household_label"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="household_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dwelling} {self.label}".strip()

    def get_absolute_url(self) -> str:
        return reverse("households:household", args=[self.community.slug, self.pk])

    @cached_property
    def adults(self) -> dict[UUID, UUID | None]:
        """Return the adults among the confirmed members, with their accounts."""
        rows = self.memberships.filter(community_id=self.community_id, state=Member.MEMBER).select_related("person")
        today = today_in(self.community)
        return {row.person_id: row.person.account_id for row in rows if row.is_adult_on(today)}

    @property
    def listed_lately(self) -> int:
        """Count who is in it, or came into it within a year."""
        rows = self.memberships.filter(community_id=self.community_id)
        return rows.filter(Q(state__in=OPEN) | Q(created_at__gt=now() - LATELY)).count()


def _homes_of(viewer: Any) -> Any:
    mine = Membership.objects.filter(community_id=viewer.community_id, person_id=viewer.person_id)
    return mine.filter(state=Member.MEMBER).values("household")


class MembershipQuerySet(KeptQuerySet):
    """Memberships: one's own, one's wards', those of one's household; all for whoever keeps the list."""

    def own(self, viewer: Any) -> Q:
        """Keep what the viewer may know of who lives where; whoever only says to live there sees no one else."""
        wards = Guardian.objects.filter(community_id=viewer.community_id, guardian_id=viewer.person_id, state=Care.HELD)
        together = Q(household__in=_homes_of(viewer), state__in=OPEN)
        return Q(person_id=viewer.person_id) | Q(person__in=wards.values("child")) | together

    def for_list(self) -> Self:
        """Load person and door with each membership."""
        return self.select_related(
            "community", "person", "household__community", "household__dwelling__building",
            "household__dwelling__entrance__building",
        )  # fmt: skip


class Membership(Noun):
    """That somebody lives in a household, from a day to a day."""

    flow = MEMBERSHIP

    household = TenantForeignKey(Household, models.PROTECT, related_name="memberships")
    person = TenantForeignKey(Person, models.PROTECT, related_name="memberships")
    relation = models.CharField(max_length=12)
    is_main = models.BooleanField(default=True)  # false: a second home
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the first day without it

    objects = MembershipQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("household", "person", "relation", "is_main", "starts_on", "ends_on"), "personal"
    )

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "household", "person"], condition=Q(state__in=OPEN), name="membership_once"
            ),
            models.UniqueConstraint(
                fields=["community", "person"], condition=Q(state=Member.MEMBER, is_main=True), name="membership_main"
            ),
            models.CheckConstraint(condition=Q(relation__in=Relation.values), name="membership_relation"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="membership_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household} {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("households:member", args=[self.community.slug, self.pk])

    @property
    def relation_label(self) -> str:
        return str(Relation(self.relation).label)

    def is_adult_on(self, day: date) -> bool:
        """Tell whether this is an adult; where the date of birth is not known, whoever is here as nobody's child."""
        if self.person.born_on:
            return not is_under(self.person.born_on, FULL_AGE, day)
        return self.relation != Relation.CHILD

    def grows_up_as(self, relation: str) -> bool:
        """Tell whether another relation alone would make this an adult."""
        return self.relation == Relation.CHILD != relation and not self.person.born_on


class GuardianQuerySet(KeptQuerySet):
    """Guardians: seen by guardian and child, and by those who keep the list."""

    def own(self, viewer: Any) -> Q:
        """Keep those in which the viewer is guardian or child."""
        return Q(guardian_id=viewer.person_id) | Q(child_id=viewer.person_id)

    def for_list(self) -> Self:
        """Load both persons with each."""
        return self.select_related("community", "child", "guardian")


class Guardian(Noun):
    """Who speaks for a child and agreed that the child is listed; ends by itself at eighteen (law 14)."""

    flow = GUARDIAN

    child = TenantForeignKey(Person, models.PROTECT, related_name="guardians")
    guardian = TenantForeignKey(Person, models.PROTECT, related_name="wards")
    consent_words = EncryptedTextField(blank=True)
    consent_how = models.CharField(max_length=8, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)

    objects = GuardianQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("child", "guardian", "consent_how", "consented_at"), "personal"),
        "consent_words": "sensitive",
    }

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "child", "guardian"], condition=Q(state__in=IN_CARE), name="guardian_once"
            ),
            models.CheckConstraint(condition=~Q(child=F("guardian")), name="guardian_of_another"),
            models.CheckConstraint(condition=Q(consent_how__in=["", *How.values]), name="guardian_how"),
            # Nobody holds it who did not agree.
            models.CheckConstraint(
                condition=~Q(state=Care.HELD) | Q(consented_at__isnull=False), name="guardian_agreed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child}, {self.guardian}"

    def get_absolute_url(self) -> str:
        return reverse("households:guardian", args=[self.community.slug, self.pk])

    @property
    def how_label(self) -> str:
        return str(How(self.consent_how).label) if self.consent_how else ""
