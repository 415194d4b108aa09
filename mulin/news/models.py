"""What waits to be read by someone, how they like to hear of it, and the group chats that hear, too."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.ids import uuid7
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.people.models import Account, Person
from mulin.secrecy.fields import EncryptedTextField, HashField

from .flow import OPEN, ROBOT, State


class Notification(TenantModel):
    """One sentence to one account about one noun; the words are made when it is read, in the reader's language."""

    account = models.UUIDField()
    kind = models.CharField(max_length=64)
    noun_id = models.UUIDField()
    seq = models.PositiveBigIntegerField(null=True)  # the line it tells of; a reminder tells of none
    verb = models.CharField(max_length=32)
    voice = models.CharField(max_length=16, blank=True)  # in which words, where one kind has several
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail_at = models.DateTimeField(null=True)  # when its mail is tried next; null: sent, or none to be sent

    classes: ClassVar[dict[str, Any]] = {
        **dict.fromkeys(("kind", "noun_id", "seq", "verb", "voice", "at", "read_at", "mail_at"), "public"),
        "account": "personal",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "account", "seq"], name="notification_once")]
        indexes = [
            models.Index(fields=["community", "account", "-at"], name="notification_list"),
            models.Index(fields=["community", "account"], condition=Q(read_at=None), name="notification_unread"),
            models.Index(fields=["mail_at"], condition=Q(mail_at__isnull=False), name="notification_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} for {self.account}"


class Choices(models.Model):
    """Which mails someone wants, in all their communities; without a row: each at once, and the morning's letter."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.OneToOneField(Account, models.PROTECT, related_name="news_choices")
    mail = models.CharField(max_length=8, default="once")  # once, daily, never
    muted = models.JSONField(default=list)  # topics of which no mail is sent
    morning = models.BooleanField(default=True)
    updated_at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = {
        "id": "public",
        **dict.fromkeys(("account", "mail", "muted", "morning", "updated_at"), "personal"),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(mail__in=("once", "daily", "never")), name="choices_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.mail} for {self.account_id}"


class Reminder(TenantModel):
    """That those concerned were told once that a noun's time is almost up."""

    noun_id = models.UUIDField()
    verb = models.CharField(max_length=32)
    due_at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("noun_id", "verb", "due_at"), "public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "noun_id", "verb", "due_at"], name="reminder_once")]
        indexes = [models.Index(fields=["due_at"], name="reminder_age")]

    def __str__(self) -> str:
        return f"{self.verb} {self.noun_id}"


class Watch(TenantModel):
    """The last morning on which a community's officers were written to: of two workers only one writes."""

    morning_on = models.DateField()
    morning_at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("morning_on", "morning_at"), "public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community"], name="watch_once")]

    def __str__(self) -> str:
        return f"until {self.morning_on}"


class Morning(TenantModel):
    """One officer's letter of one morning; what it says is looked up when it is sent."""

    account = models.UUIDField()
    on = models.DateField()
    since = models.DateTimeField()  # what came after this is new
    mail_at = models.DateTimeField(null=True)

    classes: ClassVar[dict[str, Any]] = {
        **dict.fromkeys(("on", "since", "mail_at"), "public"),
        "account": "personal",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "account", "on"], name="morning_once")]
        indexes = [
            models.Index(fields=["mail_at"], condition=Q(mail_at__isnull=False), name="morning_mail"),
            models.Index(fields=["on"], name="morning_age"),
        ]

    def __str__(self) -> str:
        return f"{self.on} for {self.account}"


class RobotQuerySet(NounQuerySet):
    """Robots, for those who look after them."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep the robots of the viewer's community, for its desk and whoever keeps its records."""
        if not (viewer.can("people.keep") or viewer.can("cases.desk")):
            return self.none()
        return self.filter(community_id=viewer.community_id)

    def for_list(self) -> Self:
        """Load with each robot its community and who added it."""
        return self.select_related("community", "owner")


class Robot(Noun):
    """A group chat that is told what happens: number, category, grid and link, never words or names."""

    flow = ROBOT

    name = models.CharField(max_length=60)
    service = models.CharField(max_length=12)  # one of figures.SERVICES
    address = EncryptedTextField()  # whoever has it may write to the group
    address_hash = HashField(purpose="robot-address", of="address")
    secret = EncryptedTextField(blank=True)  # with which some services want it signed
    events = models.JSONField(default=list)  # "cases.case.solve"
    owner = TenantForeignKey(Person, models.PROTECT, related_name="robots")

    objects = RobotQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("name", "service", "events"), "public"),
        "owner": "personal",
        **dict.fromkeys(("address", "address_hash", "secret"), "sealed"),
    }

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "address_hash"], condition=Q(state__in=OPEN), name="robot_address_once"
            )
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "-created_at", "-id"], name="robot_newest"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("news:robot", args=[self.community.slug, self.pk])

    @property
    def tone(self) -> str:
        """Colour its state on pages."""
        return "done" if self.state == State.ACTIVE else ""


class Message(TenantModel):
    """One thing that a group chat is told; several that come at once go in one message. Kept for 30 days."""

    robot = TenantForeignKey(Robot, models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=64, blank=True)  # empty: a trial
    noun_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=32)
    state = models.CharField(max_length=8, default="waiting")  # waiting, sent, failed
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("robot", "kind", "noun_id", "verb", "state", "attempts", "created_at", "next_at"), "public"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=("waiting", "sent", "failed")), name="message_state"),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="message_waiting"),
            models.Index(fields=["robot", "-created_at"], name="message_of_robot"),
            models.Index(fields=["created_at"], name="message_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.verb}"
