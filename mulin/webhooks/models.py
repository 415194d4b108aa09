"""Webhooks of a community, how far each has read the log, and what was sent."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.people.models import Person
from mulin.secrecy.fields import EncryptedTextField, HashField

from .figures import ENDED
from .flow import OPEN, WEBHOOK, State


class WebhookQuerySet(NounQuerySet):
    """Webhooks, for those who look after them."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep the webhooks of the viewer's community, for whoever keeps its records."""
        if not viewer.can("people.keep"):
            return self.none()
        return self.filter(community_id=viewer.community_id)

    def for_list(self) -> Self:
        """Load with each webhook its community."""
        return self.select_related("community")


class Webhook(Noun):
    """An address of another program that is told what happens here."""

    flow = WEBHOOK
    shown_secret = ""  # set where a secret was just made: nobody reads it a second time

    name = models.CharField(max_length=60)
    url = EncryptedTextField()  # addresses often carry a secret of the other side
    url_hash = HashField(purpose="webhook-url", of="url")
    events = models.JSONField(default=list)  # "cases.case.solve"; empty: everything
    owner = TenantForeignKey(Person, models.PROTECT, related_name="webhooks")
    secret = EncryptedTextField()
    old_secret = EncryptedTextField(blank=True)
    old_until = models.DateTimeField(null=True, blank=True)

    objects = WebhookQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("name", "events", "old_until"), "public"),
        "owner": "personal",
        **dict.fromkeys(("url", "url_hash", "secret", "old_secret"), "sealed"),
    }

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "url_hash"], condition=Q(state__in=OPEN), name="webhook_url_once"
            )
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "-created_at", "-id"], name="webhook_newest"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        """Colour its state on pages."""
        return {State.MADE: "new", State.ACTIVE: "done"}.get(State(self.state), "")

    def get_absolute_url(self) -> str:
        return reverse("webhooks:webhook", args=[self.community.slug, self.pk])


class Feed(TenantModel):
    """How far a webhook has read its community's log, what it reads once more, and which worker reads for it."""

    webhook = TenantForeignKey(Webhook, models.PROTECT, related_name="feeds")
    next_seq = models.PositiveBigIntegerField()
    replay_seq = models.PositiveBigIntegerField(default=0)
    replay_end = models.PositiveBigIntegerField(default=0)  # the first line that is not replayed
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("webhook", "next_seq", "replay_seq", "replay_end", "lease", "leased_until"), "public"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "webhook"], name="feed_of_webhook"),
            models.CheckConstraint(condition=Q(replay_seq__lte=F("replay_end")), name="feed_replay"),
        ]

    def __str__(self) -> str:
        return f"{self.webhook_id} at {self.next_seq}"


class DeliveryQuerySet(models.QuerySet[Any]):
    """What was sent, for those who look after webhooks."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep the deliveries of the viewer's community, for whoever keeps its records."""
        if not viewer.can("people.keep"):
            return self.none()
        return self.filter(community_id=viewer.community_id)


class Delivery(TenantModel):
    """One message to one webhook: what it says, how often it was tried, and what came back. Kept for 30 days."""

    webhook = TenantForeignKey(Webhook, models.PROTECT, related_name="deliveries")
    kind = models.CharField(max_length=8)  # line or ping
    message = models.CharField(max_length=80)  # the webhook-id, the same in every try
    event = models.CharField(max_length=100)
    seq = models.PositiveBigIntegerField(null=True, blank=True)
    body = models.TextField()
    state = models.CharField(max_length=8, default="waiting")  # waiting, sent or failed
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    code = models.PositiveSmallIntegerField(null=True, blank=True)  # of the last answer
    error = models.CharField(max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "webhook", "kind", "message", "event", "seq", "body", "state", "attempts", "created_at", "next_at",
            "done_at", "code", "error",
        ), "public",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "webhook", "message"], name="delivery_once"),
            models.CheckConstraint(condition=Q(state__in=("waiting", "sent", "failed")), name="delivery_state"),
            models.CheckConstraint(
                condition=Q(kind="line", seq__isnull=False) | Q(kind="ping", seq__isnull=True), name="delivery_kind"
            ),
        ]
        indexes = [
            models.Index(fields=["webhook", "seq"], condition=Q(state="waiting"), name="delivery_waiting"),
            models.Index(fields=["created_at"], name="delivery_age"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.message}"

    @property
    def trouble(self) -> str:
        """Say in one general sentence why there was no answer."""
        if self.error == ENDED:
            return _("The webhook ended before this was sent.")
        words = _("The address was not reached. It must be public, with HTTPS, and answer within ten seconds.")
        return words if self.error else ""
