"""What is offered and asked of other programs, and what came in from them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from mulin.cases.models import Case, Category
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import TenantModel
from mulin.people.figures import in_their_language
from mulin.secrecy.fields import EncryptedTextField

from .figures.answers import DATATYPES, KINDS, LISTS


class Service(TenantModel):
    """How a category is offered to other programs; one without a row is offered, and answers at once."""

    category = TenantForeignKey(Category, models.PROTECT, related_name="services")
    is_offered = models.BooleanField(default=True)
    is_batch = models.BooleanField(default=False)  # a token at once, the number when somebody took it on

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("category", "is_offered", "is_batch"), "public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "category"], name="service_of_category")]

    def __str__(self) -> str:
        return str(self.category)


class Question(TenantModel):
    """What a category asks of other programs besides words and place."""

    category = TenantForeignKey(Category, models.PROTECT, related_name="questions")
    code = models.SlugField(max_length=40)
    datatype = models.CharField(max_length=16)
    is_required = models.BooleanField(default=False)
    is_public = models.BooleanField(default=False)  # only of choices: free words may hold anything
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=120, blank=True)
    hint_zh = models.CharField(max_length=200, blank=True)
    hint_en = models.CharField(max_length=200, blank=True)
    choices = models.JSONField(default=list, blank=True)  # [key, 中文, English]
    place = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("category", "code", "datatype", "is_required", "is_public", "zh", "en", "hint_zh", "hint_en", "choices",
         "place", "is_active"),
        "public",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "category", "code"], condition=Q(is_active=True), name="question_code"
            ),
            models.CheckConstraint(condition=Q(datatype__in=DATATYPES), name="question_datatype"),
            models.CheckConstraint(condition=Q(is_public=False) | Q(datatype__in=LISTS), name="question_public"),
        ]

    def __str__(self) -> str:
        return in_their_language(self.zh, self.en)

    @property
    def kind_label(self) -> str:
        return str(KINDS[self.datatype])

    @property
    def hint(self) -> str:
        return in_their_language(self.hint_zh, self.hint_en)

    @property
    def names(self) -> dict[str, str]:
        """Name each choice by its key."""
        return {key: in_their_language(zh, en) for key, zh, en in self.choices}

    def told(self, values: list[str]) -> str:
        """Write an answer for people."""
        names = self.names
        return _(", ").join(names.get(value, value) for value in values)


class Receipt(TenantModel):
    """That a case came in by Open311: its token, and how the sender of a program's report can be reached."""

    case = TenantForeignKey(Case, models.PROTECT, related_name="receipts")
    token = models.CharField(max_length=40)
    reference = models.CharField(max_length=80, blank=True)  # the sender's own, from Idempotency-Key
    is_batch = models.BooleanField(default=False)
    name = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)
    media = models.JSONField(default=list, blank=True)  # addresses of pictures elsewhere; never fetched
    created_at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("case", "token", "reference", "is_batch", "created_at"), "public"),
        "name": "personal", "email": "contact", "media": "personal",
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "token"], name="receipt_token"),
            models.UniqueConstraint(fields=["community", "case"], name="receipt_of_case"),
        ]
        indexes = [
            models.Index(fields=["community", "reference"], condition=~Q(reference=""), name="receipt_reference")
        ]

    def __str__(self) -> str:
        return self.token


class Answer(TenantModel):
    """What a program answered to a question of the category."""

    case = TenantForeignKey(Case, models.PROTECT, related_name="answers")
    question = TenantForeignKey(Question, models.PROTECT, related_name="answers")
    values = models.JSONField(default=list)

    classes: ClassVar[dict[str, str]] = {"case": "public", "question": "public", "values": "personal"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "case", "question"], name="answer_once")]

    def __str__(self) -> str:
        return str(self.question)
