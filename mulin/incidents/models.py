"""Incidents: the head, the cases that are its parts, what was said of it, and who follows it."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from mulin.cases.flow import OPEN
from mulin.cases.models import Case
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.territory.queries import places
from mulin.web.counts import percent

from .figures import PLACES
from .flow import INCIDENT, State


class IncidentQuerySet(NounQuerySet):
    """Incidents are public: whoever is concerned should not have to ask."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep all; what of their cases is seen, the cases decide."""
        return self

    def for_list(self) -> Self:
        """Load what a row shows, in one statement."""
        return self.select_related("community")


class Incident(Noun):
    """One thing that broke many: a firm that left, a burst main. Its cases are its parts, and close one by one."""

    flow = INCIDENT
    first_case = ""  # which one is ticked where it is declared from a case

    title = models.CharField(max_length=80)
    words = models.TextField(max_length=2000)  # what everyone may read of it
    place_kind = models.CharField(max_length=10, default="community")  # one of figures.PLACES
    place_id = models.UUIDField(null=True)
    spoken_at = models.DateTimeField()  # when something was last said of it
    ended_at = models.DateTimeField(null=True)
    lesson = models.TextField(max_length=2000, blank=True)  # what was done, and what is learnt from it

    objects = IncidentQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("title", "words", "place_kind", "place_id", "spoken_at", "ended_at", "lesson"), "public"
    )

    class Meta(Noun.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(place_kind="community", place_id__isnull=True)
                | Q(place_kind__in=("grid", "building"), place_id__isnull=False),
                name="incident_place",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ENDED, ended_at__isnull=False) | Q(state=State.ACTIVE), name="incident_end"
            ),
        ]
        indexes = [*Noun.Meta.indexes, models.Index(fields=["community", "state", "-created_at"], name="incident_list")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("incidents:incident", args=[self.community.slug, self.pk])

    @property
    def tone(self) -> str:
        return "go" if self.state == State.ACTIVE else "done"

    @property
    def place(self) -> str:
        """Name where it is, for everyone."""
        known = places(self.community).by_id.get(self.place_id) if self.place_id else None
        return str(known) if known else str(PLACES["community"])

    @cached_property
    def parts(self) -> list[Part]:
        """List its cases, in the order in which they were added; read once."""
        rows = Part.objects.filter(community_id=self.community_id, incident=self, left_at=None)
        return list(rows.select_related("case__category", "case__community").order_by("added_at", "pk"))

    @property
    def open_parts(self) -> list[Part]:
        return [part for part in self.parts if part.case.state in OPEN]

    @property
    def done(self) -> int:
        return len(self.parts) - len(self.open_parts)

    @property
    def percent(self) -> int:
        return percent(self.done, len(self.parts), exact=True) or 0

    def is_followed_by(self, viewer: Any) -> bool:
        """Tell whether an account asked to hear of it; read once for each."""
        account = getattr(viewer, "account_id", None)
        if account is None:
            return False
        known: dict[Any, bool] = self.__dict__.setdefault("_followed", {})
        if account not in known:
            rows = Follower.objects.filter(community_id=self.community_id, incident=self, account=account)
            known[account] = rows.exists()
        return known[account]


class Part(TenantModel):
    """One case of an incident."""

    incident = TenantForeignKey(Incident, models.PROTECT, related_name="all_parts")
    case = TenantForeignKey(Case, models.PROTECT, related_name="incidents")
    added_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("incident", "case", "added_at", "left_at"), "public")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "case"], condition=Q(left_at=None), name="incident_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} of {self.incident_id}"


class Update(TenantModel):
    """What was said of an incident; everyone can read it."""

    incident = TenantForeignKey(Incident, models.PROTECT, related_name="updates")
    words = models.TextField(max_length=2000)
    at = models.DateTimeField()
    was_told = models.BooleanField()  # to all whom it concerns, not only on its page

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("incident", "words", "at", "was_told"), "public")

    class Meta:
        indexes = [models.Index(fields=["community", "incident", "-at"], name="incident_updates")]

    def __str__(self) -> str:
        return self.words[:40]


class Follower(TenantModel):
    """An account that wants to hear of an incident."""

    incident = TenantForeignKey(Incident, models.CASCADE, related_name="followers")
    account = models.UUIDField()
    since = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = {**dict.fromkeys(("incident", "since"), "public"), "account": "personal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "incident", "account"], name="incident_follower_once")
        ]

    def __str__(self) -> str:
        return f"follows {self.incident_id}"
