"""Rounds: one walk of a route on one day, and what was seen at each stop. When somebody stood where is not kept."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.people.models import Person
from mulin.territory.queries import places

from ..figures import RESULTS, STOP_PLACES, TONES
from ..flow import ROUND, RoundState
from .routes import Route, kind_word


class RoundQuerySet(NounQuerySet):
    """Rounds, seen as their route is."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep the rounds of routes that the viewer may see."""
        routes = Route.objects.visible_to(viewer)
        return self.filter(community_id=viewer.community_id, route__in=routes.values("pk"))

    def for_list(self) -> Self:
        """Load with each round its route."""
        return self.select_related(
            "community", "route__grid", "route__organisation", "route__claim", "route__community"
        )


class Round(Noun):
    """A route on one day; who walked it, and nothing of when they were where."""

    flow = ROUND

    route = TenantForeignKey(Route, models.PROTECT, related_name="rounds")
    day = models.DateField()
    walker = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)  # why it was missed or called off
    note = models.CharField(max_length=500, blank=True)
    seen = models.PositiveSmallIntegerField(default=0)
    found = models.PositiveSmallIntegerField(default=0)
    left_out = models.PositiveSmallIntegerField(default=0)

    objects = RoundQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("route", "day", "seen", "found", "left_out"), "public"),
        **dict.fromkeys(("walker", "reason", "note"), "personal"),
    }

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(fields=["community", "route", "day"], name="round_once_a_day"),
            models.CheckConstraint(
                condition=~Q(state__in=(RoundState.WALKING, RoundState.DONE)) | Q(walker__isnull=False),
                name="round_walker",
            ),
        ]
        indexes = [*Noun.Meta.indexes, models.Index(fields=["community", "day"], name="round_day")]

    def __str__(self) -> str:
        return f"{self.route} {self.day:%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("rounds:round", args=[self.community.slug, self.pk])

    @property
    def tone(self) -> str:
        tones = {RoundState.DUE: "new", RoundState.WALKING: "go", RoundState.MISSED: "late", RoundState.DONE: "done"}
        return tones.get(RoundState(self.state), "")

    @cached_property
    def looks(self) -> list[Look]:
        """List its stops as they were when somebody set out, in their order; read once."""
        rows = list(Look.objects.filter(community_id=self.community_id, round=self).order_by("position", "pk"))
        known = places(self.community).by_id
        for look in rows:
            look.place = known.get(look.place_id)
        return rows

    @property
    def open_looks(self) -> list[Look]:
        return [look for look in self.looks if not look.result]

    @property
    def done(self) -> int:
        return len(self.looks) - len(self.open_looks)

    def is_walked_by(self, viewer: Any) -> bool:
        """Tell whether somebody is among those who walk its route."""
        return bool(self.route.is_walked_by(viewer))


class Look(TenantModel):
    """One stop of a round: what was to be looked at, and what came of it. It has no time and no person."""

    round = TenantForeignKey(Round, models.PROTECT, related_name="all_looks")
    position = models.PositiveSmallIntegerField()
    place_kind = models.CharField(max_length=8)
    place_id = models.UUIDField()
    kind = models.CharField(max_length=8)
    lines = models.JSONField(default=list)
    ticked = models.JSONField(default=list)  # which lines were in order, by their place
    result = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why it was left out
    case_id = models.UUIDField(null=True)  # what was reported from here

    place: Any = None

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("round", "position", "place_kind", "place_id", "kind", "lines", "ticked", "result", "case_id"), "public"
        ),
        "reason": "personal",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "round", "place_id"], name="look_once"),
            models.CheckConstraint(condition=Q(place_kind__in=STOP_PLACES), name="look_place"),
            models.CheckConstraint(condition=Q(result__in=tuple(RESULTS)), name="look_result"),
            models.CheckConstraint(condition=~Q(result="missed") | ~Q(reason=""), name="look_reason"),
            models.CheckConstraint(condition=~Q(result="finding") | Q(case_id__isnull=False), name="look_case"),
        ]
        indexes = [models.Index(fields=["community", "place_id"], name="look_at_place")]

    def __str__(self) -> str:
        return str(self.place or _("a place that is no more"))

    @property
    def kind_label(self) -> str:
        return kind_word(self.kind)

    @property
    def result_label(self) -> str:
        return str(RESULTS[self.result])

    @property
    def tone(self) -> str:
        return TONES[self.result]

    @property
    def checks(self) -> list[tuple[int, str, bool]]:
        """List its lines with their place and whether each was in order."""
        return [(at, words, at in self.ticked) for at, words in enumerate(self.lines)]
