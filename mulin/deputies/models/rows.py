"""What hangs on a suggestion: further signatures, departments that take part, words said of it, answers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import TenantModel
from mulin.people.models import Organisation, Person, Post

from ..figures import CLASSES, JUDGEMENTS, PLANNED
from .suggestion import Judged, Suggestion


class CoSigner(TenantModel):
    """Another deputy who stands behind a suggestion, in office."""

    suggestion = TenantForeignKey(Suggestion, models.PROTECT, related_name="all_signers")
    person = TenantForeignKey(Person, models.PROTECT, related_name="signed_suggestions")
    post = TenantForeignKey(Post, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("suggestion", "person", "post", "signed_at"), "public")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "suggestion", "person"], name="suggestion_signed_once")
        ]

    def __str__(self) -> str:
        return f"{self.suggestion.title}: {self.person.name}"


class Partner(TenantModel):
    """A department that takes part in the answer of another."""

    suggestion = TenantForeignKey(Suggestion, models.PROTECT, related_name="all_partners")
    organisation = TenantForeignKey(Organisation, models.PROTECT, related_name="+")

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("suggestion", "organisation"), "public")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "suggestion", "organisation"], name="suggestion_partner_once")
        ]

    def __str__(self) -> str:
        return f"{self.suggestion.title}: {self.organisation.name}"


class Word(TenantModel):
    """What was said with a move: how far it is, why it was handed back, why it takes longer."""

    suggestion = TenantForeignKey(Suggestion, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=20)
    organisation = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(max_length=1000, blank=True)
    at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("suggestion", "verb", "organisation", "at"), "public"),
        "words": "personal",
    }

    class Meta:
        indexes = [models.Index(fields=["community", "suggestion", "at"], name="suggestion_words")]

    def __str__(self) -> str:
        return f"{self.verb} at {self.at}"


class Answer(Judged, TenantModel):
    """What a department answered, and what the deputy said to it."""

    suggestion = TenantForeignKey(Suggestion, models.PROTECT, related_name="all_answers")
    number = models.PositiveSmallIntegerField()  # 1, and 2 where the first did not satisfy
    department = TenantForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)
    klass = models.CharField(max_length=1)  # one of figures.CLASSES
    promised_on = models.DateField(null=True, blank=True)
    signed = models.CharField(max_length=80)  # in whose office it is signed
    by_desk = models.BooleanField(default=False)  # noted for a department without an account
    answered_at = models.DateTimeField()
    in_time = models.BooleanField()
    judgement = models.PositiveSmallIntegerField(null=True, blank=True)
    judged_words = models.TextField(max_length=500, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("suggestion", "number", "department", "klass", "promised_on", "signed", "by_desk", "answered_at",
             "in_time", "judgement", "judged_at"),
            "public",
        ),
        **dict.fromkeys(("text", "judged_words"), "personal"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "suggestion", "number"], name="suggestion_answer_once"),
            models.CheckConstraint(condition=Q(klass__in=tuple(CLASSES)), name="suggestion_answer_class"),
            models.CheckConstraint(
                condition=Q(klass=PLANNED, promised_on__isnull=False) | (~Q(klass=PLANNED) & Q(promised_on=None)),
                name="suggestion_answer_promise",
            ),
            models.CheckConstraint(
                condition=Q(judgement=None) | Q(judgement__in=tuple(JUDGEMENTS)), name="suggestion_answer_judged"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion.title}: {self.klass}"
