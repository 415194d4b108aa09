"""What follows: a department that is no more answers nothing, and who hears of what in which words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mulin.kernel.clock import SYSTEM
from mulin.kernel.readers import Heard, reads
from mulin.news.hearing import hears, is_watched

from . import actions, queries
from .flow import UNANSWERED
from .models import Suggestion

KIND = "deputies.suggestion"


@reads("people.organisation", "dissolve")
def department_ended(line: Heard) -> None:
    """Have the desk find another department for what waits for one that is no more."""
    rows = Suggestion.objects.filter(community=line.community, department=line.noun_id, state__in=UNANSWERED)
    for suggestion in rows.for_list():
        actions.unroute(suggestion, by=SYSTEM)


DESK = {
    "bring": _("A deputy's suggestion is to be handed on."),
    "hand_back": _("A suggestion came back: the department says that it is not its affair."),
    "unroute": _("A suggestion needs another department: its own is no more."),
    "go_on": _("A suggestion still waits for a department."),
    "extend.asked": _("A department asks for longer time. Please agree, or say no."),
    "overrun": _("A suggestion was not answered in time."),
}  # fmt: skip
UNITS = {
    "hand_on": _("A deputy's suggestion has come to you. Please take it on, or hand it back."),
    "go_on": _("A deputy's suggestion has come to you. Please take it on, or hand it back."),
    "count_as_theirs": _("You did not hand the suggestion back in time: it counts as yours."),
    "extend": _("You have longer time for the answer."),
    "extend.declined": _("The desk did not agree to longer time."),
    "overrun": _("The time for your answer is over, and everyone can see it. Please answer."),
    "judge": _("The deputy is not satisfied. Please look at it once more and answer anew."),
    "ask_kept": _("The day that you promised is over. Please say whether it was kept."),
    "lapse": _("Nobody said whether your promise was kept: it counts as not kept."),
    "withdraw": _("The deputy withdrew the suggestion. You need not answer."),
}  # fmt: skip
DEPUTIES = {
    "send_back": _("The desk gave your suggestion back. What to change stands there."),
    "hand_on": _("Your suggestion was handed on to the department."),
    "go_on": _("Your suggestion went on to the department by itself."),
    "receive": _("The department has taken your suggestion on."),
    "count_as_theirs": _("The department has taken your suggestion on."),
    "hand_back": _("The department handed your suggestion back. The desk finds another one."),
    "report_on": _("It says now how far your suggestion is."),
    "extend": _("The department has longer time for its answer. The reason stands there."),
    "overrun": _("Your suggestion was not answered in time."),
    "settle": _("Your suggestion went on without a word on the answer."),
    "fulfil": _("What was promised on your suggestion is kept."),
    "admit": _("What was promised on your suggestion cannot be kept. The reason stands there."),
    "lapse": _("Nobody said whether the promise on your suggestion was kept."),
    "answer": _("Your suggestion was answered."),
}  # fmt: skip
BRINGER = {
    "answer": _("Your suggestion was answered. Please say what you think of it."),
    "co_sign": _("Another deputy signed your suggestion, too."),
}  # fmt: skip
REPORTERS = {
    "hand_on": _("A deputy made a suggestion of what you reported."),
    "go_on": _("A deputy made a suggestion of what you reported."),
    "answer": _("A suggestion that rests on your report was answered."),
    "fulfil": _("What was promised on a suggestion from your report is kept."),
}  # fmt: skip
hears(KIND, queries.the_desk, DESK, voice="desk")
hears(KIND, queries.of_units, UNITS, voice="units")
hears(KIND, queries.the_bringer, BRINGER, voice="bringer")
hears(KIND, queries.the_deputies, DEPUTIES)
hears(KIND, queries.of_reporters, REPORTERS, voice="reporters")
is_watched(KIND, queries.in_charge)
