"""A notice: what is posted, by whom, for how many days; and the masked rows of its list while it is up."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.kernel.refs import Ref
from mulin.people.figures import today_in
from mulin.people.models import Organisation, Person, Post

from ..figures import KINDS, MOST_DAYS, Kind
from ..flow import NOTICE, State
from ..rules import KEEPS, is_open


class NoticeQuerySet(NounQuerySet):
    """Notices: everybody's once they were posted; drafts are for those who post."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep what was ever posted, and drafts of the community for whoever posts notices there."""
        ways = Q(posted_on__isnull=False)
        if viewer.is_person and viewer.can(KEEPS):
            ways |= Q(community=viewer.community_id)
        return self.filter(ways)

    def for_list(self) -> Self:
        """Load with each its community, in whose time its days are counted, and who posts it."""
        return self.select_related("community", "organisation", "post__kind")


class Notice(Noun):
    """What is posted for some days, so that people may object before it counts."""

    flow = NOTICE
    is_posted_for = False  # made with another noun, by that noun's action
    begun_with: Any = None  # the notice that a new one is to replace

    number = models.CharField(max_length=24, blank=True)  # once it is posted
    kind = models.CharField(max_length=24)  # one of figures.KINDS
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=8000)
    days = models.PositiveSmallIntegerField()
    organisation = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    post = TenantForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")  # in which office
    poster = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    replaces = TenantForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    subject_kind = models.CharField(max_length=64, blank=True)  # the noun that posted it
    subject_id = models.UUIDField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    posted_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)  # the last whole day
    objections_until = models.DateField(null=True, blank=True)  # the last day for them
    down_on = models.DateField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    rows_count = models.PositiveIntegerField(default=0)  # stays when the rows are erased
    erased_at = models.DateTimeField(null=True, blank=True)  # the rows
    digest = models.CharField(max_length=64, blank=True)  # of what was posted
    objections = models.PositiveIntegerField(default=0)
    open_objections = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)  # why it was withdrawn, or what the one before had wrong

    objects = NoticeQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("number", "kind", "days", "organisation", "post", "replaces", "subject_kind", "subject_id", "posted_at",
             "posted_on", "ends_on", "objections_until", "down_on", "settled_at", "rows_count", "erased_at", "digest",
             "objections", "open_objections", "reason"),
            "public",
        ),
        # Written for everyone, and read by those who post before it is.
        **dict.fromkeys(("title", "text", "poster"), "personal"),
    }  # fmt: skip

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], condition=~Q(number=""), name="notice_number"),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=MOST_DAYS), name="notice_days"),
            models.CheckConstraint(
                condition=Q(state__in=(State.DRAFTED, State.WITHDRAWN))
                | (
                    Q(posted_on__isnull=False, posted_at__isnull=False, ends_on__gt=F("posted_on"))
                    & ~Q(number="")
                    & Q(down_on__gt=F("ends_on"))
                    & ~Q(digest="")
                ),
                name="notice_posted",
            ),
            models.CheckConstraint(
                condition=Q(objections_until__isnull=True)
                | Q(objections_until__gt=F("posted_on"), objections_until__lte=F("ends_on")),
                name="notice_objections_end",
            ),
            models.CheckConstraint(condition=Q(open_objections__lte=F("objections")), name="notice_objections"),
            models.CheckConstraint(
                condition=~Q(state__in=(State.SETTLED, State.DOWN)) | Q(open_objections=0, settled_at__isnull=False),
                name="notice_settled",
            ),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="notice_replaces"),
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "state", "-created_at"], name="notice_by_state"),
            models.Index(fields=["community", "subject_id"], name="notice_subject"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("notices:notice", args=[self.community.slug, self.pk])

    @property
    def kind_of(self) -> Kind:
        """Return the kind; one that the pack has no more counts as general."""
        return KINDS.get(self.kind, KINDS["general"])

    @property
    def subject(self) -> Ref | None:
        """Return the noun with which it was posted."""
        return Ref(self.community_id, self.subject_kind, self.subject_id) if self.subject_id else None

    @property
    def today(self) -> date:
        return today_in(self.community)

    @property
    def days_left(self) -> int:
        """Count the days that it is still posted, today included."""
        return max((self.ends_on - self.today).days + 1, 0) if self.ends_on and self.state == State.POSTED else 0

    @property
    def is_over(self) -> bool:
        """Tell whether its last day is over."""
        return self.ends_on is not None and self.today > self.ends_on

    @property
    def takes_objections(self) -> bool:
        return is_open(self)

    @property
    def is_settled(self) -> bool:
        """Tell whether its days are over and no objection is open; also before the clock came by."""
        if self.state == State.POSTED:
            return self.is_over and self.open_objections == 0
        return self.state in (State.SETTLED, State.DOWN)

    @property
    def posted_by(self) -> str:
        """Name who posts it: an organisation, or an office of the community."""
        if self.organisation:
            return str(self.organisation.name)
        return str(self.post.kind) if self.post else self.community.name

    @property
    def tone(self) -> str:
        tones = {"drafted": "", "posted": "new", "settled": "done", "withdrawn": "late"}
        return "late" if self.state == State.POSTED and self.is_over else tones.get(self.state, "")

    @cached_property
    def rows(self) -> list[ListRow]:
        """List the masked rows while they are here; read once."""
        found = ListRow.objects.filter(community=self.community_id, notice=self.pk).order_by("number")
        return list(found) if self.rows_count and self.erased_at is None else []


class ListRow(TenantModel):
    """One row of a notice's list, as it is shown: what is hidden was never stored."""

    notice = TenantForeignKey(Notice, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    cells = models.JSONField()  # masked, by column name

    classes: ClassVar[dict[str, str]] = {"notice": "public", "number": "public", "cells": "personal"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "notice", "number"], name="notice_row_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.number}"
