"""Fixed lists and spans of mediation, the code that admits a side, and what is counted; no Django models."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.web.counts import hidden

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE = 10
ANSWER, CHOOSE, MEET, CONFIRM = (timedelta(days=days) for days in (7, 14, 14, 7))
MEDIATOR_DAYS = 3  # working days in which who was chosen answers
HALF_A_YEAR, YEAR = timedelta(days=180), timedelta(days=365)
COURT, COURT_TOLD = timedelta(days=30), timedelta(days=23)  # for both together to ask the court to confirm it
NAG, MOST_NAGS = timedelta(days=7), 3
MOST_RESTS, MOST_ASKED, MOST_PARTIES = 4, 3, 12
REST_DAYS = {1: _("1 day"), 3: _("3 days"), 7: _("A week"), 14: _("Two weeks")}
KINDS: dict[str, Any] = {
    "noise": _("Noise"),
    "water": _("Water from above, damp walls"),
    "parking": _("Parking, charging"),
    "shared": _("Shared corridors and yards"),
    "works": _("Building work in a home"),
    "animals": _("Animals"),
    "firm": _("Service and fees of the property firm"),
    "money": _("Money owed, damage"),
    "family": _("Family"),
    "other": pgettext_lazy("mediation", "Something else"),
}
CONFLICT = "conflict"
STEP_BACKS: dict[str, Any] = {
    CONFLICT: _("I stand too near to one side"),
    "time": _("I have no time"),
    "other": _("Another reason"),
}
ENDINGS: dict[str, Any] = {
    "apart": _("The sides stand too far apart"),
    "absent": _("A side did not come"),
    "law": _("The matter belongs before a court or an office"),
    "other": _("Another reason"),
}
OUTCOMES: dict[str, Any] = {
    "proposed": _("proposed"),
    "passed_over": _("the other side wished for somebody else"),
    "chosen": _("chosen by both"),
    "took_on": _("took it on, and declared no conflict of interest"),
    CONFLICT: _("declined: stands too near to one side"),
    "time": _("declined: no time"),
    "other": _("declined"),
    "silent": _("did not answer in time"),
}


def new_code() -> str:
    """Make a code that admits whoever it is given to."""
    return "".join(secrets.choice(SIGNS) for _place in range(CODE))


def bare_code(text: str) -> str:
    """Write a code the one way, however it was typed."""
    return "".join(sign for sign in text.upper() if sign in SIGNS)[: CODE + 1]


def fingerprint(text: str, days: Iterable[date]) -> str:
    """Fix a text with its follow-up dates: another word or day gives another fingerprint."""
    said = "\n".join([text, *(day.isoformat() for day in days)])
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass
class MediationCount:
    """What came of the mediations asked for in a quarter, or of one kind; what is under five is None."""

    name: str
    asked: int | None
    agreed: int | None
    settled: int | None
    kept: int | None


def told(rows: dict[str, Sequence[int]]) -> list[MediationCount]:
    """Hide each count that is under five, also from whoever takes the others from their sum; rows by their names."""
    columns = [hidden(column) for column in zip(*rows.values(), strict=True)]
    return [MediationCount(name, *(column[at] for column in columns)) for at, name in enumerate(rows)]


# What each circle reads; never a name or a word of the matter.
SIDES = {
    "ask": _("You are asked to talk it over with a mediator. It is voluntary."),
    "agree": _("Both sides want to talk. Choose a mediator together."),
    "decline": _("The mediation does not come about."),
    "take_back": _("The request for mediation was taken back."),
    "lapse": _("Nobody answered in time: the mediation does not come about."),
    "propose": _("The other side proposes a mediator. Do you agree?"),
    "choose": _("The mediator was chosen, and is asked now."),
    "take_on": _("The mediator takes it on, and has no conflict of interest."),
    "pass_on": _("The mediator declined. Please choose somebody else."),
    "stay_silent": _("The mediator did not answer. Please choose somebody else."),
    "step_down": _("The mediator stepped down. Please choose somebody else."),
    "plan": _("A session is planned."),
    "call_off": _("The session is called off."),
    "hold": _("The summary of the session is there."),
    "draft": _("The text of the agreement is there. Read it; both sides confirm it word for word."),
    "confirm": _("Both sides confirmed: it is settled."),
    "ask_change": _("A change of the text is asked for."),
    "draft_lapses": _("The text was not confirmed in time: it goes back to the table."),
    "pause": _("There is a pause to cool off."),
    "resume": _("The pause is over."),
    "fail": _("It ended without agreement. The page says which ways are open."),
    "withdraw": _("The consent was withdrawn: the mediation is over."),
    "give_up": _("The mediation ended by itself after half a year."),
    "remind": _("Your mediation waits for its next step."),
    "note_kept": _("The agreement is kept so far."),
    "report_breach": _("It is reported that the agreement is not kept. The mediator is asked anew."),
    "remind_follow_up": _("Is the agreement kept? Please say so."),
    "remind_court": _("For a week more both together can ask the court to confirm your agreement."),
}
MEDIATOR = {
    "choose": _("Both sides chose you as mediator. Please answer within three working days."),
    "report_breach": _("An agreement is not kept. Would you take it on once more?"),
    **{
        verb: SIDES[verb] for verb in (
            "confirm", "ask_change", "draft_lapses", "pause", "resume", "withdraw", "give_up", "remind",
            "remind_follow_up",
        )
    },
}  # fmt: skip
DESK = {
    "agree": _("Both sides want to talk in a mediation that you asked for."),
    "decline": _("A mediation that you asked for does not come about."),
    "lapse": _("A mediation that you asked for does not come about."),
    "confirm": _("A mediation that you asked for is settled."),
    "fail": _("A mediation that you asked for ended without agreement."),
    "withdraw": _("A mediation that you asked for is over: a side withdrew."),
}
