"""A cooling-off: for some hours nobody writes in a whole discussion, and then it opens by itself."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun
from mulin.people.models import Person

from ..figures import LONGEST_PAUSE, PAUSES
from ..flow import PAUSE, PauseState
from .comment import OnSubject, OnSubjects


class PauseQuerySet(OnSubjects):
    """Cooling-offs: for everyone who sees the matter."""

    def for_list(self) -> Self:
        """Load with each its community."""
        return self.select_related("community")


class Pause(OnSubject, Noun):
    """Some hours without comments on one noun; it holds nobody in particular back."""

    flow = PAUSE

    subject_kind = models.CharField(max_length=64)
    subject_id = models.UUIDField()
    reason = models.CharField(max_length=12)  # one of figures.PAUSES
    words = models.CharField(max_length=300)
    hours = models.PositiveSmallIntegerField()
    ends_at = models.DateTimeField()
    begun_by = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PauseQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("subject_kind", "subject_id", "reason", "words", "hours", "ends_at"), "public"),
        "begun_by": "personal",
    }

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "subject_kind", "subject_id"],
                condition=Q(state=PauseState.RUNNING),
                name="comment_pause_once",
            ),
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=LONGEST_PAUSE), name="comment_pause_hours"),
            models.CheckConstraint(condition=Q(reason__in=tuple(PAUSES)), name="comment_pause_reason"),
        ]

    def __str__(self) -> str:
        return _("Cooling-off: %(reason)s") % {"reason": self.reason_label}

    def get_absolute_url(self) -> str:
        return reverse("comments:pause", args=[self.community.slug, self.pk])

    @property
    def reason_label(self) -> str:
        return str(PAUSES[self.reason])

    @property
    def tone(self) -> Any:
        return "go" if self.state == PauseState.RUNNING else "done"
