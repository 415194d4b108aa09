"""Maintenance plans: what is done to a spot at fixed times, by whom, and what was done."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.people.models import Organisation, Post
from mulin.territory.models import Spot

from ..figures import MOST_EVERY
from ..flow import UPKEEP, UpkeepState


class UpkeepQuerySet(NounQuerySet):
    """Maintenance plans: whether the lift was inspected is everybody's business."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep those of the viewer's community."""
        return self.filter(community_id=viewer.community_id)

    def for_list(self) -> Self:
        """Load with each plan its spot and who looks after it."""
        return self.select_related("community", "spot", "organisation")


class Upkeep(Noun):
    """Something that is done to a lamp, a lift or bins again and again; for lifts also how long an inspection holds."""

    flow = UPKEEP

    spot = TenantForeignKey(Spot, models.PROTECT, related_name="upkeep")
    what = models.CharField(max_length=80)
    is_inspection = models.BooleanField(default=False)  # by law, with a date until which it is valid
    every_days = models.PositiveSmallIntegerField()
    due_on = models.DateField()  # the last day on which it is in order
    last_on = models.DateField(null=True, blank=True)
    organisation = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")

    objects = UpkeepQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("spot", "what", "is_inspection", "every_days", "due_on", "last_on", "organisation"), "public"
    )

    class Meta(Noun.Meta):
        verbose_name = "maintenance plan"
        constraints = [
            models.UniqueConstraint(
                fields=["community", "spot", "what"], condition=~Q(state=UpkeepState.ENDED), name="upkeep_once"
            ),
            models.CheckConstraint(condition=Q(every_days__range=(1, MOST_EVERY)), name="upkeep_every"),
        ]
        indexes = [*Noun.Meta.indexes, models.Index(fields=["community", "state", "due_on"], name="upkeep_board")]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("rounds:upkeep", args=[self.community.slug, self.pk])

    @property
    def tone(self) -> str:
        return {UpkeepState.CURRENT: "done", UpkeepState.OVERDUE: "late"}.get(UpkeepState(self.state), "")

    def is_kept_by(self, viewer: Any) -> bool:
        """Tell whether somebody speaks for the organisation that looks after it, or has a post of it."""
        if self.organisation_id is None or not viewer.is_person:
            return False
        posts = Post.objects.filter(
            community_id=self.community_id, pk__in=viewer.posts, organisation=self.organisation_id
        )
        return self.organisation.contact_id == viewer.person_id or posts.exists()


class Service(TenantModel):
    """One time that it was done."""

    upkeep = TenantForeignKey(Upkeep, models.PROTECT, related_name="services")
    done_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    next_on = models.DateField()

    photos: Any = ()  # where they were looked up

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("upkeep", "done_on", "note", "next_on"), "public")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(next_on__gt=models.F("done_on")), name="service_days")]
        indexes = [models.Index(fields=["community", "upkeep", "-done_on"], name="service_history")]

    def __str__(self) -> str:
        return f"{self.done_on}"
