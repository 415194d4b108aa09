"""A suggestion: what a deputy proposes to a department, on what public ground, and where it stands."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet
from mulin.people.figures import today_in
from mulin.people.models import Organisation, Person, Post
from mulin.people.queries import units_of

from ..figures import CLASSES, JUDGEMENTS, SOURCES
from ..flow import SUGGESTION, UNANSWERED, State


class SuggestionQuerySet(NounQuerySet):
    """Suggestions: everybody's once they were handed on; before, the deputy's, and of those brought the desk's, too."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep public ones, one's own, and those brought, for the desk and other deputies."""
        ways = Q(published_at__isnull=False)
        if viewer.is_person:
            signed = apps.get_model("deputies", "CoSigner").objects.filter(
                community=viewer.community_id, person=viewer.person_id
            )
            own = Q(deputy=viewer.person_id) | Q(pk__in=signed.values("suggestion"))
            ways |= Q(community=viewer.community_id) & own
        if viewer.can("cases.desk") or viewer.can("cases.oversee") or viewer.can("deputies.suggest"):
            ways |= Q(community=viewer.community_id, state=State.BROUGHT)
        return self.filter(ways)

    def for_list(self) -> Self:
        """Load with each its department, its deputy and the post by which it is brought."""
        return self.select_related("community", "department", "deputy", "post__kind")

    def whole(self) -> Self:
        """Load with each all that its page shows: who signed, who takes part, what was answered."""
        signed = ("all_signers__person", "all_signers__post__kind")
        return self.for_list().prefetch_related(*signed, "all_partners__organisation", "all_answers__department")


class Judged:
    """An answer's class and the deputy's word on it, in words."""

    klass: Any
    judgement: Any

    @property
    def klass_label(self) -> str:
        return f"{self.klass}{_(': ')}{CLASSES[self.klass]}" if self.klass else ""

    @property
    def judgement_label(self) -> str:
        return str(JUDGEMENTS[self.judgement]) if self.judgement else ""


class Suggestion(Judged, Noun):
    """What a deputy or commissioner suggests to a department."""

    flow = SUGGESTION
    begun_with: Any = None  # the case from whose page it is written

    number = models.CharField(max_length=24, blank=True)  # once it is brought
    title = models.CharField(max_length=80)
    matter = models.TextField(max_length=2000)  # what is wrong, and why it concerns many
    proposal = models.TextField(max_length=2000)
    source = models.CharField(max_length=12)  # one of figures.SOURCES
    residents = models.PositiveSmallIntegerField(null=True, blank=True)  # how many came with it
    deputy = TenantForeignKey(Person, models.PROTECT, related_name="suggestions")
    post = TenantForeignKey(Post, models.PROTECT, related_name="+")  # the office in which it is brought
    department = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="suggestions")
    # Whose it is, in the words of the department that handed it back.
    named = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)  # by the desk, before anybody else read it
    brought_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)  # when it was handed on first
    handed_on = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)  # the last day for it
    extended_at = models.DateTimeField(null=True, blank=True)
    handed_back_at = models.DateTimeField(null=True, blank=True)  # since then the department is to be found anew
    round = models.PositiveSmallIntegerField(default=1)
    # Of the latest answer, so that lists and figures need not look it up.
    answered_at = models.DateTimeField(null=True, blank=True)
    klass = models.CharField(max_length=1, blank=True)  # one of figures.CLASSES
    judgement = models.PositiveSmallIntegerField(null=True, blank=True)
    promised_on = models.DateField(null=True, blank=True)
    in_time = models.BooleanField(null=True)  # the first answer
    kept = models.BooleanField(null=True)  # what was promised

    objects = SuggestionQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("number", "source", "residents", "deputy", "post", "department", "named", "returned_at", "brought_at",
             "published_at", "handed_on", "answer_by", "extended_at", "handed_back_at", "round", "answered_at",
             "klass", "judgement", "promised_on", "in_time", "kept"),
            "public",
        ),
        # Written for everyone, and read by nobody but the deputy before it was handed on.
        **dict.fromkeys(("title", "matter", "proposal"), "personal"),
    }  # fmt: skip

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], condition=~Q(number=""), name="suggestion_number"),
            models.CheckConstraint(condition=Q(source__in=tuple(SOURCES)), name="suggestion_source"),
            models.CheckConstraint(
                condition=Q(klass="") | Q(klass__in=tuple(CLASSES), answered_at__isnull=False), name="suggestion_class"
            ),
            models.CheckConstraint(
                condition=Q(judgement__isnull=True) | Q(judgement__in=tuple(JUDGEMENTS)), name="suggestion_judgement"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=UNANSWERED)
                | (Q(department__isnull=False) & Q(handed_on__isnull=False, answer_by__isnull=False)),
                name="suggestion_handed",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PROMISED) | Q(promised_on__isnull=False), name="suggestion_promised"
            ),
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "state", "-created_at"], name="suggestion_by_state"),
            models.Index(fields=["community", "department", "-handed_on"], name="suggestion_of_unit"),
            models.Index(fields=["community", "deputy"], name="suggestion_of_deputy"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("deputies:suggestion", args=[self.community.slug, self.pk])

    @property
    def source_label(self) -> str:
        return str(SOURCES[self.source])

    @property
    def is_late(self) -> bool:
        """Tell whether the last day for an answer, or the day that was promised, is over."""
        day = self.promised_on if self.state == State.PROMISED else None
        day = self.answer_by if self.state in UNANSWERED else day
        return day is not None and day < today_in(self.community)

    @property
    def tone(self) -> str:
        if self.is_late or self.state == State.NOT_KEPT:
            return "late"
        tones = {"drafted": "", "brought": "new", "handed": "new", "closed": "done", "withdrawn": ""}
        return tones.get(self.state, "go")

    @cached_property
    def signers(self) -> list[Any]:
        """List who signed it, too, in the order in which they did; read once."""
        return sorted(self.all_signers.all(), key=lambda each: (each.signed_at, each.pk))

    @cached_property
    def partners(self) -> list[Any]:
        """List the departments that take part; read once."""
        return sorted(self.all_partners.all(), key=lambda each: each.pk)

    @cached_property
    def answers(self) -> list[Any]:
        """List the answers, the first on top; read once."""
        return sorted(self.all_answers.all(), key=lambda each: each.number)

    def units_of(self, viewer: Any) -> frozenset[UUID]:
        """Return the units that a viewer answers for, asked once for each viewer while this row is in hand."""
        known: dict[str, frozenset[UUID]] = self.__dict__.setdefault("_units", {})
        actor = getattr(viewer, "actor", "")
        if actor not in known:
            known[actor] = units_of(viewer)
        return known[actor]
