"""The rules of a body: seats, terms, quorum and decision; the present ones stand in the body, all in a history."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.models import TenantModel

from ..figures import BASES, MOST_SEATS, Rules, Share

HOW = {False: "at_least", True: "more_than"}
FIELDS = (
    "seats", "years", "quorum_num", "quorum_den", "quorum_strict", "decision_num", "decision_den", "decision_strict",
    "decision_base", "pack",
)  # fmt: skip


class RulesOfMeeting(models.Model):
    """How many seats there are, how long a term lasts at most, and how many it takes to decide."""

    seats = models.PositiveSmallIntegerField()  # agreed, whether filled or not
    years = models.PositiveSmallIntegerField()  # a term at most
    quorum_num = models.PositiveSmallIntegerField()  # of all seats
    quorum_den = models.PositiveSmallIntegerField()
    quorum_strict = models.BooleanField()
    decision_num = models.PositiveSmallIntegerField()
    decision_den = models.PositiveSmallIntegerField()
    decision_strict = models.BooleanField()
    decision_base = models.CharField(max_length=8)  # one of figures.BASES
    pack = models.CharField(max_length=40, blank=True)  # the key of a rule pack by which its votes are counted

    class Meta:
        abstract = True

    @property
    def rules(self) -> Rules:
        quorum = Share(self.quorum_num, self.quorum_den, self.quorum_strict)
        return Rules(quorum, Share(self.decision_num, self.decision_den, self.decision_strict, self.decision_base))

    @property
    def answers(self) -> dict[str, Any]:
        """Write the rules as a form asks for them."""
        quorum, decision = self.rules.quorum, self.rules.decision
        return {
            "seats": self.seats, "years": self.years, "pack": self.pack,
            "quorum": f"{quorum.num}/{quorum.den}", "quorum_how": HOW[quorum.strict],
            "decision": f"{decision.num}/{decision.den}", "decision_how": HOW[decision.strict],
            "decision_base": decision.base,
        }  # fmt: skip

    def set_rules(self, rules: Rules) -> None:
        """Write rules into the fields; saves nothing."""
        self.quorum_num, self.quorum_den, self.quorum_strict = rules.quorum.num, rules.quorum.den, rules.quorum.strict
        decision = rules.decision
        self.decision_num, self.decision_den, self.decision_strict = decision.num, decision.den, decision.strict
        self.decision_base = decision.base


def sound(prefix: str) -> list[models.CheckConstraint]:
    """List what the database holds of rules: fractions that can be met, known bases, seats and years within reason."""
    strict = {"quorum_strict": True}, {"decision_strict": True}
    return [
        models.CheckConstraint(
            condition=Q(seats__gte=1, seats__lte=MOST_SEATS, years__gte=1, years__lte=5), name=f"{prefix}_seats"
        ),
        models.CheckConstraint(
            condition=Q(quorum_num__gte=1, quorum_num__lte=F("quorum_den"))
            & (~Q(**strict[0]) | Q(quorum_num__lt=F("quorum_den"))),
            name=f"{prefix}_quorum",
        ),
        models.CheckConstraint(
            condition=Q(decision_num__gte=1, decision_num__lte=F("decision_den"), decision_base__in=tuple(BASES))
            & (~Q(**strict[1]) | Q(decision_num__lt=F("decision_den"))),
            name=f"{prefix}_decision",
        ),
    ]


class OldRules(RulesOfMeeting, TenantModel):
    """The rules of a body as they were from a moment on, with the reason; never changed, so that all stay readable."""

    body: Any = TenantForeignKey("bodies.Body", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    supervisor: Any = TenantForeignKey("bodies.Body", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(max_length=500, blank=True)
    since = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        (*FIELDS, "body", "number", "supervisor", "reason", "since"), "public"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "body", "number"], name="body_rules_number"),
            *sound("body_rules"),
        ]

    def __str__(self) -> str:
        return f"{self.body} ({self.number})"
