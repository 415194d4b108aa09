"""Fixed lists and spans of confidential reports, and what each circle is told; no Django models."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

READ = "concerns.read"
TELLER = "concern-teller"  # what the hash is for by which someone finds what they told
# Whoever takes the measures, fills the posts or looks after the looking does not judge: they never read one.
OTHER_SIDE = frozenset({"people.keep", "people.invite", "people.audit", "cases.oversee"})
MIGHTY = frozenset({"people.keep", "people.invite"})  # a finding about a holder of these goes to those above, too
SEATS = (1, 2)
CODE = 12
MOST_OPEN = 5  # of one account, and of one address in a quarter of an hour
FIRST_DAYS, REPLY_DAYS, REVIEW_DAYS, MEASURE_DAYS = 7, 14, 60, 14
FIRST, REPLY, REVIEW, MEASURE = (timedelta(days=days) for days in (FIRST_DAYS, REPLY_DAYS, REVIEW_DAYS, MEASURE_DAYS))
YEAR, THREE_YEARS = timedelta(days=365), timedelta(days=3 * 365)

OUTCOMES: dict[str, Any] = {"founded": _("It is founded"), "unfounded": _("Nothing wrong was found")}
FOR_GROUPS: dict[str, Any] = {
    "warn": _("Warn the organisation"), "suspend": _("Suspend the organisation"),
    "dissolve": _("Dissolve the organisation"),
}  # fmt: skip
FOR_OFFICIALS: dict[str, Any] = {"talk": _("Talk to them, and note it"), "end": _("End the term")}
MEASURES = FOR_GROUPS | FOR_OFFICIALS
MOVES = frozenset({*FOR_GROUPS, "end"})  # measures that are moves of people
MESSAGES = ("question", "reply", "addition", "note")


def fingerprint(*parts: str) -> str:
    """Fix what was written: another word gives another fingerprint."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


# How a step is called once it was made, for the two readers.
STEPS = {
    "tell": _("Told in confidence"), "take_up": _("Taken up"), "ask": _("A question was asked"),
    "reply": _("The question was answered"), "add": _("Something was added"), "note": _("A note was written"),
    "call_in": _("The stand-in was called"), "draft": _("The finding was written"),
    "decide": _("The finding was released"), "withdraw": _("It was taken back"),
}  # fmt: skip
# What each circle hears; never whom it is about, never a word of it.
READERS_HEAR = {
    "tell": _("A confidential report has come. Please take it up within seven days."),
    "reply": _("There is an answer to your question."),
    "add": _("Something was added to a confidential report."),
    "withdraw": _("A confidential report was taken back."),
    "go_on": _("No answer came to your question; the review goes on."),
    "call_in": _("You were called in to read a confidential report."),
    "draft": _("A finding was written. Please read it."),
    "decide.asked": _("A finding waits for your word. Both of you have to agree."),
    "decide.declined": _("The other one did not agree to the finding."),
    "decide": _("The finding stands."),
    "remind": _("A confidential report waits for you longer than promised."),
    "close": _("What you recommended was answered."),
}
TELLER_HEARS = {
    "take_up": _("What you told is being looked into."),
    "ask": _("There is a question for you. Nobody but the two readers sees your answer."),
    "decide": _("What you told was decided. The ground stands there."),
    "close": _("A measure was decided after what you told."),
}
TAKERS_HEAR = {
    "release": _("The supervisors recommend a measure. The ground stands there."),
    "urge": _("A recommended measure waits for your answer."),
    "put_back": _("The second person did not agree; the recommendation waits for you again."),
}
SUBJECT_HEARS = {
    "release": _("A finding about you, or an organisation that you answer for, was released. Its ground stands there."),
    "follow": _("The recommended measure was taken."),
    "leave": _("The recommended measure was not taken."),
}
