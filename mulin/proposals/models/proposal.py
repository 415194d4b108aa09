"""A proposal: what is wrong, what should be done, what it costs, on which way it goes, and what came of it."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse

from mulin.bodies.figures import matter_name
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet
from mulin.people.figures import in_their_language, masked
from mulin.people.models import Organisation, Person
from mulin.people.queries import units_of

from .. import figures as f
from ..flow import BEFORE_VOTE, PROPOSAL, RUNNING, Stand, State
from .keeping import Settings


class ProposalQuerySet(NounQuerySet):
    """Proposals: everybody's once they were sent; drafts are their proposers' alone."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep what was sent, and the viewer's own drafts."""
        ways = Q(submitted_at__isnull=False)
        if viewer.is_person:
            own = Q(proposer=viewer.person_id) | Q(organisation__in=units_of(viewer))
            ways |= Q(community=viewer.community_id) & own
        return self.filter(ways)

    def for_list(self) -> Self:
        """Load with each its community and who brought it."""
        return self.select_related("community", "proposer", "organisation")


class Proposal(Noun):
    """What neighbours want done, with its plan, its money and the way on which it is decided."""

    flow = PROPOSAL
    begun_with: Any = None  # the case from whose page it is written

    number = models.CharField(max_length=24, blank=True)  # once it is sent
    title = models.CharField(max_length=80)
    wrong = models.TextField(max_length=2000)
    plan = models.TextField(max_length=4000, blank=True)
    budget = models.JSONField(default=list, blank=True)  # {"what": "…", "fen": 0}
    money = models.CharField(max_length=200, blank=True)  # where it comes from
    opinion = models.TextField(max_length=1000, blank=True)  # of the owners
    asked = models.PositiveIntegerField(null=True, blank=True)  # how many owners were asked
    agreed = models.PositiveIntegerField(null=True, blank=True)  # and how many of them agreed
    matter = models.CharField(max_length=24, blank=True)  # one of bodies' matters
    place_kind = models.CharField(max_length=12, default="community")
    place_id = models.UUIDField(null=True, blank=True)
    place_name = models.CharField(max_length=80, blank=True)
    proposer = TenantForeignKey(Person, models.PROTECT, related_name="proposals")
    organisation = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    # The template as it was when it was sent, and its hash.
    template_key = models.CharField(max_length=40, blank=True)
    template_zh = models.CharField(max_length=60, blank=True)
    template_en = models.CharField(max_length=60, blank=True)
    steps_planned = models.JSONField(default=list, blank=True)
    template_hash = models.CharField(max_length=64, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=16, blank=True)  # one of figures.VERDICTS
    verdict_words = models.TextField(max_length=1000, blank=True)
    went_on = models.BooleanField(default=False)  # against the desk's verdict
    supporters = models.PositiveIntegerField(default=0)
    cost_fen = models.BigIntegerField(null=True, blank=True)  # what it cost in the end
    decided_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    merged_into = TenantForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    reason = models.CharField(max_length=500, blank=True)  # why it was withdrawn or merged

    objects = ProposalQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("number", "budget", "money", "asked", "agreed", "matter", "place_kind", "place_id", "place_name",
             "organisation", "template_key", "template_zh", "template_en", "steps_planned", "template_hash",
             "submitted_at", "verdict", "verdict_words", "went_on", "supporters", "cost_fen", "decided_at", "ended_at",
             "merged_into", "reason"),
            "public",
        ),
        # Written for everyone, and read by nobody but the proposer before it is sent.
        **dict.fromkeys(("title", "wrong", "plan", "opinion", "proposer"), "personal"),
    }  # fmt: skip

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], condition=~Q(number=""), name="proposal_number"),
            models.CheckConstraint(condition=Q(verdict="") | Q(verdict__in=tuple(f.VERDICTS)), name="proposal_verdict"),
            models.CheckConstraint(condition=Q(place_kind__in=f.PLACES), name="proposal_place"),
            models.CheckConstraint(
                condition=Q(state__in=(State.DRAFT, State.WITHDRAWN))
                | (Q(submitted_at__isnull=False) & ~Q(number="") & ~Q(template_hash="") & ~Q(matter="")),
                name="proposal_sent",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.MERGED) | Q(merged_into__isnull=False), name="proposal_merged"
            ),
            models.CheckConstraint(
                condition=Q(agreed__isnull=True) | Q(asked__gte=models.F("agreed")), name="proposal_agreed"
            ),
        ]
        indexes = [
            *Noun.Meta.indexes,
            models.Index(fields=["community", "state", "-created_at"], name="proposal_by_state"),
            models.Index(fields=["community", "proposer"], name="proposal_of_person"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposals:proposal", args=[self.community.slug, self.pk])

    # ---- in words ----

    @property
    def tone(self) -> str:
        late = {State.REJECTED, State.RETURNED}
        if self.state in late:
            return "late"
        tones = {"draft": "", "submitted": "new", "under_way": "go", "adopted": "go", "withdrawn": "", "merged": ""}
        return tones.get(self.state, "done")

    @property
    def verdict_label(self) -> str:
        return str(f.VERDICTS[self.verdict]) if self.verdict else ""

    @property
    def matter_label(self) -> str:
        return matter_name(self.matter) if self.matter else ""

    @property
    def template_title(self) -> str:
        return in_their_language(self.template_zh, self.template_en)

    @property
    def place(self) -> str:
        return self.place_name or str(self.community)

    def brought_by(self, viewer: Any) -> str:
        """Name who brought it: within the community plainly, for others with the first sign alone."""
        if self.organisation:
            return str(self.organisation.name)
        is_neighbour = viewer.is_person and viewer.community_id == self.community_id
        if not self.proposer.name:  # forgotten
            return str(self.proposer)
        return self.proposer.name if is_neighbour else masked(self.proposer.name)

    # ---- money ----

    @property
    def sum_fen(self) -> int:
        return f.sum_of(self.budget)

    @property
    def sum_yuan(self) -> str:
        return f.yuan(self.sum_fen)

    @property
    def budget_lines(self) -> list[tuple[str, str]]:
        return [(row["what"], f.yuan(row["fen"])) for row in self.budget]

    @property
    def cost_yuan(self) -> str:
        return "" if self.cost_fen is None else f.yuan(self.cost_fen)

    @property
    def costs_more(self) -> bool:
        """Tell whether it cost a tenth more than its budget, or beyond."""
        return self.cost_fen is not None and f.tenth_over(self.cost_fen, self.sum_fen)

    # ---- the way ----

    @property
    def steps(self) -> tuple[f.StepPlan, ...]:
        return f.steps_of(self.steps_planned)

    @property
    def last_vote(self) -> int:
        """Return the number of the step that decides last."""
        return f.last_of(self.steps, "vote") + 1

    @property
    def last_work(self) -> int:
        """Return the number of the step in which the last of it is carried out."""
        return f.last_of(self.steps, "carry_out") + 1

    @cached_property
    def open_step(self) -> Any:
        """Return the step whose turn it is, read once."""
        if self.state in (State.DRAFT, State.SUBMITTED, State.RETURNED):
            return None
        rows = apps.get_model("proposals", "Step").objects.filter(community=self.community_id, proposal=self.pk)
        return rows.filter(state__in=RUNNING).first()

    @property
    def has_vote(self) -> bool:
        step = self.open_step if self.state in BEFORE_VOTE else None
        return step is not None and step.vote_id is not None

    @property
    def is_open_to_change(self) -> bool:
        """Tell whether plan and budget can still be changed: nobody was asked to judge these very words yet."""
        if self.state == State.RETURNED:
            return True
        step = self.open_step
        if step is None or step.state != Stand.OPEN:
            return False
        if step.kind == f.VOTE:  # it waits for a budget that nobody else can write
            return step.vote_id is None and step.lacks_budget
        return step.kind in (f.CONSULT, f.MEET) or (step.kind == f.PUBLISH and step.notice_id is None)

    # ---- who ----

    @property
    def supporters_needed(self) -> int:
        found = Settings.objects.filter(community=self.community_id).values_list("supporters", flat=True).first()
        return found or f.SUPPORTERS

    def is_brought_by(self, viewer: Any) -> bool:
        """Tell whether somebody brought it, or speaks for the organisation that did."""
        person = getattr(viewer, "person_id", None)
        if person is None:
            return False
        if person == self.proposer_id:
            return True
        return self.organisation_id is not None and self.organisation_id in units_of(viewer)

    def is_supported_by(self, viewer: Any) -> bool:
        """Tell whether somebody supports it."""
        if (person := getattr(viewer, "person_id", None)) is None or self._state.adding:
            return False
        known: dict[Any, bool] = self.__dict__.setdefault("known_supporters", {})  # several moves of a page ask
        if person not in known:
            rows = apps.get_model("proposals", "Supporter").objects.filter(community=self.community_id, person=person)
            known[person] = rows.filter(proposal=self.pk).exists()
        return known[person]
