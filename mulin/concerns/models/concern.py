"""One confidential report: sealed words, and what was asked and answered."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel, pending_for
from mulin.kernel.rules import is_here
from mulin.kernel.viewer import Viewer
from mulin.people.models import Organisation, Term
from mulin.secrecy.fields import EncryptedTextField, HashField, hash_of

from ..figures import MEASURES, MESSAGES, OUTCOMES, SEATS, TELLER, fingerprint
from ..flow import CONCERN
from .bench import About, Seat, fit, seats_of
from .finding import Finding


class ConcernQuerySet(NounQuerySet):
    """Confidential reports: one's own, and for those who sit in a seat of one; for all others there are none."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep what one told oneself, and what one reads by a seat."""
        here = self.filter(community_id=viewer.community_id)
        return here.filter(self._told_by(viewer) | Q(pk__in=seats_of(viewer).values("concern")))

    def told_by(self, viewer: Any) -> Self:
        """Keep what someone told, under their name or by a code."""
        return self.filter(self._told_by(viewer), community_id=viewer.community_id)

    @staticmethod
    def _told_by(viewer: Any) -> Q:
        own = Q(pk__in=viewer.holds)
        return own | Q(told_by_hash=hash_of(TELLER, str(viewer.account_id))) if viewer.account_id else own

    def for_list(self) -> Self:
        """Load with each whom it is about."""
        return self.select_related("community", "organisation__community", "term__person", "term__post__kind")


class Concern(About, Noun):
    """What somebody tells in confidence about a group or an official."""

    flow = CONCERN
    is_sealed = True
    NUMBERS = SEATS
    secret = ""  # the code of who told it without a name, shown once and never stored

    organisation = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    term = TenantForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="+")
    words = EncryptedTextField(blank=True)
    happened = EncryptedTextField(blank=True)  # when, in their words
    # No reference to a person: who told it is found by nobody who has the database without its keys.
    told_by = EncryptedTextField(blank=True)  # the account; empty: without a name
    told_by_hash = HashField(TELLER, of="told_by")
    told_name = EncryptedTextField(blank=True)
    code_hash = models.CharField(max_length=128, blank=True)
    outcome = models.CharField(max_length=12, blank=True)  # one of figures.OUTCOMES, once it is drafted
    measure = models.CharField(max_length=12, blank=True)  # one of figures.MEASURES
    ground = EncryptedTextField(blank=True)  # what is released: never who told it
    finding = TenantForeignKey(Finding, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = ConcernQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("organisation", "term", "outcome", "measure", "finding", "decided_at", "forgotten_at"), "personal"
        ),
        **dict.fromkeys(("words", "happened", "told_by", "told_by_hash", "told_name", "code_hash", "ground"), "sealed"),
    }

    class Meta(Noun.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, term__isnull=True)
                | Q(organisation__isnull=True, term__isnull=False)
                | Q(organisation__isnull=True, term__isnull=True, forgotten_at__isnull=False),
                name="concern_about_one",
            ),
            models.CheckConstraint(condition=Q(outcome__in=("", *OUTCOMES)), name="concern_outcome"),
            models.CheckConstraint(condition=Q(measure__in=("", *MEASURES)), name="concern_measure"),
            models.UniqueConstraint(
                fields=["community", "code_hash"], condition=~Q(code_hash=""), name="concern_code_once"
            ),
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "told_by_hash"], name="concern_told_by"),
            models.Index(fields=["community", "finding"], name="concern_finding"),
        ]

    def __str__(self) -> str:
        # It stands in mails and on lock screens: not whom it is about, no words.
        return _("Confidential report")

    def get_absolute_url(self) -> str:
        return reverse("concerns:concern", args=[self.community.slug, self.pk])

    @property
    def tone(self) -> str:
        tones = {"raised": "new", "review": "go", "asked": "go", "founded": "go", "unfounded": "done", "closed": "done"}
        return tones.get(self.state, "")

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.outcome, self.measure, self.ground)

    @property
    def waits_for_second(self) -> bool:
        return any(row.expires_at > now() for row in pending_for(self))

    def is_told_by(self, viewer: Any) -> bool:
        """Tell whether someone told it: by its code, or by the account that did."""
        if self.pk in getattr(viewer, "holds", ()):
            return True
        account = getattr(viewer, "account_id", None)
        return account is not None and self.told_by == str(account)

    def acts_as(self, by: Any) -> Any:
        """Keep whoever told it out of the log, then and later, also where the two readers know the name."""
        if not isinstance(by, Viewer) or not (self._state.adding or self.is_told_by(by)):
            return by
        return replace(by.unnamed(), holds=by.holds | {self.pk})

    @cached_property
    def seats(self) -> list[Seat]:
        """List the seats that were not given up; read once."""
        rows = Seat.objects.filter(community=self.community_id, concern=self.pk, until=None)
        return list(rows.select_related("person", "post__kind").order_by("number"))

    @cached_property
    def standing(self) -> list[Seat]:
        """List the seats whose holders may still read: they hold the post, and are not concerned; read once."""
        found = fit(self.community, [seat.post_id for seat in self.seats], self.about_persons)
        hold = {(term.post_id, term.person_id) for term in found}
        return [seat for seat in self.seats if (seat.post_id, seat.person_id) in hold]

    def seat_of(self, viewer: Any) -> Seat | None:
        """Give the seat by which someone reads it; None for everybody else, and for whoever told it."""
        if not is_here(viewer, self) or self.is_told_by(viewer):
            return None
        key = seats_of(viewer).filter(concern=self.pk).values_list("pk", flat=True).first()
        return next((seat for seat in self.seats if seat.pk == key), None)

    @cached_property
    def messages(self) -> list[Message]:
        """List what was asked, answered, added and noted, the earliest first; read once."""
        rows = Message.objects.filter(community=self.community_id, concern=self.pk)
        return list(rows.select_related("seat__person").order_by("at", "pk"))


class Message(TenantModel):
    """A question, its answer, something added, or a note that only the two readers share."""

    concern = TenantForeignKey(Concern, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)  # one of figures.MESSAGES
    seat = TenantForeignKey(Seat, models.PROTECT, null=True, related_name="+")  # null: whoever told it
    words = EncryptedTextField(blank=True)
    at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("concern", "kind", "seat", "at"), "personal"),
        "words": "sealed",
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=MESSAGES), name="concern_message_kind")]
        indexes = [models.Index(fields=["community", "concern", "at"], name="concern_messages")]

    def __str__(self) -> str:
        return f"{self.kind} {self.concern_id}"
