"""What rates are made of: facts of cases, sums by month, definitions in force, and cases left out."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.cases.models import Case
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel

from .figures import FACTS, GROUNDS, NAMES, PART_OF, said
from .flow import EXCLUSION, State

COUNTED = tuple(FACTS)  # in the order of figures.Counts


class Fact(TenantModel):
    """What one case adds to the rates; remade whenever the case moves. No words, no people."""

    case = TenantForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    month = models.DateField()  # the first day of the month in which it was reported, in the community's time
    grid_id = models.UUIDField(null=True)
    category_id = models.UUIDField()
    promised_at = models.DateTimeField()  # until when it was to be taken on
    due = models.BooleanField()
    answered = models.BooleanField()
    ended = models.BooleanField()
    on_time = models.BooleanField()
    judged = models.BooleanField()
    fixed = models.BooleanField()
    content = models.BooleanField()
    pleased = models.BooleanField()
    is_left_out = models.BooleanField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "month", "grid_id", "category_id", "promised_at", *COUNTED[1:], "is_left_out"), "public"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "case"], name="fact_once")]
        indexes = [
            models.Index(fields=["community", "month"], name="fact_month"),
            models.Index(fields=["community", "promised_at"], condition=Q(due=False), name="fact_promised"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} in {self.month:%Y-%m}"


class Tally(TenantModel):
    """The facts of one month, grid and category, added up: what a page reads, however many cases there are."""

    month = models.DateField()
    grid_id = models.UUIDField(null=True)
    category_id = models.UUIDField()
    reported = models.PositiveIntegerField()
    due = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    ended = models.PositiveIntegerField()
    on_time = models.PositiveIntegerField()
    judged = models.PositiveIntegerField()
    fixed = models.PositiveIntegerField()
    content = models.PositiveIntegerField()
    pleased = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("month", "grid_id", "category_id", *COUNTED, "left_out"), "public"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "month", "category_id", "grid_id"], condition=Q(grid_id__isnull=False),
                name="tally_once",
            ),
            models.UniqueConstraint(
                fields=["community", "month", "category_id"], condition=Q(grid_id__isnull=True),
                name="tally_once_without_grid",
            ),
            models.CheckConstraint(
                condition=Q(answered__lte=F("due"), fixed__lte=F("judged"), content__lte=F("fixed")), name="tally_parts"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reported} in {self.month:%Y-%m}"


class Mark(TenantModel):
    """How far a community's log has been counted."""

    seq = models.PositiveBigIntegerField(default=0)  # the first line that is not counted yet
    counted_at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("seq", "counted_at"), "public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community"], name="mark_once")]

    def __str__(self) -> str:
        return f"up to {self.seq}"


class DefinitionQuerySet(models.QuerySet[Any]):
    """Definitions are public."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep those of the viewer's community, old ones too: what was published stays readable."""
        return self.filter(community_id=viewer.community_id)


class Definition(TenantModel):
    """How one rate is counted: part and whole out of a closed set, and the words for it. A change is a new version."""

    key = models.SlugField(max_length=20)
    version = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=10)
    whole = models.CharField(max_length=10)
    zh = models.TextField(max_length=600)
    en = models.TextField(max_length=600)
    source = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # the first day on which another version counts

    objects = DefinitionQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("key", "version", "part", "whole", "zh", "en", "source", "starts_on", "ends_on"), "public"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "key", "version"], name="definition_version"),
            models.UniqueConstraint(fields=["community", "key"], condition=Q(ends_on=None), name="definition_in_force"),
            models.CheckConstraint(condition=Q(key__in=tuple(NAMES)), name="definition_key"),
            models.CheckConstraint(condition=Q(part__in=COUNTED, whole__in=COUNTED), name="definition_facts"),
        ]

    def __str__(self) -> str:
        return str(NAMES[self.key])

    @property
    def words(self) -> str:
        """Return what it says, in the reader's language."""
        return said(self.zh, self.en)

    @property
    def part_label(self) -> str:
        return str(FACTS[self.part])

    @property
    def whole_label(self) -> str:
        return str(FACTS[self.whole])

    @property
    def fits(self) -> bool:
        """Tell whether what is counted above is a part of what is counted below."""
        return self.whole in PART_OF[self.part]


class ExclusionQuerySet(NounQuerySet):
    """Exclusions, seen by those who answer for the rates; everyone else sees how many, and on what grounds."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep those of the viewer's community, for its desk and those above it."""
        sees = viewer.can("cases.desk") or viewer.can("cases.oversee")
        return self.filter(community_id=viewer.community_id) if sees else self.none()

    def for_list(self) -> Self:
        """Load what a row shows, in one statement."""
        return self.select_related("case__category", "case__community", "community")


class Exclusion(Noun):
    """One case that is not counted in the rates, for a reason that a second person agreed to."""

    flow = EXCLUSION

    case = TenantForeignKey(Case, models.PROTECT, related_name="exclusions")
    ground = models.CharField(max_length=8)  # one of figures.GROUNDS
    reason = models.TextField(max_length=600)
    asked_by = models.CharField(max_length=64)
    decided_by = models.CharField(max_length=64, blank=True)

    objects = ExclusionQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("case", "ground"), "public"),
        **dict.fromkeys(("reason", "asked_by", "decided_by"), "personal"),
    }

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "case"], condition=~Q(state=State.COUNTED), name="exclusion_once"
            ),
            models.CheckConstraint(condition=Q(ground__in=tuple(GROUNDS)), name="exclusion_ground"),
        ]

    def __str__(self) -> str:
        return _("%(case)s, left out of the rates") % {"case": self.case.number}

    def get_absolute_url(self) -> str:
        return reverse("rates:exclusion", args=[self.community.slug, self.pk])

    @property
    def ground_label(self) -> str:
        return str(GROUNDS[self.ground])

    @property
    def tone(self) -> str:
        return "go" if self.state == State.ASKED else ""
