"""What people show of themselves: talents on offer, and signs."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet
from mulin.people.models import Organisation, Person
from mulin.territory.models import Entrance

from ..figures import AUDIENCES, SCOPES, TALENTS, sign_kinds
from ..flow import SIGN, TALENT, SignState, TalentState


class TalentQuerySet(NounQuerySet):
    """Talents, seen by those to whom they are offered."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep one's own, and what is offered to the viewer: as a neighbour, or for an organisation."""
        here = self.filter(community_id=viewer.community_id)
        if not viewer.is_person:
            return here.none()
        seen = Q()
        if not viewer.can("people.keep"):
            mine = Organisation.objects.filter(community=viewer.community_id, contact=viewer.person_id)
            speaks = Q(Exists(mine.filter(state="registered")))
            seen = Q(audience="community") | (Q(audience="organisations") & speaks)
        return here.filter(Q(person_id=viewer.person_id) | (Q(state=TalentState.OFFERED) & seen))

    def for_list(self) -> Self:
        """Load with each talent whose it is."""
        return self.select_related("person", "community")


class Talent(Noun):
    """Something that a person can do and offers to others."""

    flow = TALENT

    person = TenantForeignKey(Person, models.PROTECT, related_name="talents")
    kind = models.CharField(max_length=10)  # one of figures.TALENTS
    title = models.CharField(max_length=60, blank=True)  # empty, as the words are, once it is taken back
    words = models.TextField(max_length=600, blank=True)
    audience = models.CharField(max_length=14)  # one of figures.AUDIENCES
    ends_on = models.DateField()  # the first day on which it is hidden

    objects = TalentQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("person", "kind", "title", "words", "audience", "ends_on"), "personal"
    )

    class Meta(Noun.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=tuple(TALENTS)), name="talent_kind"),
            models.CheckConstraint(condition=Q(audience__in=tuple(AUDIENCES)), name="talent_audience"),
            models.UniqueConstraint(
                fields=["community", "person", "title"], condition=~Q(state=TalentState.WITHDRAWN), name="talent_once"
            ),
        ]
        indexes = [*Noun.Meta.indexes, models.Index(fields=["community", "state", "kind"], name="talent_by_kind")]

    def __str__(self) -> str:
        return self.title or _("A talent that was taken back")

    def get_absolute_url(self) -> str:
        return reverse("participation:talent", args=[self.community.slug, self.pk])

    @property
    def tone(self) -> str:
        return "done" if self.state == TalentState.OFFERED else "new"

    @property
    def kind_label(self) -> str:
        return str(TALENTS[self.kind])

    @property
    def audience_label(self) -> str:
        return str(AUDIENCES[self.audience])


class SignQuerySet(NounQuerySet):
    """Signs, seen where the person chose, by neighbours."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep one's own, and what somebody shows on their page or at their door."""
        here = self.filter(community_id=viewer.community_id)
        if not viewer.is_person:
            return here.none()
        shown = Q(state=SignState.SHOWN) & (Q(on_page=True) | Q(entrance__isnull=False))
        return here.filter(Q(person_id=viewer.person_id) | shown)

    def for_list(self) -> Self:
        """Load with each sign whose it is, and where it hangs."""
        return self.select_related("person", "entrance__building", "community")


class Sign(Noun):
    """A sign that a person shows for themselves or their household, because they want to."""

    flow = SIGN

    person = TenantForeignKey(Person, models.PROTECT, related_name="signs")
    kind = models.CharField(max_length=20)  # a key of packs/signs.toml
    scope = models.CharField(max_length=10)  # one of figures.SCOPES
    on_page = models.BooleanField(default=False)
    entrance = TenantForeignKey(Entrance, models.PROTECT, null=True, blank=True, related_name="+")  # at this door
    ends_on = models.DateField()  # the first day without it

    objects = SignQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        "kind": "sensitive", **dict.fromkeys(("person", "scope", "on_page", "entrance", "ends_on"), "personal"),
    }  # fmt: skip

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person", "kind", "scope"], condition=Q(state=SignState.SHOWN), name="sign_once"
            ),
            models.CheckConstraint(condition=Q(scope__in=tuple(SCOPES)), name="sign_scope"),
            models.CheckConstraint(condition=Q(on_page=True) | Q(entrance__isnull=False), name="sign_is_somewhere"),
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(
                fields=["community", "entrance"], condition=Q(entrance__isnull=False, state=SignState.SHOWN),
                name="sign_at_door",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(sign_kinds().get(self.kind, self.kind))

    def get_absolute_url(self) -> str:
        return reverse("participation:sign", args=[self.community.slug, self.pk])

    @property
    def tone(self) -> str:
        return "done" if self.state == SignState.SHOWN else "new"

    @property
    def icon(self) -> str:
        known = sign_kinds().get(self.kind)
        return known.icon if known else "flag"

    @property
    def scope_label(self) -> str:
        return str(SCOPES[self.scope])
