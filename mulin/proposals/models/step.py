"""A step of a proposal: who acts, until when, what has to be handed in, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from mulin.bodies.models import Body
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import Noun, NounQuerySet, TenantModel
from mulin.notices.models import Notice
from mulin.people.figures import in_their_language, today_in
from mulin.people.models import Organisation, Person
from mulin.people.queries import units_of
from mulin.votes.models import Vote

from .. import figures as f
from ..flow import RUNNING, STEP, Stand
from ..rules import OFFICER_WORK
from .proposal import Proposal


class Sitting(TenantModel):
    """A meeting of a body at which several proposals are pitched, one after the other."""

    body = TenantForeignKey(Body, models.PROTECT, related_name="+")
    held_on = models.DateField()
    where = models.CharField(max_length=80)
    words = models.CharField(max_length=300, blank=True)

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("body", "held_on", "where", "words"), "public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "body", "held_on"], name="proposal_sitting_once")]

    def __str__(self) -> str:
        return f"{self.body} {self.held_on}"

    def get_absolute_url(self) -> str:
        return reverse("proposals:sitting", args=[self.community.slug, self.pk])


class StepQuerySet(NounQuerySet):
    """Steps: there are none before a proposal is sent, and then everyone may read them."""

    def visible_to(self, viewer: Any) -> Self:
        """Keep the steps of what everyone may read."""
        return self.filter(proposal__submitted_at__isnull=False)

    def for_list(self) -> Self:
        """Load with each its proposal, and who acts."""
        own = ("proposal__community", "proposal__proposer", "proposal__organisation")
        return self.select_related(
            "community", *own, "body__organisation", "body__community", "supervisor__organisation",
            "supervisor__community", "organisation", "notice__community", "vote__community", "sitting__community",
        )  # fmt: skip


class Step(Noun):
    """One step on the way of a proposal."""

    flow = STEP

    proposal = TenantForeignKey(Proposal, models.PROTECT, related_name="all_steps")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)  # one of figures.KINDS
    phase = models.CharField(max_length=8)  # one of figures.PHASES
    zh = models.CharField(max_length=60)
    en = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)
    days = models.PositiveSmallIntegerField()
    evidence = models.JSONField(default=list)
    rules = models.CharField(max_length=40, blank=True)
    body = TenantForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    supervisor = TenantForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    # Who carries it out: an organisation, a person, or neither: the desk itself.
    organisation = TenantForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    person = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    entrusted_at = models.DateTimeField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)  # the last day, or the day by which it should be done
    closed_at = models.DateTimeField(null=True, blank=True)
    to_all = models.BooleanField(default=False)  # beyond the body's mandate: all residents vote
    why = models.CharField(max_length=300, blank=True)
    notice = TenantForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="+")
    vote = TenantForeignKey(Vote, models.PROTECT, null=True, blank=True, related_name="+")
    sitting = TenantForeignKey(Sitting, models.PROTECT, null=True, blank=True, related_name="pitches")
    turn = models.PositiveSmallIntegerField(null=True, blank=True)  # in that sitting
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)  # to speak there
    objector = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    objected_on = models.DateField(null=True, blank=True)
    objections = models.PositiveSmallIntegerField(default=0)
    result: Any = models.JSONField(default=dict, blank=True)  # of a meeting, of hands, of work, of the judgement

    objects = StepQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("proposal", "number", "kind", "phase", "zh", "en", "actor", "days", "evidence", "rules", "body",
             "supervisor", "organisation", "entrusted_at", "opened_on", "ends_on", "closed_at", "to_all", "why",
             "notice", "vote", "sitting", "turn", "minutes", "objected_on", "objections", "result"),
            "public",
        ),
        **dict.fromkeys(("person", "objector"), "personal"),
    }  # fmt: skip

    class Meta(Noun.Meta):
        constraints = [
            models.UniqueConstraint(fields=["community", "proposal", "number"], name="proposal_step_number"),
            models.UniqueConstraint(
                fields=["community", "proposal"], condition=Q(state__in=RUNNING), name="proposal_one_step_open"
            ),
            models.CheckConstraint(condition=Q(kind__in=tuple(f.KINDS)), name="proposal_step_kind"),
            models.CheckConstraint(
                condition=~Q(state=Stand.OBJECTED) | Q(objected_on__isnull=False), name="proposal_step_objected"
            ),
        ]
        indexes = [*Noun.Meta.indexes, models.Index(fields=["community", "state"], name="proposal_step_state")]

    def __str__(self) -> str:
        return f"{self.proposal.title}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("proposals:step", args=[self.community.slug, self.pk])

    # ---- in words ----

    @property
    def title(self) -> str:
        return in_their_language(self.zh, self.en)

    @property
    def kind_label(self) -> str:
        return str(f.KINDS[self.kind])

    @property
    def phase_label(self) -> str:
        return str(f.PHASES[self.phase])

    @property
    def evidence_label(self) -> list[str]:
        return [str(f.EVIDENCE[key]) for key in self.evidence]

    @property
    def tone(self) -> str:
        return {"open": "go", "objected": "late", "met": "done", "failed": "late"}.get(self.state, "")

    @property
    def who(self) -> str:
        """Say who acts in it."""
        if self.to_all:
            return str(f.ACTORS[f.EVERYONE])
        if self.actor.startswith(f.BODY):
            return str(self.body or "")
        if self.actor == f.SUPERVISORS and self.supervisor:
            return str(self.supervisor)
        if self.actor == f.CARRIER and self.entrusted_at:
            return self.carrier
        return str(f.ACTORS[self.actor])

    @property
    def carrier(self) -> str:
        """Say who carries it out, without the name of a person."""
        if self.organisation:
            return str(self.organisation.name)
        return str(f.ACTORS[f.PROPOSER if self.person_id else f.DESK])

    @property
    def cost_yuan(self) -> str:
        return f.yuan(self.result["cost_fen"]) if self.result.get("cost_fen") is not None else ""

    # ---- what holds ----

    @property
    def plan(self) -> f.StepPlan:
        return f.StepPlan(self.kind, self.zh, self.en, self.actor, self.days, tuple(self.evidence), self.rules)

    @property
    def ends_by_itself(self) -> bool:
        return self.kind in f.TIMED and not self.evidence

    @property
    def is_over(self) -> bool:
        """Tell whether its last day is over, whether or not the clock came by."""
        return self.ends_on is not None and today_in(self.community) > self.ends_on

    @property
    def is_by_hands(self) -> bool:
        return self.kind == f.VOTE and self.rules == f.HANDS and not self.to_all

    @property
    def is_ended_by_hand(self) -> bool:
        """Tell whether somebody ends it with what it asks for."""
        return self.kind == f.MEET or (self.kind in f.TIMED and bool(self.evidence)) or self.entrusted_at is not None

    @property
    def lacks_budget(self) -> bool:
        return f.BUDGET in self.evidence and not self.proposal.budget

    @property
    def has_had_its_days(self) -> bool:
        return self.kind != f.CONSULT or self.is_over

    def is_turn_of(self, viewer: Any) -> bool:
        """Tell whether somebody is who acts in this step."""
        if self.actor == f.PROPOSER:
            return bool(self.proposal.is_brought_by(viewer))
        if self.actor == f.OFFICERS:
            return bool(viewer.can(OFFICER_WORK))
        if self.actor == f.CARRIER:
            if self.organisation_id:
                return self.organisation_id in units_of(viewer)
            return self.person_id is not None and self.person_id == viewer.person_id
        body = self.supervisor if self.actor == f.SUPERVISORS else self.body
        return bool(body is not None and body.has_member(viewer))

    def judges_work_of(self, viewer: Any) -> bool:
        """Tell whether it is somebody's own work, or that of an organisation for which they speak, that is judged."""
        if self.kind != f.JUDGE:
            return False
        own = Q(person=viewer.person_id) | Q(organisation__in=units_of(viewer))
        work = Step.objects.filter(own, community=self.community_id, proposal=self.proposal_id, kind=f.CARRY_OUT)
        return bool(work.exists())

    @property
    def stopped_days(self) -> int:
        """Count the days since an objection stopped it."""
        since: date | None = self.objected_on
        return (today_in(self.community) - since).days if since else 0
