"""A comment on a public noun, and the reports of it; who reported is kept nowhere, only that they did."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.kernel.refs import Ref
from mulin.people.figures import masked
from mulin.people.models import Organisation, Person
from mulin.secrecy.fields import EncryptedTextField, hash_of

from ..figures import GROUNDS, LONGEST, LONGEST_MORE, REASONS
from ..flow import COMMENT, READABLE, STANDING, UNREADABLE, State
from ..rules import is_writer, keeps_pages


class OnSubjects(NounQuerySet):
    """What stands on another noun: seen by whoever sees that one."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep what stands on nouns that this viewer may read."""
        ways = Q(pk__in=[])
        for kind in GROUNDS:
            seen = apps.get_model(kind)._default_manager.visible_to(viewer)
            ways |= Q(subject_kind=kind, subject_id__in=seen.order_by().values("pk"))
        return self.filter(ways)

    def on(self, subject: Any) -> Self:
        """Keep what stands on one noun."""
        ref = Ref.of(subject)
        return self.filter(community=ref.community, subject_kind=ref.kind, subject_id=ref.id)


class CommentQuerySet(OnSubjects):
    """Comments: their rows are for everyone who sees the matter; the words of hidden ones for few."""

    def for_list(self) -> Self:
        """Load with each its community, who wrote it and for which unit."""
        return self.select_related("community", "writer", "unit")


class OnSubject:
    """Which noun something stands on."""

    community_id: Any
    subject_kind: Any
    subject_id: Any

    @cached_property
    def subject(self) -> Any:
        """Return the noun on which it stands; read once."""
        rows = apps.get_model(self.subject_kind)._default_manager.for_list()
        return rows.get(community=self.community_id, pk=self.subject_id)

    @property
    def ref(self) -> Ref:
        return Ref(self.community_id, self.subject_kind, self.subject_id)


class Comment(OnSubject, Noun):
    """What somebody said on a public matter, in their name."""

    flow = COMMENT

    subject_kind = models.CharField(max_length=64)
    subject_id = models.UUIDField()
    writer = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")  # None: erased
    unit = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")  # for which
    answers = TenantForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(max_length=LONGEST, blank=True)  # erased when it is withdrawn
    changed_at = models.DateTimeField(null=True, blank=True)
    addition = models.TextField(max_length=LONGEST_MORE, blank=True)
    added_at = models.DateTimeField(null=True, blank=True)
    reports_open = models.PositiveIntegerField(default=0)
    hidden_for = models.CharField(max_length=12, blank=True)  # one of figures.REASONS
    hidden_words = models.CharField(max_length=300, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_words = EncryptedTextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_words = models.CharField(max_length=300, blank=True)
    decided_by = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CommentQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("subject_kind", "subject_id", "unit", "answers", "changed_at", "added_at", "hidden_for", "hidden_words",
             "hidden_at", "asked_at", "decided_at", "decided_words"),
            "public",
        ),
        **dict.fromkeys(("writer", "words", "addition", "reports_open", "hidden_by", "decided_by"), "personal"),
        "asked_words": "sensitive",
    }  # fmt: skip

    class Meta(Noun.Meta):
        constraints = [
            models.CheckConstraint(
                condition=(Q(state=State.WITHDRAWN, words="", addition="", reports_open=0))
                | (Q(state__in=STANDING, writer__isnull=False) & ~Q(words="")),
                name="comment_words",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=UNREADABLE) | (Q(hidden_at__isnull=False) & ~Q(hidden_for="")),
                name="comment_hidden",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ASKED) | Q(asked_at__isnull=False), name="comment_asked"
            ),
            models.CheckConstraint(condition=Q(hidden_for__in=("", *REASONS)), name="comment_reason"),
            models.CheckConstraint(condition=Q(answers__isnull=True) | ~Q(answers=F("id")), name="comment_answers"),
        ]  # fmt: skip
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "subject_id", "-created_at"], name="comment_subject"),
            models.Index(fields=["community", "answers", "created_at"], name="comment_answers_at"),
            models.Index(fields=["community", "writer", "created_at"], name="comment_by_hour"),
            models.Index(fields=["community", "state", "-created_at"], name="comment_by_state"),
            models.Index(
                fields=["community", "-created_at"], condition=Q(reports_open__gt=0), name="comment_reported"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        if self.state == State.WITHDRAWN:
            return _("A comment, withdrawn by its writer")
        if self.state in UNREADABLE:
            return _("A comment that is hidden")
        return _("Comment: %(words)s") % {"words": Truncator(self.words).chars(40)}

    def get_absolute_url(self) -> str:
        return reverse("comments:comment", args=[self.community.slug, self.pk])

    @property
    def tone(self) -> str:
        return {"hidden": "late", "asked": "go", "shown": "done", "written": "new"}.get(self.state, "")

    @property
    def is_readable(self) -> bool:
        return self.state in READABLE

    @property
    def is_hidden(self) -> bool:
        return self.state in UNREADABLE

    @property
    def is_withdrawn(self) -> bool:
        return self.state == State.WITHDRAWN

    @property
    def reason(self) -> str:
        """Say in words why it was hidden."""
        return str(REASONS[self.hidden_for]) if self.hidden_for else ""

    def name_for(self, viewer: Any) -> str:
        """Name who wrote it: plainly among those who belong here, masked for everyone else."""
        if self.writer is None or self.is_withdrawn:
            return ""
        is_neighbour = viewer.is_person and viewer.community_id == self.community_id
        return str(self.writer.name) if is_neighbour else masked(self.writer.name)

    def is_read_by(self, viewer: Any) -> bool:
        """Tell whether this viewer reads its words: of a hidden one its writer and those who keep the pages."""
        if self.is_hidden:
            return is_writer(viewer, self) or keeps_pages(viewer, self)
        return self.is_readable

    def mark_of(self, viewer: Any) -> str:
        """Return the sign by which an account is known not to report it twice, and from which nobody finds it."""
        account = getattr(viewer, "account_id", None)
        return hash_of("comments.report", f"{self.pk}:{account}") if account else ""

    def is_reported_by(self, viewer: Any) -> bool:
        """Tell whether an account reported it before."""
        if not (mark := self.mark_of(viewer)):
            return False
        return Report.objects.filter(community=self.community_id, comment=self.pk, mark=mark).exists()


class Report(TenantModel):
    """What somebody finds wrong with a comment. Who it was is not kept: only a sign against a second report."""

    comment = TenantForeignKey(Comment, models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)
    reason = models.CharField(max_length=12)  # one of figures.REASONS
    words = EncryptedTextField(blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("comment", "reason", "at", "settled_at"), "public"), "mark": "personal", "words": "sensitive",
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "comment", "mark"], name="comment_report_once"),
            models.CheckConstraint(condition=Q(reason__in=tuple(REASONS)), name="comment_report_reason"),
        ]

    def __str__(self) -> str:
        return self.reason_label

    @property
    def reason_label(self) -> str:
        return str(REASONS[self.reason])
