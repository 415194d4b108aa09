"""A vote: the question, who is asked, by which frozen rules, on which days, and what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language

from mulin.bodies.models import Body
from mulin.kernel.clock import now
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet
from mulin.notices.flow import ON_BOARD
from mulin.notices.models import Notice
from mulin.people.figures import today_in, until
from mulin.people.models import Organisation, Post

from ..figures import ELECTORATES, OUTCOMES, PLACES, PREPARE, SEATS
from ..flow import COUNTED, VOTE, State


class VoteQuerySet(NounQuerySet):
    """Votes: everybody's once they were announced; before, of those who prepare them."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep those that were announced, and for who prepares votes all of the community."""
        ways = Q(noticed_at__isnull=False)
        if viewer.can(PREPARE):
            ways |= Q(community=viewer.community_id)
        return self.filter(ways)

    def for_list(self) -> Self:
        """Load with each who calls it."""
        return self.select_related("community", "organisation", "body", "post__kind")


class Vote(Noun):
    """A question that those on a roll decide by ballots."""

    flow = VOTE

    number = models.CharField(max_length=24)
    title = models.CharField(max_length=120)  # the question
    words = models.TextField(max_length=4000, blank=True)  # what it is about, what a yes means
    # Who calls it: an organisation, a body, or a post alone.
    organisation = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    body = TenantForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="votes")
    post = TenantForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    electorate = models.CharField(max_length=12)  # one of figures.ELECTORATES
    place_kind = models.CharField(max_length=12, default="community")
    place_id = models.UUIDField(null=True, blank=True)
    place_name = models.CharField(max_length=80, blank=True)
    rules = models.JSONField()  # a RuleSet of mulin.tally, copied from a pack
    options = models.JSONField(default=list)  # of a choice of k among n: {"key": "1", "label": "…"}
    opens_on = models.DateField()
    closes_on = models.DateField()  # the last day
    roll_on = models.DateField(null=True, blank=True)  # the day as of which the roll was taken
    seats = models.PositiveIntegerField(null=True, blank=True)  # of the body, filled or not
    noticed_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    challenge_until = models.DateField(null=True, blank=True)
    question_hash = models.CharField(max_length=64, blank=True)
    rules_hash = models.CharField(max_length=64, blank=True)
    roll_hash = models.CharField(max_length=64, blank=True)
    ballots_hash = models.CharField(max_length=64, blank=True)
    hands = models.JSONField(null=True, blank=True)  # a show of hands that two wrote down
    result = models.JSONField(null=True, blank=True)  # as mulin.tally counted it
    outcome = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why it was called off

    objects = VoteQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("number", "title", "words", "organisation", "body", "post", "electorate", "place_kind", "place_id",
         "place_name", "rules", "options", "opens_on", "closes_on", "roll_on", "seats", "noticed_at", "opened_at",
         "closed_at", "challenge_until", "question_hash", "rules_hash", "roll_hash", "ballots_hash",
         "hands", "result", "outcome", "reason"),
        "public",
    )  # fmt: skip

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="vote_number"),
            models.CheckConstraint(condition=Q(electorate__in=tuple(ELECTORATES)), name="vote_electorate"),
            models.CheckConstraint(condition=Q(place_kind__in=PLACES), name="vote_place"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="vote_days"),
            models.CheckConstraint(condition=~Q(electorate=SEATS) | Q(body__isnull=False), name="vote_seats_of_a_body"),
            # Hashed before the first ballot, and no result before its end.
            models.CheckConstraint(
                condition=~Q(state__in=(State.OPEN, State.CLOSED, *COUNTED))
                | (~Q(question_hash="") & ~Q(rules_hash="") & ~Q(roll_hash="") & Q(opened_at__isnull=False)),
                name="vote_frozen",
            ),
            models.CheckConstraint(
                condition=Q(state__in=COUNTED) | Q(result__isnull=True, outcome="", ballots_hash=""),
                name="vote_no_early_result",
            ),
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "state", "-created_at"], name="vote_by_state"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("votes:vote", args=[self.community.slug, self.pk])

    # ---- in words ----

    @property
    def caller(self) -> str:
        return str(self.body or self.organisation or self.post or "")

    @property
    def electorate_label(self) -> str:
        return str(ELECTORATES[self.electorate])

    @property
    def rules_title(self) -> str:
        zh = (get_language() or "zh").startswith("zh")
        return str(self.rules["title_zh" if zh else "title_en"])

    @property
    def outcome_label(self) -> str:
        return str(OUTCOMES.get(self.outcome, self.outcome))

    @property
    def tone(self) -> str:
        tones = {"prepared": "", "noticed": "new", "open": "go", "challenged": "late", "void": "late"}
        return tones.get(self.state, "done")

    # ---- days ----

    @property
    def days_lacking(self) -> int:
        """Say how many days the notice is too short if it is given today; open days were checked when set."""
        return max(0, int(self.rules["notice_days"]) - (self.opens_on - today_in(self.community)).days)

    @property
    def ends_at(self) -> datetime:
        """Return the end of the last day, for a clock that people see."""
        return now() + until(self.closes_on + timedelta(days=1), self.community)

    @property
    def is_over(self) -> bool:
        """Tell whether the last day is over, whether or not the clock came by already."""
        return today_in(self.community) > self.closes_on

    @property
    def is_beyond_challenge(self) -> bool:
        return self.challenge_until is None or today_in(self.community) > self.challenge_until

    @property
    def is_counted(self) -> bool:
        return self.state in COUNTED

    # ---- who ----

    @property
    def is_choosing(self) -> bool:
        return bool(self.rules["ballot"] == "choose")

    @property
    def of_seats(self) -> bool:
        return self.electorate == SEATS

    @property
    def has_ballots(self) -> bool:
        return bool(self.ballots.filter(community=self.community_id).exists())

    @property
    def absent(self) -> Any:
        return self.entries.filter(community=self.community_id, present_at=None)

    @property
    def objections_open(self) -> bool:
        """Tell whether somebody's objection against what was posted is not settled yet."""
        posted = Notice.objects.filter(community=self.community_id, subject_id=self.pk, state__in=ON_BOARD)
        return bool(posted.filter(open_objections__gt=0).exists())

    @property
    def voted(self) -> Any:
        """Keep the entries of which there is a ballot."""
        ballots = apps.get_model("votes", "Ballot").objects.filter(community=self.community_id, entry=OuterRef("pk"))
        return self.entries.filter(Exists(ballots), community=self.community_id)

    def chances(self, viewer: Any) -> list[Any]:
        """List the entries for which a viewer may cast a ballot, asked once for each viewer and state."""
        return self.asked("chances", viewer)

    def together(self, viewer: Any) -> list[Any]:
        """List the entries of several owners, this viewer among them, for which nobody is named yet."""
        return self.asked("together", viewer)

    def own_entries(self, viewer: Any) -> list[Any]:
        """List the entries behind which a viewer stands, alone or with others."""
        return self.asked("own_entries", viewer)

    def is_on_roll(self, viewer: Any) -> bool:
        """Tell whether a viewer is on the roll, alone or with others, or speaks for one who is."""
        return bool(self.own_entries(viewer))

    def asked(self, what: str, viewer: Any) -> list[Any]:
        """Ask once for each viewer and state how they stand to this vote: by the name of a function of `standing`."""
        known: dict[Any, list[Any]] = self.__dict__.setdefault("_known", {})
        key = (what, self.state, getattr(viewer, "actor", ""))
        if key not in known:
            from . import standing  # it stands on the roll, which stands on votes

            known[key] = getattr(standing, what)(self, viewer)
        return known[key]

    def ask_anew(self) -> None:
        """Forget how viewers stood to this vote, since that was just changed."""
        self.__dict__.pop("_known", None)

    @cached_property
    def place(self) -> str:
        return self.place_name or str(self.community)
