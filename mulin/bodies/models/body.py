"""A body: what makes an organisation deliberate and decide. A seat is a post of that organisation, no more."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.people.figures import today_in
from mulin.people.flow import PostState
from mulin.people.flow import State as TermState
from mulin.people.models import Organisation, Post, Term

from ..figures import KINDS, PLACES, Kind
from ..flow import BODY, LIVING, State
from .rules import FIELDS, RulesOfMeeting, sound


class BodyQuerySet(NounQuerySet):
    """Bodies are public: who decides for neighbours, and how, is everybody's to read."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep the bodies of the viewer's community."""
        return self.filter(community_id=viewer.community_id)

    def for_list(self) -> Self:
        """Load with each its organisation, which names it, and who supervises it."""
        return self.select_related("community", "organisation", "supervisor__organisation", "supervisor__community")

    def living(self) -> Self:
        """Keep those that have not ended."""
        return self.filter(state__in=LIVING)


class Body(RulesOfMeeting, Noun):
    """A council or committee: an organisation with seats, terms, rules of its meetings and perhaps a mandate."""

    flow = BODY

    organisation = TenantForeignKey(Organisation, models.PROTECT, related_name="bodies")
    kind = models.CharField(max_length=30)  # one of figures.KINDS
    place_kind = models.CharField(max_length=12, default="community")
    place_id = models.UUIDField(null=True, blank=True)  # null: the whole community
    supervisor: Any = TenantForeignKey("self", models.PROTECT, null=True, blank=True, related_name="supervised")
    founded_by = models.CharField(max_length=200, blank=True)  # by whom, with which decision
    founded_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)  # the first day out of office
    term_by = models.CharField(max_length=200, blank=True)  # how its present term came: an election, when
    version_of_rules = models.PositiveSmallIntegerField(default=1)
    ended_reason = models.TextField(max_length=500, blank=True)

    objects = BodyQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        (*FIELDS, "organisation", "kind", "place_kind", "place_id", "supervisor", "founded_by", "founded_on", "ends_on",
         "term_by", "version_of_rules", "ended_reason"),
        "public",
    )  # fmt: skip

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "organisation"], condition=~Q(state=State.ENDED), name="body_of_organisation"
            ),
            models.CheckConstraint(condition=Q(kind__in=tuple(KINDS)), name="body_kind"),
            models.CheckConstraint(
                condition=Q(place_kind="community", place_id__isnull=True)
                | Q(place_kind__in=PLACES[1:], place_id__isnull=False),
                name="body_place",
            ),
            models.CheckConstraint(condition=~Q(supervisor=F("id")), name="body_not_its_own_supervisor"),
            models.CheckConstraint(
                condition=~Q(state=State.IN_OFFICE) | Q(ends_on__isnull=False), name="body_in_office_ends"
            ),
            *sound("body"),
        ]
        indexes = [*Noun.Meta.indexes, models.Index(fields=["community", "state", "kind"], name="body_by_kind")]

    def __str__(self) -> str:
        return str(self.organisation.name)

    def get_absolute_url(self) -> str:
        return reverse("bodies:body", args=[self.community.slug, self.pk])

    @property
    def kinds(self) -> Kind:
        """Return what the pack says of its kind."""
        return KINDS[self.kind]

    @property
    def kind_label(self) -> str:
        return str(self.kinds)

    @property
    def is_in_office(self) -> bool:
        """Tell whether it may act today, whether or not the clock has come by."""
        return self.state == State.IN_OFFICE and self.has_term_left

    @property
    def has_term_left(self) -> bool:
        """Tell whether its term is not over, as far as days go."""
        return self.ends_on is not None and self.ends_on > today_in(self.community)

    @property
    def tone(self) -> str:
        return {"in_office": "done", "founded": "new", "suspended": "late"}.get(self.state, "")

    def open_seats(self) -> models.QuerySet[Seat]:
        """List the seats that are there, filled or vacant, in their order."""
        rows = Seat.objects.filter(community_id=self.community_id, body=self.pk, post__state=PostState.OPEN)
        return rows.order_by("number")

    def sitting(self, on: date | None = None) -> models.QuerySet[Term]:
        """List the terms of those who sit in it on a day; today, where none is named."""
        terms = Term.objects.filter(community_id=self.community_id, post__in=self.open_seats().values("post"))
        rows: models.QuerySet[Term] = terms.current(on or today_in(self.community))
        return rows

    def count_members(self, on: date | None = None) -> int:
        """Count those who sit in it; whoever came into two seats by a table counts once."""
        return self.sitting(on).values("person").distinct().count()

    def vacant_seats(self) -> models.QuerySet[Seat]:
        """List the seats that nobody holds or will hold."""
        held = Term.objects.filter(
            community_id=self.community_id, state=TermState.HELD, ends_on__gt=today_in(self.community)
        )  # fmt: skip
        return self.open_seats().exclude(post__in=held.values("post"))

    def has_vacancy(self) -> bool:
        """Tell whether a seat can be offered."""
        return self.vacant_seats().exists()

    def is_full_enough(self) -> bool:
        """Tell whether it can take office: the legal minimum, and more than half of its seats."""
        members = self.count_members()
        return members >= self.kinds.least_members(self.seats) and 2 * members > self.seats

    def has_member(self, viewer: Any) -> bool:
        """Tell whether a viewer sits in it today."""
        posts = [term.post_id for term in getattr(viewer, "terms", ())]
        return bool(posts) and self.open_seats().filter(post__in=posts).exists()


class Seat(TenantModel):
    """That a post is a seat of a body; who holds it, and how long, stands in the post's terms."""

    body = TenantForeignKey(Body, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    post = TenantForeignKey(Post, models.PROTECT, related_name="+")

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("body", "number", "post"), "public")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "body", "number"], name="seat_number"),
            models.UniqueConstraint(fields=["community", "post"], name="seat_post"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.number}"
