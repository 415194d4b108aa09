"""Which posts read confidential reports here, and who sits in the two seats of one; whoever is concerned never does."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from mulin.kernel.clock import Calendar
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import TenantModel
from mulin.people.figures import today_in
from mulin.people.models import Organisation, Person, Post, Term
from mulin.territory.models import Community

from ..figures import MEASURES, OTHER_SIDE, OUTCOMES, READ, SEATS

CONCERN = "concerns.Concern"


def about(organisation: Organisation | None, term: Term | None) -> frozenset[UUID]:
    """Name the persons whom a report is about: the official, or those who answer for or hold office in the group."""
    if term is not None:
        return frozenset({term.person_id})
    if organisation is None:
        return frozenset()
    here = Term.objects.filter(community=organisation.community_id, post__organisation=organisation.pk)
    office = here.current(today_in(organisation.community)).values_list("person", flat=True)
    return frozenset({*office, organisation.contact_id, organisation.founder_id} - {None})


def fit(community: Community, posts: Collection[UUID], concerned: Collection[UUID]) -> list[Term]:
    """List the terms of these posts whose holders may read, the longest in office first; nobody concerned or barred."""
    today = today_in(community)
    rows = (
        Term.objects.filter(community=community, post__in=posts).current(today).select_related("post__kind", "person")
    )
    rows = rows.exclude(person__account=None).exclude(person__in=concerned).order_by("starts_on", "pk")
    found = [term for term in rows if READ in term.post.kind.capabilities]
    held = Term.objects.filter(community=community, person__in=[term.person_id for term in found]).current(today)
    all_held = held.values_list("person", "post__kind__capabilities")
    barred = {person for person, capabilities in all_held if OTHER_SIDE & set(capabilities)}
    return [term for term in found if term.person_id not in barred]


class About:
    """What a report and a finding have in common: whom they are about, and in words what came out and what follows."""

    community: Any
    organisation: Any
    term: Any
    outcome: Any
    measure: Any

    @property
    def calendar(self) -> Calendar:
        return self.community.calendar  # type: ignore[no-any-return]

    @property
    def subject(self) -> Any:
        """Give whom it is about: an organisation, or a term of a post."""
        return self.organisation or self.term

    @property
    def outcome_label(self) -> str:
        return str(OUTCOMES.get(self.outcome, ""))

    @property
    def measure_label(self) -> str:
        return str(MEASURES.get(self.measure, ""))

    @cached_property
    def about_persons(self) -> frozenset[UUID]:
        """Name the persons whom it is about; read once."""
        return about(self.organisation, self.term)


class Bench(TenantModel):
    """Which two posts read confidential reports of a community, and which one stands in."""

    first = TenantForeignKey(Post, models.PROTECT, related_name="+")
    second = TenantForeignKey(Post, models.PROTECT, related_name="+")
    stand_in = TenantForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    named_at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("first", "second", "stand_in", "named_at"), "public")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community"], name="concern_bench_once"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="concern_bench_two"),
        ]

    def __str__(self) -> str:
        return str(self.community)

    @property
    def posts(self) -> list[UUID]:
        return [key for key in (self.first_id, self.second_id, self.stand_in_id) if key]

    def readers(self, concerned: Collection[UUID] = ()) -> list[Term]:
        """List the terms of those who would read: two different persons, the stand-in last; fewer where it lacks."""
        found = fit(self.community, self.posts, concerned)
        persons: dict[UUID, Term] = {}
        for post in self.posts:
            if (term := next((term for term in found if term.post_id == post), None)) is not None:
                persons.setdefault(term.person_id, term)
        return list(persons.values())


class Seat(TenantModel):
    """One of the two who read a report, for as long as they hold the post by which they do."""

    concern = TenantForeignKey(CONCERN, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    person = TenantForeignKey(Person, models.PROTECT, related_name="+")
    post = TenantForeignKey(Post, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("concern", "number", "person", "post", "since", "until"), "personal"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "concern", "number"], condition=Q(until=None), name="concern_seat_once"
            ),
            models.UniqueConstraint(
                fields=["community", "concern", "person"], condition=Q(until=None), name="concern_two_persons"
            ),
            models.CheckConstraint(condition=Q(number__range=SEATS), name="concern_two_seats"),
        ]
        indexes = [models.Index(fields=["community", "person"], condition=Q(until=None), name="concern_seat_of")]

    def __str__(self) -> str:
        return f"{self.number}: {self.person_id}"


def seats_of(viewer: Any) -> Any:
    """Keep the seats by which someone reads now; none about themself, none for whoever is on the other side."""
    if not viewer.is_person or (viewer.capabilities | viewer.withheld) & OTHER_SIDE or not viewer.can(READ):
        return Seat.objects.none()
    seats = Seat.objects.filter(community=viewer.community_id, person=viewer.person_id, until=None)
    ways = Q(contact=viewer.person_id) | Q(founder=viewer.person_id) | Q(posts__in=viewer.posts)
    ours = Organisation.objects.filter(ways, community=viewer.community_id).values("pk")
    seats = seats.filter(post__in=viewer.posts).exclude(concern__organisation__in=ours)
    return seats.exclude(concern__term__person=viewer.person_id)
