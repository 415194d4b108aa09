"""Exports of personal data, their files, and the mails that cases came by."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from mulin.cases.models import Case
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.secrecy.fields import EncryptedTextField, HashField

from .figures import FORMATS
from .flow import EXPORT, State


class ExportQuerySet(NounQuerySet):
    """Exports are seen by those who may agree to them, and by whoever audits."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep a community's for its desk and its auditor."""
        may = viewer.can("cases.desk") or viewer.can("people.audit")
        return self.filter(community_id=viewer.community_id) if may else self.none()

    def for_list(self) -> Self:
        """Load what a row shows, in one statement."""
        return self.select_related("community")


class Export(Noun):
    """A table of cases with people's words in it; two persons stand for it."""

    flow = EXPORT

    asker = models.UUIDField()  # the account
    asked_by = models.CharField(max_length=64)  # as the journal names the same
    asker_name = models.CharField(max_length=60)
    agreed_by = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=200)
    choice = models.JSONField(default=dict)  # which cases: as the list of cases is narrowed
    contacts = models.BooleanField(default=False)  # names and numbers whole
    form = models.CharField(max_length=4, default="xlsx")  # one of figures.FORMATS
    language = models.CharField(max_length=10, blank=True)
    rows = models.PositiveIntegerField(null=True)

    objects = ExportQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("contacts", "form", "language", "rows"), "public"),
        **dict.fromkeys(("asker", "asked_by", "asker_name", "agreed_by", "reason", "choice"), "personal"),
    }

    class Meta(Noun.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(form__in=tuple(FORMATS)), name="export_form"),
            # Law: what leaves was agreed to by a second person.
            models.CheckConstraint(
                condition=~Q(state__in=(State.MAKING, State.READY)) | ~Q(agreed_by=""), name="export_second"
            ),
            models.CheckConstraint(condition=~Q(agreed_by=models.F("asked_by")), name="export_two_persons"),
        ]
        indexes = [*Noun.Meta.indexes, models.Index(fields=["community", "-created_at"], name="export_list")]

    def __str__(self) -> str:
        return self.reason

    def get_absolute_url(self) -> str:
        return reverse("channels:export", args=[self.community.slug, self.pk])

    @property
    def tone(self) -> str:
        return {State.ASKED: "new", State.MAKING: "go", State.READY: "go"}.get(State(self.state), "done")

    @property
    def mark(self) -> str:
        """Name who asked, for every row of the file: where a copy turns up, one knows whose it was."""
        return f"{self.asker_name} {self.pk.hex[-8:].upper()}"


class File(TenantModel):
    """The sealed file of an export while it is made and held; it goes with it."""

    export = TenantForeignKey(Export, models.CASCADE, related_name="files")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    path = models.CharField(max_length=80, blank=True)
    key = EncryptedTextField(blank=True)

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("export", "done", "total"), "public"),
        "path": "personal", "key": "sealed",
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "export"], name="export_file")]

    def __str__(self) -> str:
        return f"{self.done} of {self.total}"


class Mail(TenantModel):
    """A mail that was taken: the case it belongs to, and where answers go. Its words are the case's."""

    key = models.CharField(max_length=64)  # the hash of its Message-ID: the same mail comes in once
    case = TenantForeignKey(Case, models.PROTECT, related_name="mails")
    was = models.CharField(max_length=8)  # report, reply, note
    address = EncryptedTextField(blank=True)
    address_hash = HashField("mail", of="address")
    at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("case", "was", "at"), "public"),
        "key": "personal", "address": "contact", "address_hash": "contact",
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "key"], name="mail_once"),
            models.CheckConstraint(condition=Q(was__in=("report", "reply", "note")), name="mail_was"),
        ]
        indexes = [
            models.Index(fields=["community", "case"], name="mail_case"),
            models.Index(fields=["community", "address_hash", "-at"], name="mail_from"),
        ]

    def __str__(self) -> str:
        return f"{self.was} {self.case_id}"
