"""A call-up: why units are called to a matter, what is needed, where and by when; and who may read it."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from mulin.cases.models import Case
from mulin.kernel.clock import Calendar
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.people.models import Organisation, Person
from mulin.people.queries import units_of
from mulin.secrecy.fields import EncryptedTextField

from ..figures import DAYS, HOURS, URGENCIES
from ..flow import CALLUP, CallUpState, TurnoutState


class CallUpQuerySet(NounQuerySet):
    """Call-ups: for who called, who handles the matter, the units called, and the reporter once they are called."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep what is one's own, the desk's, one's unit's, or about a matter that one reads whole."""
        here = self.filter(community_id=viewer.community_id)
        if viewer.can("cases.desk"):
            return here
        cases = Case.objects.filter(community=viewer.community_id)
        handled, readable = cases.handled_by(viewer).values("pk"), cases.readable_to(viewer).values("pk")
        ways = [Q(subject_id__in=handled), Q(subject_id__in=readable) & ~Q(state=CallUpState.PROPOSED)]
        if viewer.is_person:
            ways += [Q(caller=viewer.person_id)]
        if units := units_of(viewer):
            turnouts = apps.get_model("callups", "Turnout").objects.filter(community=viewer.community_id)
            called = turnouts.filter(organisation__in=units).exclude(state=TurnoutState.PLANNED)
            ways += [Q(pk__in=called.filter(called_at__isnull=False).values("callup"))]
        return here.filter(reduce(or_, ways))

    def for_list(self) -> Self:
        """Load with each call-up who leads and who called."""
        return self.select_related("lead", "caller", "community").prefetch_related("turnouts__organisation")


class CallUp(Noun):
    """Several units called to one matter, or to a place, by a time."""

    flow = CALLUP

    number = models.CharField(max_length=24)
    subject_kind = models.CharField(max_length=64, blank=True)  # "cases.case", later a project; empty: none
    subject_id = models.UUIDField(null=True, blank=True)
    subject_name = models.CharField(max_length=120, blank=True)
    topic = models.SlugField(max_length=40, blank=True)  # the key of the matter's category
    title = models.CharField(max_length=80)
    why = models.TextField(max_length=600)
    task = models.TextField(max_length=1000)
    place_kind = models.CharField(max_length=12, blank=True)  # entrance, building, spot, grid
    place_id = models.UUIDField(null=True, blank=True)
    place_name = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=200, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    urgency = models.CharField(max_length=10, default="everyday")
    report_hours = models.PositiveSmallIntegerField(default=HOURS)
    done_days = models.PositiveSmallIntegerField(default=DAYS)
    contact = EncryptedTextField(blank=True)  # whom to ring on the spot, as far as who called releases it
    arrangement = models.TextField(max_length=1000, blank=True)  # who does what, by the unit that leads
    lead = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    caller = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)  # why it was turned down or called off
    called_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CallUpQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("number", "subject_kind", "subject_id", "topic", "place_kind", "place_id", "place_name", "urgency",
             "report_hours", "done_days", "lead", "called_at", "ended_at"),
            "public",
        ),
        **dict.fromkeys(
            ("subject_name", "title", "why", "task", "address", "lon", "lat", "arrangement", "caller", "reason"),
            "personal",
        ),
        "contact": "contact",
    }  # fmt: skip

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="callup_number"),
            models.CheckConstraint(
                condition=Q(report_hours__range=(1, 240), done_days__range=(1, 90)), name="callup_times"
            ),
            models.CheckConstraint(condition=Q(urgency__in=tuple(URGENCIES)), name="callup_urgency"),
            models.CheckConstraint(
                condition=~Q(state=CallUpState.CALLED) | Q(called_at__isnull=False), name="callup_called"
            ),
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "state", "created_at"], name="callup_by_state"),
            models.Index(fields=["community", "subject_id"], name="callup_subject"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("callups:callup", args=[self.community.slug, self.pk])

    @property
    def calendar(self) -> Calendar:
        return self.community.calendar

    @property
    def urgency_label(self) -> str:
        return str(URGENCIES[self.urgency])

    @property
    def where(self) -> str:
        """Say where it is, as units need it to find it."""
        return _(", ").join(part for part in (self.place_name, self.address) if part)

    @cached_property
    def case(self) -> Case | None:
        """Return the case that it is about, kept while this row is in hand."""
        if self.subject_kind != "cases.case" or not self.subject_id:
            return None
        rows = Case.objects.for_list().select_related("reporter", "leader")
        found: Case | None = rows.filter(community=self.community_id, pk=self.subject_id).first()
        return found

    @property
    def states(self) -> list[str]:
        """List where its units stand now."""
        rows = apps.get_model("callups", "Turnout").objects.filter(community=self.community_id, callup=self.pk)
        return list(rows.values_list("state", flat=True))

    def units_of(self, viewer: Any) -> frozenset[UUID]:
        """Return the units that a viewer speaks for, asked once for each viewer while this row is in hand."""
        known: dict[str, frozenset[UUID]] = self.__dict__.setdefault("_units", {})
        if viewer.actor not in known:
            known[viewer.actor] = units_of(viewer)
        return known[viewer.actor]


class Custom(TenantModel):
    """How a community wants its call-ups: whether a second person signs, and how long units usually have."""

    asks_second = models.BooleanField(default=False)
    report_hours = models.PositiveSmallIntegerField(default=HOURS)
    done_days = models.PositiveSmallIntegerField(default=DAYS)

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("asks_second", "report_hours", "done_days"), "public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community"], name="callup_custom")]

    def __str__(self) -> str:
        return str(self.community)
