"""What a case is made of, the community's category tree, and who takes part."""

from __future__ import annotations

from functools import lru_cache, reduce
from operator import or_
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mulin.kernel.clock import Calendar
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.kernel.viewer import Viewer
from mulin.people.models import Person, Post
from mulin.secrecy.fields import EncryptedTextField
from mulin.territory.models import Building, Entrance, Grid

from . import rules
from .figures import first_sentence
from .flow import CASE, OPEN, SHOWN, State


def folder(slug: str) -> str:
    """Return the address below which the pages of a community's cases lie."""
    return _folder(slug, get_script_prefix())


@lru_cache(maxsize=1000)
def _folder(slug: str, prefix: str) -> str:
    # A page has hundreds of addresses of cases, and to put one together anew each time costs more than all else of it.
    return reverse("cases:detail", args=[slug, UUID(int=0)]).removesuffix(f"{UUID(int=0)}/")


class Category(TenantModel):
    """A kind of matter: who is responsible, how long it may take, whether it is a household's own affair."""

    key = models.SlugField(max_length=40)
    parent = TenantForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    zh = models.CharField(max_length=40)
    en = models.CharField(max_length=80)
    icon = models.CharField(max_length=40, blank=True)
    words = models.JSONField(default=list, blank=True)
    is_household = models.BooleanField(default=False)
    accept_minutes = models.PositiveIntegerField(default=30)
    solve_days = models.PositiveIntegerField(default=5)
    silence_days = models.PositiveIntegerField(default=14)
    post_kind = models.SlugField(max_length=40, default="grid_officer")
    opens = models.TextField(blank=True)
    closes = models.TextField(blank=True)
    notice = models.TextField(blank=True)  # what to do before reporting: where another number must be called first
    notice_en = models.TextField(blank=True)
    place = models.PositiveSmallIntegerField(default=0)  # in the list
    is_active = models.BooleanField(default=True)

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("key", "parent", "zh", "en", "icon", "words", "is_household", "accept_minutes", "solve_days",
         "silence_days", "post_kind", "opens", "closes", "notice", "notice_en", "place", "is_active"),
        "public",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "key"], name="category_key"),
            models.CheckConstraint(condition=Q(accept_minutes__gte=1, solve_days__gte=1), name="category_limits"),
        ]

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.zh

    @property
    def warning(self) -> str:
        """Say what comes before reporting, in the reader's language where it is written in both."""
        return (self.notice_en if (get_language() or "").startswith("en") else self.notice) or self.notice


def _own(viewer: Any, **only: Any) -> list[Q]:
    """List the ways by which a case is one's own: its code was given, or one reported it."""
    own = [Q(pk__in=viewer.holds)] if viewer.holds else []
    return [*own, Q(reporter_account=viewer.account_id, **only)] if viewer.account_id else own


def _entrusted(viewer: Any) -> list[Q]:
    """List the ways by which a case is entrusted to one: led by, at the post of, the desk's, come up to those above."""
    ways = [Q(post__in=viewer.posts)] if viewer.posts else []
    if viewer.person_id:
        ways.append(Q(leader=viewer.person_id))
    if viewer.can("cases.oversee"):
        ways.append(Q(level__gte=rules.TOP))
    if viewer.can("cases.desk"):
        ways = [Q()]
    return [Q(community=viewer.community_id) & reduce(or_, ways)] if ways else []


class CaseQuerySet(NounQuerySet):
    """Cases, kept to what a viewer may see, read, handle, or cares for."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep public cases, one's own, those opened by a code, and those of one's posts and desk."""
        return self._any(Q(is_public=True), *_own(viewer), *_entrusted(viewer))

    def readable_to(self, viewer: Any) -> Self:
        """Keep those that one reads whole, words included: what `rules.reads_whole` says, for the database."""
        return self._any(*_own(viewer, is_behalf=False), *_entrusted(viewer))

    def handled_by(self, viewer: Any) -> Self:
        """Keep what is one's own to handle: of one's posts, led, the desk's, or come up to those above it."""
        return self._any(*_entrusted(viewer))

    def concerning(self, viewer: Any) -> Self:
        """Keep one's own cases, those a code opened, and those one follows, joined or leads."""
        if not viewer.person_id:
            return self._any(*_own(viewer))
        parts = Part.objects.filter(community=viewer.community_id, person=viewer.person_id, ended_at=None)
        return self._any(*_own(viewer), Q(leader=viewer.person_id), Q(pk__in=parts.values("case")))

    def _any(self, *ways: Q) -> Self:
        return self.filter(reduce(or_, ways)) if ways else self.none()

    def for_list(self) -> Self:
        """Load what a row shows, in one statement."""
        return self.select_related("category", "building", "entrance", "grid", "post__kind", "community")

    def newest(self, most: int) -> list[Case]:
        """Load the newest, as a list shows them."""
        return list(self.for_list().order_by("-happened_at", "-id")[:most])


