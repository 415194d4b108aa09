"""A unit's turnout: when it reported in, who came, what was done, and what both sides think of it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.cases.models import Case
from mulin.kernel.clock import Calendar, now
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet
from mulin.people.models import Organisation
from mulin.people.queries import units_of
from mulin.secrecy.fields import EncryptedTextField

from ..flow import CAME, OVER, TURNOUT, CallUpState, TurnoutState
from .callup import CallUp

RATINGS = Q(rating__isnull=True) | Q(rating__range=(1, 3))
RESIDENT_RATINGS = Q(resident_rating__isnull=True) | Q(resident_rating__range=(1, 3))


class TurnoutQuerySet(NounQuerySet):
    """Turnouts: what a unit answered is for itself, who directs, the unit that leads, and the reporter.

    Where each unit stands, every unit called reads on the page of the call-up.
    """

    def visible_to(self, viewer: Any) -> Self:
        """Keep those of one's own call-ups, of one's unit, of those that it leads, and of one's own matter."""
        here = self.filter(community_id=viewer.community_id)
        if viewer.can("cases.desk"):
            return here
        cases = Case.objects.filter(community=viewer.community_id).readable_to(viewer)
        called = ~Q(callup__state=CallUpState.PROPOSED) & ~Q(state=TurnoutState.PLANNED)
        ways = Q(callup__subject_id__in=cases.values("pk")) & called
        if viewer.is_person:
            ways |= Q(callup__caller=viewer.person_id)
        if units := units_of(viewer):
            ways |= Q(called_at__isnull=False) & (Q(organisation__in=units) | Q(callup__lead__in=units))
        return here.filter(ways)

    def for_list(self) -> Self:
        """Load with each turnout its unit and its call-up."""
        return self.select_related("organisation", "callup__community", "callup__lead", "community")


class Turnout(Noun):
    """One unit called: it reports in by a time and says what was done, or says why it cannot come."""

    flow = TURNOUT

    callup = TenantForeignKey(CallUp, models.PROTECT, related_name="turnouts")
    organisation = TenantForeignKey(Organisation, models.PROTECT, related_name="turnouts")
    called_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    people = models.PositiveSmallIntegerField(null=True, blank=True)  # how many came
    came = EncryptedTextField(blank=True)  # who came, as the unit names them
    is_on_spot = models.BooleanField(default=False)  # the code at the place was scanned or typed
    is_by_phone = models.BooleanField(default=False)  # noted for the unit by who called
    came_in_time = models.BooleanField(null=True)
    outcome = models.TextField(max_length=1000, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_in_time = models.BooleanField(null=True)
    refusal = models.TextField(max_length=500, blank=True)
    insisted = models.TextField(max_length=500, blank=True)  # what who called said to it
    rating = models.PositiveSmallIntegerField(null=True, blank=True)  # 3 pleased, 2 so-so, 1 not pleased
    rating_words = models.TextField(max_length=500, blank=True)
    resident_rating = models.PositiveSmallIntegerField(null=True, blank=True)
    resident_words = models.TextField(max_length=500, blank=True)
    was_right = models.BooleanField(null=True)  # what the unit thinks of the call
    was_clear = models.BooleanField(null=True)
    was_needed = models.BooleanField(null=True)
    judged_words = models.TextField(max_length=500, blank=True)

    objects = TurnoutQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("callup", "organisation", "called_at", "reported_at", "people", "is_on_spot", "is_by_phone",
             "came_in_time", "done_at", "done_in_time", "rating", "was_right", "was_clear", "was_needed"),
            "public",
        ),
        **dict.fromkeys(
            ("came", "outcome", "refusal", "insisted", "rating_words", "resident_rating", "resident_words",
             "judged_words"),
            "personal",
        ),
    }  # fmt: skip

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(fields=["community", "callup", "organisation"], name="turnout_once"),
            models.CheckConstraint(condition=RATINGS & RESIDENT_RATINGS, name="turnout_ratings"),
            models.CheckConstraint(
                condition=~Q(state__in=CAME) | Q(reported_at__isnull=False, people__gte=1), name="turnout_came"
            ),
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "state", "due_at"], name="turnout_by_state"),
            models.Index(fields=["community", "organisation", "state"], name="turnout_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.callup.title}{_(': ')}{self.organisation.name}"

    def get_absolute_url(self) -> str:
        return reverse("callups:turnout", args=[self.community.slug, self.pk])

    @property
    def calendar(self) -> Calendar:
        return self.community.calendar

    def acts_as(self, by: Any) -> Any:
        """Keep who reported the matter without a name out of the journal."""
        case = self.callup.case if getattr(by, "holds", None) else None
        return case.acts_as(by) if case is not None else by

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def is_late(self) -> bool:
        """Tell whether a time of the unit's own has run out."""
        if self.state == TurnoutState.LAPSED:
            return True
        return self.state in (TurnoutState.CALLED, TurnoutState.REPORTED_IN) and bool(
            self.due_at and self.due_at < now()
        )

    @property
    def tone(self) -> str:
        if self.is_late:
            return "late"
        tones = {"planned": "", "called": "new", "reported_in": "go", "done": "go", "refused": "late"}
        return tones.get(self.state, "done" if self.state == TurnoutState.APPRAISED else "")
