"""A mandate: what a body may decide alone, how far and until when; and what it decided under it."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.people.figures import today_in

from ..figures import MATTERS, MOST_FEN, PLACES, matter_name, yuan
from ..flow import MANDATE, MandateState
from .body import Body


class MandateQuerySet(NounQuerySet):
    """Mandates are public, those that are only proposed, too."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep the mandates of the viewer's community."""
        return self.filter(community_id=viewer.community_id)

    def for_list(self) -> Self:
        """Load with each its body and its matters."""
        return self.select_related("community", "body__organisation", "body__community").prefetch_related("all_matters")


class Mandate(Noun):
    """What the residents let a body decide alone: matters, money, place and days."""

    flow = MANDATE

    body = TenantForeignKey(Body, models.PROTECT, related_name="mandates")
    place_kind = models.CharField(max_length=12, default="community")
    place_id = models.UUIDField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()  # the first day without it
    year_fen = models.BigIntegerField()  # for all matters of one calendar year
    granted_by = models.CharField(max_length=200, blank=True)  # by whom, with which decision
    granted_on = models.DateField(null=True, blank=True)
    granted_ref = models.CharField(max_length=200, blank=True)  # where the decision is kept: an address or a number
    ended_by = models.CharField(max_length=200, blank=True)  # who revoked it, with which decision
    ended_reason = models.TextField(max_length=500, blank=True)

    objects = MandateQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("body", "place_kind", "place_id", "starts_on", "ends_on", "year_fen", "granted_by", "granted_on",
         "granted_ref", "ended_by", "ended_reason"),
        "public",
    )  # fmt: skip

    class Meta(Noun.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(place_kind="community", place_id__isnull=True)
                | Q(place_kind__in=PLACES[1:], place_id__isnull=False),
                name="mandate_place",
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="mandate_days"),
            models.CheckConstraint(condition=Q(year_fen__gte=0, year_fen__lte=MOST_FEN), name="mandate_money"),
            models.CheckConstraint(
                condition=~Q(state=MandateState.IN_FORCE) | (~Q(granted_by="") & Q(granted_on__isnull=False)),
                name="mandate_granted",
            ),
        ]
        indexes = [*Noun.Meta.indexes, models.Index(fields=["community", "body", "state"], name="mandate_of_body")]

    def __str__(self) -> str:
        return _("Mandate: %(body)s") % {"body": self.body}

    def get_absolute_url(self) -> str:
        return reverse("bodies:mandate", args=[self.community.slug, self.pk])

    @property
    def has_begun(self) -> bool:
        """Tell whether today is one of its days."""
        return self.starts_on <= today_in(self.community) < self.ends_on

    @property
    def tone(self) -> str:
        return {"in_force": "done", "proposed": "new"}.get(self.state, "")

    @cached_property
    def matters(self) -> list[Matter]:
        """List its matters as the pack has them; read once."""
        return sorted(self.all_matters.all(), key=lambda row: MATTERS.index(row.key))

    @property
    def year_words(self) -> str:
        return _("%(amount)s yuan") % {"amount": yuan(self.year_fen)}


class Matter(TenantModel):
    """One matter of a mandate, and how much one decision about it may cost."""

    mandate = TenantForeignKey(Mandate, models.PROTECT, related_name="all_matters")
    key = models.CharField(max_length=30)  # one of figures.MATTERS
    most_fen = models.BigIntegerField()  # 0: it may decide, and spend nothing

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("mandate", "key", "most_fen"), "public")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "mandate", "key"], name="mandate_matter_once"),
            models.CheckConstraint(condition=Q(key__in=MATTERS), name="mandate_matter_key"),
            models.CheckConstraint(condition=Q(most_fen__gte=0, most_fen__lte=MOST_FEN), name="mandate_matter_money"),
        ]

    def __str__(self) -> str:
        return matter_name(self.key)

    @property
    def words(self) -> str:
        """Say how far it goes."""
        if not self.most_fen:
            return _("without spending money")
        return _("up to %(amount)s yuan each time") % {"amount": yuan(self.most_fen)}


class Use(TenantModel):
    """What a body decided under a mandate; what it cost counts against the year."""

    mandate = TenantForeignKey(Mandate, models.PROTECT, related_name="uses")
    matter = models.CharField(max_length=30)
    amount_fen = models.BigIntegerField()
    what = models.CharField(max_length=200)
    ref = models.CharField(max_length=200, blank=True)  # where it can be read
    decided_on = models.DateField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("mandate", "matter", "amount_fen", "what", "ref", "decided_on"), "public"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gte=0, amount_fen__lte=MOST_FEN), name="mandate_use_money"),
            models.CheckConstraint(condition=Q(matter__in=MATTERS), name="mandate_use_matter"),
        ]
        indexes = [models.Index(fields=["community", "mandate", "decided_on"], name="mandate_uses")]

    def __str__(self) -> str:
        return self.what

    @property
    def matter_label(self) -> str:
        return matter_name(self.matter)

    @property
    def amount_words(self) -> str:
        return _("%(amount)s yuan") % {"amount": yuan(self.amount_fen)} if self.amount_fen else ""
