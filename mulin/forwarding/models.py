"""Other servers, which categories go there, the cases that were sent on, and when the worker goes for them."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.cases.models import Case, Category
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.secrecy.fields import EncryptedTextField

from .flow import CONNECTION, FORWARDING, LIVING, OPEN, Connected, State


class ConnectionQuerySet(NounQuerySet):
    """Connections, for the desk."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep the connections of the viewer's community, for its desk."""
        return self.filter(community_id=viewer.community_id) if viewer.can("cases.desk") else self.none()


class Connection(Noun):
    """Another Open311 server to which this community sends cases on."""

    flow = CONNECTION

    name = models.CharField(max_length=60)
    url = models.CharField(max_length=500)  # what stands before /services.json
    form = models.CharField(max_length=4, default="json")
    jurisdiction = models.CharField(max_length=80, blank=True)
    key = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)  # of the community, for servers that ask for one

    objects = ConnectionQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("name", "url", "form", "jurisdiction"), "public"), "key": "sealed", "email": "contact",
    }  # fmt: skip

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "url", "jurisdiction"], condition=Q(state__in=LIVING), name="connection_once"
            ),
            models.CheckConstraint(condition=Q(form__in=("json", "xml")), name="connection_form"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        """Colour its state on pages."""
        return "done" if self.state == Connected.ACTIVE else ""

    def get_absolute_url(self) -> str:
        return reverse("forwarding:connection", args=[self.community.slug, self.pk])


class Mapping(TenantModel):
    """Which of our categories goes to which service of another server, and what is always answered there."""

    connection = TenantForeignKey(Connection, models.PROTECT, related_name="mappings")
    category = TenantForeignKey(Category, models.PROTECT, related_name="mappings")
    service_code = models.CharField(max_length=80)
    attributes = models.JSONField(default=dict, blank=True)

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("connection", "category", "service_code", "attributes"), "public"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "connection", "category"], name="mapping_of_category")
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.service_code}"


class ForwardingQuerySet(NounQuerySet):
    """Cases sent on, for those who handle them."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep those of the cases that this viewer handles."""
        handled = Case.objects.handled_by(viewer)
        return self.filter(community_id=viewer.community_id, case__in=handled.values("pk"))


class Forwarding(Noun):
    """A case that was sent on to another server, until that one closes it."""

    flow = FORWARDING

    case = TenantForeignKey(Case, models.PROTECT, related_name="forwardings")
    connection = TenantForeignKey(Connection, models.PROTECT, related_name="forwardings")
    service_code = models.CharField(max_length=80)
    words = models.TextField()  # as they were sent; everyone may read them there
    token = models.CharField(max_length=200, blank=True)
    remote_id = models.CharField(max_length=200, blank=True)
    remote_state = models.CharField(max_length=200, blank=True)
    proposal = models.TextField(blank=True)  # what they say was done; whoever is in charge decides
    trouble = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)

    objects = ForwardingQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("case", "connection", "service_code", "token", "remote_id", "remote_state", "trouble", "sent_at",
             "heard_at"),
            "public",
        ),
        "words": "personal", "proposal": "personal",
    }  # fmt: skip

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "case", "connection"], condition=Q(state__in=OPEN), name="forwarding_once"
            )
        ]

    def __str__(self) -> str:
        return _("%(case)s to %(where)s") % {"case": self.case.number, "where": self.connection}

    @property
    def tone(self) -> str:
        """Colour its state on pages."""
        tones = {State.WAITING: "new", State.SENT: "go", State.ANSWERED: "go", State.FAILED: "late"}
        return tones.get(State(self.state), "done")

    def get_absolute_url(self) -> str:
        return reverse("forwarding:forwarding", args=[self.community.slug, self.pk])


class Errand(TenantModel):
    """When the worker goes to the other server for a forwarding, and what it found so far."""

    forwarding = TenantForeignKey(Forwarding, models.PROTECT, related_name="errands")
    next_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)  # that failed, in a row
    quiet = models.PositiveSmallIntegerField(default=0)  # looks without news, in a row
    first_at = models.DateTimeField(null=True)  # when it was sent the first time
    is_doubtful = models.BooleanField(default=False)  # it may have arrived though no answer came
    insists = models.BooleanField(default=False)  # whoever is in charge looked and said: send it again
    trouble = models.CharField(max_length=300, blank=True)  # of the last try
    heard = models.JSONField(default=list)  # fingerprints of the notes that were written into the case

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("forwarding", "next_at", "tries", "quiet", "first_at", "is_doubtful", "insists", "trouble", "heard"),
        "public",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "forwarding"], name="errand_of_forwarding")]
        indexes = [models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="errand_due")]

    def __str__(self) -> str:
        return f"{self.forwarding_id} at {self.next_at}"