class Case(Noun):
    """One matter that someone reported, until it is solved and the reporter says so."""

    flow = CASE

    number = models.CharField(max_length=24)
    category = TenantForeignKey(Category, models.PROTECT, related_name="cases")
    words = models.TextField()
    public_summary = models.CharField(max_length=200, blank=True)
    disclosure = models.CharField(max_length=16)  # named, confidential, anonymous
    is_public = models.BooleanField()
    is_behalf = models.BooleanField(default=False)
    level = models.PositiveSmallIntegerField(default=1)
    # Nobody asks for the cases of a door, a person or a twin by these alone: an index would only slow each report.
    grid = TenantForeignKey(Grid, models.PROTECT, null=True, related_name="cases")
    building = TenantForeignKey(Building, models.PROTECT, null=True, related_name="cases", db_index=False)
    entrance = TenantForeignKey(Entrance, models.PROTECT, null=True, related_name="cases", db_index=False)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    shown_lon = models.FloatField(null=True)
    shown_lat = models.FloatField(null=True)
    address = models.CharField(max_length=200, blank=True)
    post = TenantForeignKey(Post, models.PROTECT, null=True, related_name="cases")
    reporter = TenantForeignKey(Person, models.PROTECT, null=True, related_name="cases", db_index=False)
    reporter_account = models.UUIDField(null=True)
    contact_name = models.CharField(max_length=60, blank=True)
    contact_phone = EncryptedTextField(blank=True)
    code_hash = models.CharField(max_length=128, blank=True)
    leader = TenantForeignKey(Person, models.PROTECT, null=True, related_name="led_cases")
    waits_for = models.CharField(max_length=16, blank=True)  # reporter, date
    waits_since = models.DateTimeField(null=True)
    waits_until = models.DateTimeField(null=True)
    cause = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    solver = models.CharField(max_length=64, blank=True)
    rating = models.PositiveSmallIntegerField(null=True)  # 3 pleased, 2 so-so, 1 not pleased
    rating_words = models.TextField(blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    merged_into = TenantForeignKey("self", models.PROTECT, null=True, related_name="merged", db_index=False)
    met_by = models.PositiveIntegerField(default=0)
    happened_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    search = models.TextField(blank=True)
    source = models.CharField(max_length=60, blank=True)
    external_id = models.CharField(max_length=60, blank=True)

    objects = CaseQuerySet.as_manager()
    fresh_photos: list[Any] | None = None  # of a case made just now: nobody need read them again
    secret = ""  # the code of an unnamed reporter, shown once and never stored

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("number", "category", "public_summary", "is_public", "is_behalf", "level", "grid", "building", "entrance",
             "shown_lon", "shown_lat", "post", "waits_for", "waits_since", "waits_until", "rating", "reopened",
             "merged_into", "met_by", "happened_at", "accepted_at", "solved_at", "told_at", "closed_at", "source",
             "external_id", "disclosure"),
            "public",
        ),
        **dict.fromkeys(
            ("words", "lon", "lat", "address", "reporter", "reporter_account", "contact_name", "leader", "cause",
             "remedy", "solver", "rating_words", "search"),
            "personal",
        ),
        "contact_phone": "contact", "code_hash": "sealed",
    }  # fmt: skip

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="case_number"),
            models.UniqueConstraint(
                fields=["community", "source", "external_id"], condition=~Q(source=""), name="case_source"
            ),
            models.CheckConstraint(condition=Q(level__range=(1, 3)), name="case_level"),
            models.CheckConstraint(condition=Q(rating__isnull=True) | Q(rating__range=(1, 3)), name="case_rating"),
            models.CheckConstraint(
                condition=Q(disclosure__in=("named", "confidential", "anonymous")), name="case_disclosure"
            ),
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "-happened_at", "-id"], name="case_list"),
            models.Index(fields=["community", "post", "due_at", "id"], condition=Q(state__in=OPEN), name="case_queue"),
            models.Index(fields=["community", "due_at", "id"], condition=Q(state__in=OPEN), name="case_desk"),
            models.Index(fields=["reporter_account", "community"], name="case_mine"),
            models.Index(
                fields=["community", "building", "-happened_at"], condition=Q(state__in=SHOWN), name="case_near"
            ),
            models.Index(fields=["community", "state", "is_public"], name="case_counts"),
        ]

    def __str__(self) -> str:
        return _("%(number)s, %(category)s") % {"number": self.number, "category": self.category}

    def get_absolute_url(self) -> str:
        return f"{folder(self.community.slug)}{self.pk}/"

    @property
    def calendar(self) -> Calendar:
        return self.community.calendar

    def acts_as(self, by: Any) -> Any:
        """Keep who reported without a name out of the journal, then and later."""
        if self.disclosure != "anonymous" or self.is_behalf or not isinstance(by, Viewer):
            return by
        return by.unnamed() if self.is_new or (self.pk in by.holds and not rules.takes_part(by, self)) else by

    @property
    def is_new(self) -> bool:
        """Tell whether it is being reported in this very call."""
        return self._state.adding

    @property
    def title(self) -> str:
        """Return the first sentence of the reporter's words, for those who may read them."""
        return first_sentence(self.words)

    @property
    def shown_title(self) -> str:
        """Return what everyone may read as its title."""
        return self.public_summary or str(self.category)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_done(self) -> bool:
        return self.state in (State.SOLVED, State.CLOSED)

    def parts(self) -> list[Part]:
        """List who takes part now; read once."""
        if not hasattr(self, "_parts"):
            now_parts = Part.objects.filter(community_id=self.community_id, case_id=self.pk, ended_at=None)
            self._parts = list(now_parts.select_related("person"))
        return self._parts

    def persons(self, role: str) -> set[UUID]:
        """Name the persons who take part now in one way: "joined" or "me_too"."""
        return {part.person_id for part in self.parts() if part.role == role}


class Part(TenantModel):
    """Somebody who takes part in a case: joined, or met it too."""

    case = TenantForeignKey(Case, models.PROTECT, related_name="all_parts")
    person = TenantForeignKey(Person, models.PROTECT, related_name="case_parts")
    role = models.CharField(max_length=16)  # joined, me_too
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("case", "role", "started_at", "ended_at"), "public"),
        "person": "personal",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "case", "person", "role"], condition=Q(ended_at=None), name="part_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.role}"
