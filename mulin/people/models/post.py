"""Posts of a community, and the terms for which people hold them."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.territory.models import Community

from ..figures import in_their_language, today_in
from ..flow import POST, TERM, PostState, State
from .organisation import Organisation
from .person import Person


class PostKind(TenantModel):
    """A kind of post, as data: grid officer, building lead, mediator; what its holder may do, and where it can be."""

    key = models.SlugField(max_length=40)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60, blank=True)
    capabilities = models.JSONField(default=list, blank=True)
    places = models.JSONField(default=list)  # among figures.PLACES

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("key", "name_zh", "name_en", "capabilities", "places"), "public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "key"], name="post_kind_key")]

    def __str__(self) -> str:
        return in_their_language(self.name_zh, self.name_en)


class PostQuerySet(NounQuerySet):
    """Posts are public, filled or vacant."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep the posts of the viewer's community."""
        return self.filter(community_id=viewer.community_id)

    def for_list(self) -> Self:
        """Load with each post its kind, which names it."""
        return self.select_related("kind", "community")

    def existing(self) -> Self:
        """Keep the posts that were not closed."""
        return self.filter(state=PostState.OPEN)

    def vacant(self, community: Community) -> Self:
        """Keep the posts of a community that nobody holds today, by kind."""
        held = Term.objects.filter(community=community, post=OuterRef("pk")).current(today_in(community))
        rows = self.existing().filter(~Exists(held), community=community).select_related("kind")
        return rows.order_by("kind__name_zh", "title", "pk")


class Post(Noun):
    """A kind of post at a place; seen when vacant, too."""

    flow = POST

    kind = TenantForeignKey(PostKind, models.PROTECT, related_name="posts")
    place_kind = models.CharField(max_length=12, default="community")
    place_id = models.UUIDField(null=True, blank=True)  # null: the whole community
    organisation = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="posts")
    title = models.CharField(max_length=80, blank=True)

    objects = PostQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("kind", "place_kind", "place_id", "organisation", "title"), "public"
    )

    class Meta(Noun.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(place_kind="community", place_id__isnull=True)
                | Q(place_kind__in=("grid", "building", "entrance"), place_id__isnull=False),
                name="post_place",
            )
        ]
        indexes = [*Noun.Meta.indexes, models.Index(fields=["community", "place_id"], name="post_at_place")]

    def __str__(self) -> str:
        return self.title or str(self.kind)

    def get_absolute_url(self) -> str:
        return reverse("people:post", args=[self.community.slug, self.pk])


class TermQuerySet(NounQuerySet):
    """Terms: who holds a post is public, who was asked is not."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep held terms, one's own, and all for whoever may invite."""
        here = self.filter(community_id=viewer.community_id)
        if viewer.can("people.invite"):
            return here
        return here.filter(Q(state=State.HELD) | Q(person_id=viewer.person_id))

    def current(self, today: Any) -> Self:
        """Keep the terms that give rights on this day, whether or not the clock has come by."""
        return self.filter(state=State.HELD, starts_on__lte=today, ends_on__gt=today)


class Term(Noun):
    """The time for which a person holds a post. It ends by itself (law 14)."""

    flow = TERM

    post = TenantForeignKey(Post, models.PROTECT, related_name="terms")
    person = TenantForeignKey(Person, models.PROTECT, related_name="terms")
    starts_on = models.DateField()
    ends_on = models.DateField()  # the first day without it

    objects = TermQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("post", "person", "starts_on", "ends_on"), "public")

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "post", "person"], condition=Q(state=State.HELD), name="term_held_once"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="term_days"),
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "person"], condition=Q(state=State.HELD), name="term_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("people:term", args=[self.community.slug, self.pk])
