"""Claims: whatever people take upon themselves, about a place or any other matter, and who helps along."""

from __future__ import annotations

from typing import Any, ClassVar, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.people.models import Organisation, Person

from ..figures import ANY_PLACES, BEGIN_DAYS, ROLE_NAMES
from ..flow import CLAIM, HAS_HOLDER, OPEN_CLAIMS, ClaimState

PLACES = tuple(f"territory.{kind}" for kind in ANY_PLACES)


class ClaimQuerySet(NounQuerySet):
    """Claims: what looks for someone, and who takes care of what, is open to the whole community."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep what is open or done; what lapsed or was withdrawn only for who had to do with it."""
        here = self.filter(community_id=viewer.community_id)
        if viewer.can("people.keep") or viewer.can("places.draw"):
            return here
        own = Q(holder_id=viewer.person_id) | Q(offered_by_id=viewer.person_id) if viewer.is_person else Q(pk=None)
        return here.filter(Q(state__in=(*OPEN_CLAIMS, ClaimState.CONFIRMED)) | own)

    def for_list(self) -> Self:
        """Load with each claim who has it and who takes part."""
        return self.select_related("holder", "organisation", "community").prefetch_related("parties__person")

    def keepers(self) -> Self:
        """Keep the claims that are about a place."""
        return self.filter(subject_kind__in=PLACES)

    def seeking(self) -> Self:
        """Keep what looks for somebody now, or for a next one."""
        return self.filter(Q(state=ClaimState.OFFERED) | Q(state=ClaimState.KEPT, seeks_next=True))

    def concerning(self, viewer: Any) -> Self:
        """Keep what the viewer took on or joined."""
        if not viewer.is_person:
            return self.none()
        mine = ClaimParty.objects.filter(community=viewer.community_id, person=viewer.person_id, left_at__isnull=True)
        joined = mine.values("claim")
        return self.filter(Q(holder_id=viewer.person_id) | Q(pk__in=joined))


class Claim(Noun):
    """Something that somebody takes upon themselves for a time: to keep a place, to do a thing."""

    flow = CLAIM

    subject_kind = models.CharField(max_length=64, blank=True)  # "territory.spot", later "mutual.wish"; empty: none
    subject_id = models.UUIDField(null=True, blank=True)
    subject_name = models.CharField(max_length=120, blank=True)  # as it was called when it was offered
    title = models.CharField(max_length=120)
    duties = models.TextField(max_length=1000, blank=True)
    begin_days = models.PositiveSmallIntegerField(default=BEGIN_DAYS)
    term_days = models.PositiveSmallIntegerField()
    offered_by = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    holder = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="claims")
    organisation = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="claims")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)  # the first day without it
    seeks_next = models.BooleanField(default=False)
    outcome = models.TextField(max_length=1000, blank=True)

    objects = ClaimQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("subject_kind", "subject_id", "subject_name", "title", "duties", "begin_days", "term_days", "organisation",
             "starts_on", "ends_on", "seeks_next"),
            "public",
        ),
        **dict.fromkeys(("offered_by", "holder", "outcome"), "personal"),
    }  # fmt: skip

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "subject_id", "title"],
                condition=Q(state__in=OPEN_CLAIMS, subject_id__isnull=False),
                name="claim_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=HAS_HOLDER, holder__isnull=False)
                | (~Q(state__in=HAS_HOLDER) & Q(holder__isnull=True)),
                name="claim_holder",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.KEPT) | Q(starts_on__isnull=False, ends_on__gt=models.F("starts_on")),
                name="claim_term",
            ),
            models.CheckConstraint(condition=Q(begin_days__gte=1, term_days__gte=1), name="claim_days"),
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "state", "created_at"], name="claim_by_state"),
            models.Index(fields=["community", "holder"], condition=Q(holder__isnull=False), name="claim_of_holder"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("participation:claim", args=[self.community.slug, self.pk])

    @property
    def is_keeper(self) -> bool:
        return self.subject_kind in PLACES

    @property
    def tone(self) -> str:
        tones = {ClaimState.OFFERED: "go", ClaimState.CLAIMED: "new", ClaimState.LAPSED: "late", ClaimState.DONE: "go"}
        return tones.get(ClaimState(self.state), "done" if self.state in HAS_HOLDER else "")

    @property
    def persons(self) -> dict[UUID, str]:
        """Return who joined, with their roles."""
        return {party.person_id: party.role for party in self.parties_now}

    @property
    def taking_part(self) -> set[UUID]:
        """Return everyone who has a part in it."""
        return set(self.persons) | ({self.holder_id} if self.holder_id else set())

    @property
    def had_part(self) -> set[UUID]:
        """Return everyone who has or had a part in it, those who left it as well."""
        return {party.person_id for party in self.parties.all()} | self.taking_part

    @property
    def has_next(self) -> bool:
        return "next" in self.persons.values()

    @cached_property
    def parties_now(self) -> list[ClaimParty]:
        """Return who joined and is in it still, kept while this row is in hand."""
        return [party for party in self.parties.all() if party.left_at is None]


class ClaimParty(TenantModel):
    """Somebody who takes part in a claim: helps along, stands in, or keeps it next."""

    claim = TenantForeignKey(Claim, models.PROTECT, related_name="parties")
    person = TenantForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=10)  # helper, stand_in, next
    since = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)  # kept until the claim ends: nobody judges what they did

    classes: ClassVar[dict[str, str]] = {
        "claim": "public", **dict.fromkeys(("person", "role", "since", "left_at"), "personal"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "claim", "person"], name="claim_party_once"),
            models.UniqueConstraint(
                fields=["community", "claim", "role"],
                condition=Q(role__in=("stand_in", "next"), left_at__isnull=True),
                name="claim_one_of_a_kind",
            ),
            models.CheckConstraint(condition=Q(role__in=tuple(ROLE_NAMES)), name="claim_party_role"),
        ]
        indexes = [models.Index(fields=["community", "person"], name="claim_party_person")]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.role} of {self.claim}"

    @property
    def role_label(self) -> str:
        return str(ROLE_NAMES[self.role])

    @property
    def told(self) -> str:
        """Say to the person themself what is kept of their part."""
        return str(_("has left it")) if self.left_at else self.role_label


def place_model(kind: str) -> Any:
    """Return the model of a kind of place."""
    return apps.get_model("territory", kind)
