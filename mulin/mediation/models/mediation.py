"""Mediations: two sides with their parties, who was asked to mediate, sessions, texts of agreement, follow-ups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.cases.models import Case
from mulin.kernel.clock import Calendar, now
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet
from mulin.people.models import Person
from mulin.people.queries import units_of
from mulin.secrecy.fields import EncryptedTextField

from ..figures import COURT, KINDS
from ..flow import HELD, MEDIATION, OPEN, State
from .sides import Party, Side
from .table import Agreement, FollowUp, Session


@dataclass(frozen=True)
class Role:
    """What someone is in a mediation: a party of a side, its speaker, the mediator, or the desk that may know of it."""

    side: int = 0
    speaks: bool = False
    mediates: bool = False

    @property
    def is_inside(self) -> bool:
        return bool(self.side or self.mediates)


class MediationQuerySet(NounQuerySet):
    """Mediations: for the parties and the mediator; the desk knows of one that it asked for or both sides show it."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep one's own, those one mediates, and of the others those that the desk may know of."""
        here = self.filter(community_id=viewer.community_id)
        if not viewer.is_person:
            return here.none()
        ways = Q(pk__in=self.parties_of(viewer).values("mediation")) | Q(mediator=viewer.person_id)
        if viewer.can("cases.desk"):
            hides = Side.objects.filter(community=viewer.community_id, mediation=OuterRef("pk"), shows_desk=False)
            ways |= Q(by_community=True) | Q(~Exists(hides))
        return here.filter(ways)

    @staticmethod
    def parties_of(viewer: Any) -> Any:
        """Keep the places at a table that someone has, as a person or for an organisation."""
        rows = Party.objects.filter(community=viewer.community_id, left_at=None)
        return rows.filter(Q(person=viewer.person_id) | Q(organisation__in=units_of(viewer)))

    def for_list(self) -> Self:
        """Load with each its community and mediator."""
        return self.select_related("community", "mediator")


class Mediation(Noun):
    """Two sides that want to settle something with the help of somebody whom both trust."""

    flow = MEDIATION

    kind = models.CharField(max_length=12)  # one of figures.KINDS
    matter = EncryptedTextField()  # what it is about, as whoever asked wrote it
    case = TenantForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="mediations")
    by_community = models.BooleanField(default=False)  # the desk asked for it
    agreed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    kept_at = models.DateTimeField(null=True, blank=True)
    candidate = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    candidate_side = models.PositiveSmallIntegerField(default=0)
    mediator = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    rest_from = models.CharField(max_length=12, blank=True)  # the state to which it returns after a pause
    rest_until = models.DateTimeField(null=True, blank=True)
    rest_side = models.PositiveSmallIntegerField(default=0)
    rests = models.PositiveSmallIntegerField(default=0)
    breaches = models.PositiveSmallIntegerField(default=0)
    ground = models.CharField(max_length=12, blank=True)  # one of figures.ENDINGS
    words = EncryptedTextField(blank=True)  # why it ended, what is not kept, or what should be changed in the text
    court_told_at = models.DateTimeField(null=True, blank=True)

    objects = MediationQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("kind", "by_community", "agreed_at", "settled_at", "kept_at", "rest_from", "rest_until", "rest_side",
             "rests", "breaches", "ground", "court_told_at", "candidate_side", "case", "candidate", "mediator"),
            "personal",
        ),
        **dict.fromkeys(("matter", "words"), "sensitive"),
    }  # fmt: skip

    class Meta(Noun.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=tuple(KINDS)), name="mediation_kind"),
            models.CheckConstraint(
                condition=~Q(state__in=(State.CHOSEN, State.IN_SESSION, State.DRAFTED)) | Q(mediator__isnull=False),
                name="mediation_has_mediator",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=HELD) | Q(settled_at__isnull=False), name="mediation_settled"
            ),
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "created_at"], name="mediation_by_day"),
            models.Index(fields=["community", "mediator", "state"], name="mediation_of_mediator"),
        ]

    def __str__(self) -> str:
        # It stands in mails and on lock screens: no names, no words.
        return _("Mediation: %(kind)s") % {"kind": KINDS[self.kind]}

    def get_absolute_url(self) -> str:
        return reverse("mediation:mediation", args=[self.community.slug, self.pk])

    @property
    def calendar(self) -> Calendar:
        return self.community.calendar

    @property
    def kind_label(self) -> str:
        return str(KINDS[self.kind])

    @property
    def tone(self) -> str:
        tones = {"asked": "new", "resting": "", "settled": "done", "kept": "done"}
        return tones.get(self.state, "go" if self.state in OPEN else "")

    @cached_property
    def sides(self) -> dict[int, Side]:
        """Give both sides by their number; read once."""
        rows = Side.objects.filter(community_id=self.community_id, mediation=self)
        return {row.side: row for row in rows}

    def side(self, number: int) -> Side:
        """Give one side; an empty one where there is none."""
        return self.sides.get(number) or Side(community_id=self.community_id, mediation=self, side=number)

    @cached_property
    def parties(self) -> list[Party]:
        """List who sits at the table, by side, the speaker first; read once."""
        rows = Party.objects.filter(community_id=self.community_id, mediation=self, left_at=None)
        return list(rows.select_related("person", "organisation").order_by("side", "-speaks", "joined_at", "pk"))

    @cached_property
    def sessions(self) -> list[Session]:
        """List sessions, the newest first; read once."""
        rows = Session.objects.filter(community_id=self.community_id, mediation=self)
        return list(rows.select_related("mediator").order_by("-at", "-pk"))

    @property
    def planned(self) -> Session | None:
        return next((row for row in self.sessions if row.held_at is None and not row.is_off), None)

    @cached_property
    def agreement(self) -> Agreement | None:
        """Give the text that stands last; read once."""
        rows = Agreement.objects.filter(community_id=self.community_id, mediation=self)
        return rows.order_by("-number").first()

    @property
    def follow_ups(self) -> list[FollowUp]:
        rows = FollowUp.objects.filter(community_id=self.community_id, agreement__mediation=self.pk)
        return list(rows.filter(agreement=self.agreement).order_by("on"))

    @property
    def next_follow_up(self) -> FollowUp | None:
        return next((row for row in self.follow_ups if row.outcome == ""), None)

    @property
    def court_until(self) -> Any:
        """Say until when both together may ask the court to confirm; nothing once that is over."""
        end = self.settled_at + COURT if self.settled_at and self.state in HELD else None
        return end if end and end > now() else None

    def role_of(self, viewer: Any) -> Role:
        """Say what someone is in it; read once for each while this row is in hand."""
        known: dict[str, Role] = self.__dict__.setdefault("_roles", {})
        if viewer.actor not in known:
            known[viewer.actor] = self._role(viewer)
        return known[viewer.actor]

    def _role(self, viewer: Any) -> Role:
        if not viewer.is_person or viewer.community_id != self.community_id:
            return Role()
        if viewer.person_id == self.mediator_id:
            return Role(mediates=True)
        units = units_of(viewer)
        own = [party for party in self.parties if party.person_id == viewer.person_id]
        own = own or [party for party in self.parties if party.organisation_id in units]
        return Role(own[0].side, any(party.speaks for party in own)) if own else Role()
