"""For what personal data is used, as versioned data, and who agreed to it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.people.figures import in_their_language, today_in
from mulin.people.models import Person

from .figures import BASES
from .flow import CONSENT, State


class PurposeQuerySet(models.QuerySet[Any]):
    """Purposes are public: everyone may read for what data is used."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep the purposes of the viewer's community that are in force."""
        return self.filter(community_id=viewer.community_id, ends_on=None)


class Purpose(TenantModel):
    """One use of personal data: on what grounds, which data, who gets it, for how long. A change is a new version."""

    key = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    basis = models.CharField(max_length=12)  # one of figures.BASES
    words = models.JSONField()  # {"zh": {"name", "why", "law", "data", "recipients", "kept"}, "en": {…}}
    consent_days = models.PositiveSmallIntegerField(default=365)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the first day on which another version counts

    objects = PurposeQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("key", "version", "basis", "words", "consent_days", "starts_on", "ends_on"), "public"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "key", "version"], name="purpose_version"),
            models.UniqueConstraint(fields=["community", "key"], condition=Q(ends_on=None), name="purpose_in_force"),
            models.CheckConstraint(condition=Q(basis__in=list(BASES)), name="purpose_basis"),
        ]

    def __str__(self) -> str:
        return self.say("name")

    def say(self, what: str) -> str:
        """Read one of its texts in the reader's language."""
        return in_their_language(self.words["zh"].get(what, ""), self.words.get("en", {}).get(what, ""))

    @property
    def told(self) -> dict[str, str]:
        """Read all of its texts in the reader's language."""
        return {what: self.say(what) for what in self.words["zh"]}

    @property
    def basis_label(self) -> str:
        return str(BASES[self.basis])


class ConsentQuerySet(NounQuerySet):
    """Consents, seen by who gave them and by whoever keeps the register."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep one's own, and all of the community for whoever keeps the register of persons."""
        here = self.filter(community_id=viewer.community_id)
        return here if viewer.can("people.keep") else here.filter(person_id=viewer.person_id, person_id__isnull=False)

    def current(self, community: Any) -> Self:
        """Keep what stands today: not taken back, not over, for the version in force."""
        stands = self.filter(community=community, state=State.GIVEN, purpose__ends_on=None)
        return stands.filter(ends_on__gt=today_in(community))


class Consent(Noun):
    """Someone's yes to one purpose, for a time; refusing costs nothing."""

    flow = CONSENT

    person = TenantForeignKey(Person, models.PROTECT, related_name="consents")
    purpose = TenantForeignKey(Purpose, models.PROTECT, related_name="consents")
    given_by = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")  # null: themselves
    way = models.CharField(max_length=8)  # one of figures.WAYS
    ends_on = models.DateField()  # the first day without it

    objects = ConsentQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("person", "purpose", "given_by", "way", "ends_on"), "personal")

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person", "purpose"], condition=Q(state=State.GIVEN), name="consent_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.purpose)

    @classmethod
    def of(cls, viewer: Any, community: Any) -> Consent:
        """Begin a viewer's own consent that is not given yet."""
        return cls(community=community, person_id=viewer.person_id)

    def get_absolute_url(self) -> str:
        return reverse("privacy:consent", args=[self.community.slug, self.pk])
