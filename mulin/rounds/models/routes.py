"""Routes: a list of places that somebody walks at fixed times, until a day."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.participation.flow import AffiliationState, ClaimState
from mulin.participation.models import Affiliation, Claim
from mulin.people.models import Organisation, PostKind
from mulin.territory.models import Building, Entrance, Grid, Spot, SpotKind
from mulin.territory.queries import places

from ..figures import PLACE_WORDS, STOP_PLACES, WEEKDAYS, lines_for
from ..flow import ROUTE, RouteState


def kind_of(place: Any) -> str:
    """Say what kind of stop a place makes: what a spot is, or that it is an entrance or a building."""
    return str(place.kind if isinstance(place, Spot) else type(place).__name__.lower())


def kind_word(kind: str) -> str:
    """Name a kind of stop."""
    return str(PLACE_WORDS.get(kind) or SpotKind(kind).label)


def walked_by(viewer: Any) -> Q:
    """Keep the routes that somebody walks: by a post at the grid, in a team, or as the holder of a claim."""
    if not viewer.is_person:
        return Q(pk=None)
    here, person = viewer.community_id, viewer.person_id
    member = Affiliation.objects.filter(community=here, person=person, state=AffiliationState.ACTIVE)
    found = Q(organisation__contact=person) | Q(organisation__in=member.values("organisation"))
    found |= Q(claim__holder=person, claim__state=ClaimState.KEPT)
    for term in viewer.terms:
        near = Q(grid=None) | Q(grid=term.place_id)
        if term.place_kind == "building":
            near |= Q(grid__in=Building.objects.filter(community=here, pk=term.place_id).values("grid"))
        elif term.place_kind == "entrance":
            near |= Q(grid__in=Entrance.objects.filter(community=here, pk=term.place_id).values("building__grid"))
        found |= Q(post_kind=term.kind) if term.place_kind == "community" else Q(post_kind=term.kind) & near
    return found


class RouteQuerySet(NounQuerySet):
    """Routes, for the desk, for who handles cases, and for who walks them."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep what the viewer may see: routes are no business of those who neither walk nor handle anything."""
        here = self.filter(community_id=viewer.community_id)
        if viewer.can("cases.desk") or viewer.can("cases.handle"):
            return here
        return here.filter(walked_by(viewer))

    def for_list(self) -> Self:
        """Load with each route who walks it."""
        return self.select_related("community", "grid", "organisation", "claim")


class Route(Noun):
    """A list of places with what is looked at there, by whom and how often."""

    flow = ROUTE

    name = models.CharField(max_length=60)
    post_kind = models.CharField(max_length=40, blank=True)  # key of the kind of post that walks it, at the grid
    grid = TenantForeignKey(Grid, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    claim = TenantForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="+")
    every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    weekdays = models.CharField(max_length=7, blank=True)  # "024": Monday, Wednesday, Friday
    checklist = models.JSONField(default=list, blank=True)  # [{"kind": "lamp", "words": "It shines"}, …]
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)  # the first day without it

    objects = RouteQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("name", "post_kind", "grid", "organisation", "claim", "every_days", "weekdays", "checklist", "starts_on",
         "ends_on"),
        "public",
    )  # fmt: skip

    class Meta(Noun.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(every_days__gte=1, weekdays="") | (Q(every_days__isnull=True) & ~Q(weekdays="")),
                name="route_rhythm",
            ),
            models.CheckConstraint(
                condition=(~Q(post_kind="") & Q(organisation__isnull=True, claim__isnull=True))
                | Q(post_kind="", organisation__isnull=False, claim__isnull=True)
                | Q(post_kind="", organisation__isnull=True, claim__isnull=False),
                name="route_walker",
            ),
            models.CheckConstraint(
                condition=~Q(state=RouteState.ACTIVE) | Q(starts_on__isnull=False, ends_on__gt=F("starts_on")),
                name="route_term",
            ),
        ]
        indexes = [*Noun.Meta.indexes, models.Index(fields=["community", "state", "name"], name="route_list")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("rounds:route", args=[self.community.slug, self.pk])

    @property
    def tone(self) -> str:
        return {RouteState.DRAWN: "new", RouteState.ACTIVE: "done"}.get(RouteState(self.state), "")

    @cached_property
    def stops(self) -> list[Stop]:
        """List its stops in their order; read once."""
        rows = Stop.objects.filter(community_id=self.community_id, route=self).order_by("position", "pk")
        known, found = places(self.community).by_id, list(rows)
        for stop in found:
            stop.place = known.get(stop.place_id)
        return [stop for stop in found if stop.place is not None]

    @cached_property
    def walker(self) -> str:
        """Name who walks it: never a person but for a claim, whose title stands for its holder."""
        if self.organisation_id or self.claim_id:
            return str(self.organisation or self.claim)
        kind = PostKind.objects.filter(community_id=self.community_id, key=self.post_kind).first()
        return f"{self.grid} {kind or self.post_kind}" if self.grid_id else str(kind or self.post_kind)

    @property
    def rhythm(self) -> str:
        """Say how often it is walked."""
        if self.every_days == 1:
            return str(_("every day"))
        if self.every_days:
            words = ngettext("every %(n)s day", "every %(n)s days", self.every_days)
            return words % {"n": self.every_days}
        return str(_(", ")).join(str(WEEKDAYS[day]) for day in self.weekdays)

    def lines_at(self, place: Any) -> list[str]:
        """List what is looked at there."""
        return lines_for(self.checklist, kind_of(place))

    def is_walked_by(self, viewer: Any) -> bool:
        """Tell whether somebody is among those who walk it; read once for each."""
        known: dict[str, bool] = self.__dict__.setdefault("_walked", {})
        if viewer.actor not in known:
            rows = Route.objects.filter(community_id=self.community_id, pk=self.pk)
            known[viewer.actor] = rows.filter(walked_by(viewer)).exists()
        return known[viewer.actor]


class Stop(TenantModel):
    """One place of a route."""

    route = TenantForeignKey(Route, models.PROTECT, related_name="all_stops")
    place_kind = models.CharField(max_length=8)
    place_id = models.UUIDField()
    position = models.PositiveSmallIntegerField()

    place: Any = None  # the place itself, where it was looked up

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("route", "place_kind", "place_id", "position"), "public")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "route", "place_id"], name="stop_once"),
            models.CheckConstraint(condition=Q(place_kind__in=STOP_PLACES), name="stop_place"),
        ]
        indexes = [models.Index(fields=["community", "place_id"], name="stop_at_place")]

    def __str__(self) -> str:
        return str(self.place or self.place_id)

    @property
    def kind_label(self) -> str:
        return kind_word(kind_of(self.place))
