"""The life of a notice, posted for some days and then settled; and of an objection to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock, the_system
from mulin.people.figures import until

from . import rules as r
from .figures import DRAFT_DAYS, SILENCE_DAYS

PACKAGE = "mulin.notices"


class State(TextChoices):
    DRAFTED = "drafted", pgettext_lazy("notice", "Draft")
    POSTED = "posted", pgettext_lazy("notice", "Posted")
    SETTLED = "settled", pgettext_lazy("notice", "Settled")
    DOWN = "down", pgettext_lazy("notice", "Taken down")
    WITHDRAWN = "withdrawn", pgettext_lazy("notice", "Withdrawn")
    REPLACED = "replaced", pgettext_lazy("notice", "Replaced")


class Stand(TextChoices):
    RAISED = "raised", pgettext_lazy("objection", "To be answered")
    ANSWERED = "answered", pgettext_lazy("objection", "Answered")
    PRESSED = "pressed", pgettext_lazy("objection", "To be answered again")
    SETTLED = "settled", pgettext_lazy("objection", "Settled")
    WITHDRAWN = "withdrawn", pgettext_lazy("objection", "Taken back")


S, O = State, Stand  # noqa: E741
ON_BOARD = (S.POSTED, S.SETTLED)
OPEN = (O.RAISED, O.ANSWERED, O.PRESSED)
TO_ANSWER = (O.RAISED, O.PRESSED)


def _through(noun: Any, day: date | None) -> Span | None:
    """Give the time to the end of a day, in the community's own time."""
    return None if day is None else Span(until(day + timedelta(days=1), noun.community), working=False)


def _draft(notice: Any) -> Span:
    """Ninety days; then a draft that was never posted ends, and its list with it."""
    return Span(timedelta(days=DRAFT_DAYS), working=False)


def _days(notice: Any) -> Span | None:
    """To the end of its last day: as many whole days as its kind asks, not counting the day of posting."""
    return _through(notice, notice.ends_on)


def _board(notice: Any) -> Span | None:
    """To the day on which it is taken down."""
    return None if notice.down_on is None else _through(notice, notice.down_on - timedelta(days=1))


def _answer(objection: Any) -> Span:
    """To the end of the last day that the kind of notice gives for an answer; later, once more every day."""
    last = objection.answer_by + timedelta(days=1)
    return Span(max(until(last, objection.community), timedelta(days=1)), working=False)


def _silence(objection: Any) -> Span | None:
    """Five whole days after the answer; silence means that it is accepted."""
    return _through(objection, objection.answered_on and objection.answered_on + timedelta(days=SILENCE_DAYS))


def _nothing_stands_against(notice: Any) -> bool:
    return bool(notice.open_objections == 0)


def _is_public(notice: Any) -> bool:
    return notice.posted_on is not None


NOTICE = Flow(
    PACKAGE,
    _("Notice"),
    State,
    moves=(
        Move("draft", None, S.DRAFTED, r.keeps_notices, _("Write a notice")),
        Move("post_for", None, S.POSTED, r.has_subject, _("Posted with its matter")),
        Move("amend", S.DRAFTED, None, r.keeps_notices, _("Change it"), needs=r.waits_for_nobody),
        Move("fill", S.DRAFTED, None, r.keeps_notices, _("Bring in its list"),
             needs=r.may_have_list & r.waits_for_nobody),
        Move("post", S.DRAFTED, S.POSTED, r.keeps_notices, _("Post it"), needs=r.has_no_list, main=True),
        Move("post_list", S.DRAFTED, S.POSTED, r.keeps_notices, _("Post it with its list"), needs=r.has_rows,
             second=r.keeps_notices, main=True),
        Move("drop", S.DRAFTED, S.WITHDRAWN, r.keeps_notices | the_clock, _("Throw the draft away")),
        Move("be_objected", S.POSTED, None, the_system, _("An objection was raised")),
        Move("be_cleared", S.POSTED, None, the_system, _("An objection was settled"), needs=r.has_open_objection),
        Move("settle", S.POSTED, S.SETTLED, the_clock, _("Its days are over"), needs=r.has_no_open_objection),
        Move("withdraw", ON_BOARD, S.WITHDRAWN, r.keeps_notices | the_system, pgettext_lazy("notice", "Withdraw it"),
             needs=r.stands_alone),
        Move("be_replaced", ON_BOARD, S.REPLACED, the_system, _("A corrected one was posted")),
        Move("take_down", S.SETTLED, S.DOWN, the_clock | the_system, _("Taken down")),
    ),
    limits=(
        Limit(name="draft", states=(S.DRAFTED,), span=_draft, then="drop", restarts=("amend", "fill"),
              label=_("the draft ends")),
        Limit(name="days", states=(S.POSTED,), span=_days, then="settle", restarts=("be_cleared",),
              rings=_nothing_stands_against, label=_("it is posted")),
        Limit(name="board", states=(S.SETTLED,), span=_board, then="take_down", label=_("it stays on the board")),
    ),
    public=_is_public,
)  # fmt: skip

OBJECTION = Flow(
    PACKAGE,
    _("Objection"),
    Stand,
    moves=(
        Move("lodge", None, O.RAISED, r.may_object, _("Object"), needs=r.takes_objections),
        Move("answer", O.RAISED, O.ANSWERED, r.answers, _("Answer it"), main=True),
        Move("remind", TO_ANSWER, None, the_clock, _("Not answered in time")),
        Move("accept", O.ANSWERED, O.SETTLED, r.is_objector, _("I am content with it"), main=True),
        Move("press", O.ANSWERED, O.PRESSED, r.is_objector, _("Not content: somebody else should answer")),
        Move("lapse", O.ANSWERED, O.SETTLED, the_clock, _("Nothing more was said")),
        Move("answer_again", O.PRESSED, O.SETTLED, r.answers_again, _("Give the last answer"), main=True),
        Move("take_back", OPEN, O.WITHDRAWN, r.is_objector, _("Take the objection back")),
        Move("close", OPEN, O.SETTLED, the_system, _("The notice was withdrawn or replaced")),
    ),
    limits=(
        Limit(name="answer", states=TO_ANSWER, span=_answer, then="remind", restarts=("press",), again=True,
              label=_("to answer it")),
        Limit(name="silence", states=(O.ANSWERED,), span=_silence, then="lapse", label=_("for the objector's word")),
    ),
)  # fmt: skip
