"""Closed lists of proposals: kinds of steps, who acts, what closes a step, the five phases, verdicts and marks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CONSULT, PUBLISH, MEET, VOTE, OBJECT = "consult", "publish", "meet", "vote", "object"
CARRY_OUT, JUDGE = "carry_out", "judge"
KINDS = {
    CONSULT: _("Hear what everyone says"), PUBLISH: _("Publish it"), MEET: _("Meet"), VOTE: _("Vote"),
    OBJECT: _("Days for the supervisors' objections"), CARRY_OUT: _("Carry it out"), JUDGE: _("Judge it"),
}  # fmt: skip
TIMED = (CONSULT, OBJECT, JUDGE)  # they end by the clock, unless something is to be handed in

PROPOSER, SUPERVISORS, OFFICERS, DESK, EVERYONE, CARRIER = (
    "proposer", "supervisors", "grid_officers", "desk", "everyone", "carrier"
)  # fmt: skip
BODY = "body:"
ACTORS = {
    PROPOSER: _("Whoever brought it"), SUPERVISORS: _("The supervisors"), OFFICERS: _("The grid officers"),
    DESK: _("The community's desk"), EVERYONE: _("Everyone here"), CARRIER: _("Whoever carries it out"),
}  # fmt: skip
# Who can act in which kind of step; BODY stands for any council or committee.
ACTORS_OF = {
    CONSULT: (EVERYONE, PROPOSER, DESK, OFFICERS, BODY), PUBLISH: (DESK, PROPOSER, OFFICERS, BODY),
    MEET: (DESK, PROPOSER, SUPERVISORS, OFFICERS, BODY), VOTE: (EVERYONE, DESK, OFFICERS, BODY),
    OBJECT: (SUPERVISORS,), CARRY_OUT: (CARRIER,), JUDGE: (EVERYONE,),
}  # fmt: skip

MINUTES, PHOTOS, BUDGET, REPORT, ACCOUNT = "minutes", "photos", "budget", "report", "account"
EVIDENCE = {
    MINUTES: _("Minutes"), PHOTOS: _("Photos"), BUDGET: _("Budget"), REPORT: pgettext_lazy("evidence", "Report"),
    ACCOUNT: _("What it cost"),
}  # fmt: skip
EVIDENCE_OF = {
    CONSULT: (REPORT, MINUTES), PUBLISH: (BUDGET,), MEET: (MINUTES, PHOTOS, REPORT), VOTE: (BUDGET,), OBJECT: (),
    CARRY_OUT: (REPORT, PHOTOS, ACCOUNT), JUDGE: (),
}  # fmt: skip
BODYS, HANDS = "body", "hands"  # rules that are no pack

PROPOSED, DISCUSSED, DECIDED, DONE, JUDGED = "propose", "discuss", "decide", "do", "judge"
PHASES = {
    PROPOSED: pgettext_lazy("phase", "The people propose"), DISCUSSED: pgettext_lazy("phase", "The people discuss"),
    DECIDED: pgettext_lazy("phase", "The people decide"), DONE: pgettext_lazy("phase", "The people carry out"),
    JUDGED: pgettext_lazy("phase", "The people judge"),
}  # fmt: skip

FEASIBLE, WITH_CHANGES, NOT_FEASIBLE = "feasible", "with_changes", "not_feasible"
VERDICTS = {
    FEASIBLE: _("It can be done"), WITH_CHANGES: _("It can be done with changes"),
    NOT_FEASIBLE: _("It cannot be done"),
}  # fmt: skip
MARKS = {3: _("Good"), 2: _("So so"), 1: _("Bad")}

LONGEST_STEP, MOST_STEPS, MOST_LINES = 180, 15, 40
DRAFT_DAYS, RETURNED_DAYS, REVIEW_DAYS, ANSWER_DAYS = 180, 90, 7, 7
SUPPORTERS = 20  # to go on against the desk's verdict, where a community sets no other number
PLACES = ("community", "grid", "building")
