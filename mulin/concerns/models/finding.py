"""What both readers release in the end: a ground and a measure, without whoever told it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet
from mulin.people.models import Organisation, Term
from mulin.secrecy.fields import EncryptedTextField

from ..figures import MEASURES, OUTCOMES
from ..flow import FINDING, FindingState
from .bench import About


class FindingQuerySet(NounQuerySet):
    """Findings: for whom they are about, and those that recommend a measure for whoever may take it."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep those about oneself or one's organisation, and those that wait for one's decision."""
        here, ways = self.filter(community_id=viewer.community_id), Q(pk=None)
        if viewer.is_person:
            answers = Q(contact=viewer.person_id) | Q(founder=viewer.person_id)
            ours = Organisation.objects.filter(answers, community=viewer.community_id).values("pk")
            ways |= Q(term__person=viewer.person_id) | Q(organisation__in=ours)
        founded = ~Q(state=FindingState.TOLD)
        if viewer.can("people.keep"):
            ways |= founded & Q(organisation__isnull=False)
        if viewer.can("people.invite"):
            ways |= founded & Q(term__isnull=False)
        if viewer.can("cases.oversee"):
            ways |= founded & Q(goes_up=True)
        return here.filter(ways)

    def for_list(self) -> Self:
        """Load with each whom it is about."""
        return self.select_related("community", "organisation__community", "term__person", "term__post__kind")


class Finding(About, Noun):
    """What the two readers found, and the measure that they recommend; it does not say what it came of."""

    flow = FINDING
    is_sealed = True

    organisation = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    term = TenantForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=12)  # one of figures.OUTCOMES
    measure = models.CharField(max_length=12, blank=True)  # one of figures.MEASURES
    ground = EncryptedTextField()
    goes_up = models.BooleanField(default=False)  # about someone who fills posts themself: those above read it, too
    answer = EncryptedTextField(blank=True)  # why it was not followed
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("organisation", "term", "outcome", "measure", "goes_up", "settled_at"), "personal"),
        **dict.fromkeys(("ground", "answer"), "sensitive"),
    }

    class Meta(Noun.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, term__isnull=True)
                | Q(organisation__isnull=True, term__isnull=False),
                name="finding_about_one",
            ),
            models.CheckConstraint(condition=Q(outcome__in=tuple(OUTCOMES)), name="finding_outcome"),
            models.CheckConstraint(condition=Q(measure__in=("", *MEASURES)), name="finding_measure"),
        ]
        indexes = [*Noun.Meta.indexes, models.Index(fields=["community", "-created_at"], name="finding_list")]

    def __str__(self) -> str:
        return _("Finding")

    def get_absolute_url(self) -> str:
        return reverse("concerns:finding", args=[self.community.slug, self.pk])

    @property
    def capability(self) -> str:
        return "people.keep" if self.organisation_id else "people.invite"

    @property
    def tone(self) -> str:
        return {"open": "new", "asked": "go", "followed": "done", "told": "done"}.get(self.state, "")
