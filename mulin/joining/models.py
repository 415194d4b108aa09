"""What was said about two entries of the register: that they are one person, or two."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet
from mulin.people.models import Person

from .flow import JOINING, State


class JoiningQuerySet(NounQuerySet):
    """Joinings, for those who keep the register and for the person concerned."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep all for whoever keeps the register; one's own for whoever signs in as one of the two."""
        here = self.filter(community_id=viewer.community_id)
        if viewer.can("people.keep"):
            return here
        if viewer.person_id is None:
            return here.none()
        # What became of two persons is nobody's business but the keepers': it would tell one of the other.
        return here.filter(Q(stays_id=viewer.person_id) | Q(gone_id=viewer.person_id)).exclude(state=State.APART)

    def for_list(self) -> Self:
        """Load both entries with each."""
        return self.select_related("community", "stays", "gone")


class Joining(Noun):
    """That two entries are, or are not, the same person."""

    flow = JOINING

    stays = TenantForeignKey(Person, models.PROTECT, related_name="+")
    gone = TenantForeignKey(Person, models.PROTECT, related_name="+")
    proposed_by = TenantForeignKey(Person, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)  # by whoever signs in with the account that ends

    objects = JoiningQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("stays", "gone", "proposed_by", "agreed_at"), "personal")

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "gone"], condition=Q(state=State.PROPOSED), name="joining_proposed_once"
            ),
            models.CheckConstraint(condition=~Q(stays=F("gone")), name="joining_of_two"),
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "state", "created_at"], name="joining_by_state"),
            models.Index(fields=["community", "stays"], name="joining_of_entry"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.gone} → {self.stays}"

    def get_absolute_url(self) -> str:
        return reverse("joining:joining", args=[self.community.slug, self.pk])
