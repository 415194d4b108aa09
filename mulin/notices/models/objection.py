"""An objection to a notice: read by whoever objected and those who post notices, its answer by everyone."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet
from mulin.people.figures import today_in
from mulin.people.models import Person
from mulin.secrecy.fields import EncryptedTextField

from ..figures import OUTCOMES, OUTCOMES_SHORT
from ..flow import OBJECTION, OPEN, TO_ANSWER, Stand
from ..rules import KEEPS
from .notice import Notice


class ObjectionQuerySet(NounQuerySet):
    """Objections: one's own, and all of the community for whoever posts notices there."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep one's own; for those who post notices, all of their community."""
        here = self.filter(community=viewer.community_id)
        if viewer.is_person and viewer.can(KEEPS):
            return here
        return here.filter(objector=viewer.person_id) if viewer.person_id else self.none()

    def for_list(self) -> Self:
        """Load with each its notice and community."""
        return self.select_related("community", "notice__community", "objector")


class Objection(Noun):
    """What somebody has against a notice, and what was answered."""

    flow = OBJECTION

    notice = TenantForeignKey(Notice, models.PROTECT, related_name="+")
    objector = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    given_by = EncryptedTextField(blank=True)  # for whom the desk wrote it down, where there is no account
    words = EncryptedTextField()
    wish = EncryptedTextField(blank=True)  # what should be changed
    answer_by = models.DateField()
    outcome = models.CharField(max_length=8, blank=True)  # one of figures.OUTCOMES
    answer_words = EncryptedTextField(blank=True)  # to whoever objected
    published = models.TextField(max_length=500, blank=True)  # for everyone
    answered_by = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    pressed_words = EncryptedTextField(blank=True)
    pressed_on = models.DateField(null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("notice", "answer_by", "outcome", "published", "answered_on", "pressed_on"), "public"),
        **dict.fromkeys(("objector", "answered_by"), "personal"),
        **dict.fromkeys(("given_by", "words", "wish", "answer_words", "pressed_words"), "sensitive"),
    }

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "notice", "objector"],
                name="objection_open_once",
                condition=Q(state__in=OPEN, objector__isnull=False),
            ),
            models.CheckConstraint(condition=Q(outcome="") | Q(outcome__in=tuple(OUTCOMES)), name="objection_outcome"),
            models.CheckConstraint(
                condition=~Q(state__in=(Stand.ANSWERED, Stand.PRESSED))
                | (Q(answered_on__isnull=False) & ~Q(outcome="") & ~Q(published="")),
                name="objection_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state=Stand.PRESSED) | Q(pressed_on__isnull=False), name="objection_pressed"
            ),
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "notice", "-created_at"], name="objection_notice"),
            models.Index(fields=["community", "state", "-created_at"], name="objection_by_state"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return _("Objection to: %(title)s") % {"title": self.notice.title}

    def get_absolute_url(self) -> str:
        return reverse("notices:objection", args=[self.community.slug, self.pk])

    @property
    def outcome_label(self) -> str:
        return str(OUTCOMES_SHORT[self.outcome]) if self.outcome else ""

    @property
    def who(self) -> str:
        """Name who objected, for those who answer."""
        return str(self.objector.name if self.objector else self.given_by)

    @property
    def is_late(self) -> bool:
        """Tell whether the last day for an answer is over."""
        return self.state in TO_ANSWER and today_in(self.community) > self.answer_by

    @property
    def today(self) -> date:
        return today_in(self.community)

    @property
    def tone(self) -> str:
        tones = {"raised": "new", "pressed": "new", "settled": "done", "withdrawn": ""}
        return "late" if self.is_late else tones.get(self.state, "go")
