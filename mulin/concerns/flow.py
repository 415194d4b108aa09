"""The life of a confidential report, and of the finding that both readers release."""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock, the_system

from . import rules as r
from .figures import FIRST, MEASURE, REPLY, REVIEW, THREE_YEARS, YEAR

PACKAGE = "mulin.concerns"


class State(TextChoices):
    RAISED = "raised", pgettext_lazy("concern", "Told")
    REVIEW = "review", _("Looked into")
    ASKED = "asked", _("Waits for an answer")
    FOUNDED = "founded", _("Founded")
    UNFOUNDED = "unfounded", _("Nothing found")
    CLOSED = "closed", pgettext_lazy("concern", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("concern", "Taken back")


class FindingState(TextChoices):
    OPEN = "open", _("Measure recommended")
    ASKED = "asked", _("Waits for a second person")
    FOLLOWED = "followed", _("Measure taken")
    LEFT = "left", _("Not followed")
    TOLD = "told", _("Nothing found")


S, F = State, FindingState
OPEN = (S.RAISED, S.REVIEW, S.ASKED)
OVER = (S.UNFOUNDED, S.CLOSED, S.WITHDRAWN)


def _to_take_up(concern: Any) -> Span:
    """Seven days; then both readers are reminded, again and again."""
    return Span(FIRST, working=False)


def _to_reply(concern: Any) -> Span:
    """Fourteen days; then the review goes on without the answer."""
    return Span(REPLY, working=False)


def _to_decide(concern: Any) -> Span:
    """Sixty days; then both readers are reminded, again and again."""
    return Span(REVIEW, working=False)


def _to_forget(concern: Any) -> Span:
    """Three years after a measure, otherwise one; then nothing of it is kept but that there was one."""
    return Span(THREE_YEARS if concern.state == S.CLOSED else YEAR, working=False)


def _to_measure(finding: Any) -> Span:
    """Fourteen days; then whoever may take the measure is reminded, again and again."""
    return Span(MEASURE, working=False)


CONCERN = Flow(
    PACKAGE,
    _("Confidential report"),
    State,
    moves=(
        Move("tell", None, S.RAISED, r.may_tell, _("Tell it in confidence")),
        Move("take_up", S.RAISED, S.REVIEW, r.reads_it, _("Take it up"), main=True),
        Move("ask", S.REVIEW, S.ASKED, r.reads_it, _("Ask whoever told it"), needs=r.is_undecided),
        Move("reply", S.ASKED, S.REVIEW, r.told_it, pgettext_lazy("concern", "Answer"), main=True),
        Move("go_on", S.ASKED, S.REVIEW, r.reads_it | the_clock, _("Go on without the answer")),
        Move("add", (S.RAISED, S.REVIEW), None, r.told_it, _("Add something")),
        Move("note", (*OPEN, S.FOUNDED), None, r.reads_it, _("Note for the two of you")),
        Move("call_in", OPEN, None, r.reads_it, _("Call the stand-in"), needs=r.has_gap),
        Move("draft", S.REVIEW, None, r.reads_it, _("Write the finding"), needs=r.is_undecided),
        Move("decide", S.REVIEW, (S.FOUNDED, S.UNFOUNDED), r.reads_it, _("Release the finding"), needs=r.has_draft,
             second=r.reads_it, main=True),
        Move("withdraw", OPEN, S.WITHDRAWN, r.told_it, _("Take it back")),
        Move("remind", OPEN, None, the_clock, _("Both readers were reminded")),
        Move("close", S.FOUNDED, S.CLOSED, the_system, _("The recommendation was answered")),
        Move("forget", OVER, None, the_clock, _("What was told is gone")),
    ),
    limits=(
        Limit(name="first", states=(S.RAISED,), span=_to_take_up, then="remind", again=True,
              label=_("someone takes it up")),
        Limit(name="reply", states=(S.ASKED,), span=_to_reply, then="go_on", label=_("for the answer")),
        Limit(name="review", states=(S.REVIEW, S.ASKED), span=_to_decide, then="remind", again=True,
              label=_("it is decided")),
        Limit(name="kept", states=OVER, span=_to_forget, then="forget", label=_("the words go"),
              rings=lambda concern: concern.forgotten_at is None),
    ),
)  # fmt: skip

FINDING = Flow(
    PACKAGE,
    _("Finding"),
    FindingState,
    moves=(
        Move("release", None, (F.OPEN, F.TOLD), the_system, _("Released by both readers")),
        Move("follow", F.OPEN, (F.FOLLOWED, F.ASKED), r.takes_measures, _("Take this measure"), main=True,
             needs=r.is_possible),
        Move("leave", F.OPEN, F.LEFT, r.takes_measures, _("Do not take it, and say why")),
        Move("taken", (F.OPEN, F.ASKED), F.FOLLOWED, the_system, _("The measure was taken")),
        Move("put_back", F.ASKED, F.OPEN, the_system, _("The second person did not agree")),
        Move("urge", F.OPEN, None, the_clock, _("Reminded")),
    ),
    limits=(
        Limit(name="measure", states=(F.OPEN,), span=_to_measure, then="urge", again=True,
              label=_("the measure is decided")),
    ),
)  # fmt: skip
