"""The life of a suggestion: written, brought, handed on, answered, judged, and what was promised kept or not."""

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
from .figures import DRAFT_DAYS, HAND_ON_DAYS, JUDGE_DAYS, KEPT_DAYS, RECEIVE_DAYS

PACKAGE = "mulin.deputies"


class State(TextChoices):
    DRAFTED = "drafted", pgettext_lazy("suggestion", "Draft")
    BROUGHT = "brought", _("To be handed on")
    HANDED = "handed", _("Handed on")
    IN_HAND = "in_hand", pgettext_lazy("suggestion", "In hand")
    ANSWERED = "answered", pgettext_lazy("suggestion", "Answered")
    PROMISED = "promised", _("Promised")
    CLOSED = "closed", pgettext_lazy("suggestion", "Finished")
    NOT_KEPT = "not_kept", _("Promise not kept")
    WITHDRAWN = "withdrawn", pgettext_lazy("suggestion", "Withdrawn")


S = State
UNANSWERED = (S.HANDED, S.IN_HAND)
SIGNABLE = (S.BROUGHT, S.HANDED, S.IN_HAND)


def _through(suggestion: Any, day: date | None, further: int = 0) -> Span | None:
    """Give the time to the end of a day, and some days further, in the community's own time."""
    if day is None:
        return None
    return Span(until(day + timedelta(days=further + 1), suggestion.community), working=False)


def _draft(suggestion: Any) -> Span:
    """Half a year; then a draft that was never brought ends."""
    return Span(timedelta(days=DRAFT_DAYS), working=False)


def _hand_on(suggestion: Any) -> Span:
    """Seven days; then it goes to the department that was named, and where none was the desk is reminded."""
    return Span(timedelta(days=HAND_ON_DAYS), working=False)


def _receive(suggestion: Any) -> Span | None:
    """To the end of the tenth day after it was handed on; silence means that it is theirs."""
    return _through(suggestion, suggestion.handed_on, RECEIVE_DAYS)


def _answer(suggestion: Any) -> Span | None:
    """To the end of the same day three months after it was handed on; six where it is hard; three the second time."""
    return _through(suggestion, suggestion.answer_by)


def _judge(suggestion: Any) -> Span:
    """Thirty days; then it goes on without the deputy's word."""
    return Span(timedelta(days=JUDGE_DAYS), working=False)


def _promise(suggestion: Any) -> Span | None:
    """To the end of the day that was promised."""
    return _through(suggestion, suggestion.promised_on)


def _silence(suggestion: Any) -> Span | None:
    """Thirty days after the day that was promised; silence means that it was not kept."""
    return _through(suggestion, suggestion.promised_on, KEPT_DAYS)


def _is_public(suggestion: Any) -> bool:
    return suggestion.published_at is not None


SUGGESTION = Flow(
    PACKAGE,
    _("Deputy's suggestion"),
    State,
    moves=(
        Move("draft", None, S.DRAFTED, r.is_deputy, _("Write a suggestion")),
        Move("correct", S.DRAFTED, None, r.is_bringer, _("Change it")),
        Move("bring", S.DRAFTED, S.BROUGHT, r.is_bringer & r.is_deputy, _("Bring it"), main=True),
        Move("drop", S.DRAFTED, S.WITHDRAWN, the_clock, _("A draft that was never brought")),
        Move("send_back", S.BROUGHT, S.DRAFTED, r.is_router, _("Give it back to the deputy"), needs=r.was_not_shown),
        Move("hand_on", S.BROUGHT, S.HANDED, r.is_router, _("Hand it on"), main=True),
        Move("go_on", S.BROUGHT, (S.BROUGHT, S.HANDED), the_clock, _("The desk did not hand it on in time")),
        Move("co_sign", SIGNABLE, None, r.is_other_deputy, _("Sign it, too"), needs=r.has_not_signed),
        Move("step_back", SIGNABLE, None, r.has_signed, _("Take my name off")),
        Move("receive", S.HANDED, S.IN_HAND, r.speaks | r.is_router, _("It is ours, we take it on"), main=True),
        Move("hand_back", S.HANDED, S.BROUGHT, r.speaks | r.is_router, _("Not ours, hand it back")),
        Move("count_as_theirs", S.HANDED, S.IN_HAND, the_clock, _("Nobody said otherwise: it is theirs")),
        Move("report_on", S.IN_HAND, None, r.speaks | r.takes_part | r.is_router, _("Say how far it is")),
        Move("extend", S.IN_HAND, None, r.speaks | r.is_router, _("Ask for longer"), needs=r.may_be_longer,
             second=r.is_router),
        Move("overrun", UNANSWERED, None, the_clock, _("Not answered in time")),
        Move("unroute", UNANSWERED, S.BROUGHT, the_system, _("The department is no more")),
        Move("answer", S.IN_HAND, S.ANSWERED, r.speaks | r.is_router, _("Answer it"), main=True),
        Move("judge", S.ANSWERED, (S.CLOSED, S.PROMISED, S.IN_HAND), r.is_bringer, _("Judge the answer"), main=True),
        Move("settle", S.ANSWERED, (S.CLOSED, S.PROMISED), the_clock, _("The deputy said nothing in time")),
        Move("ask_kept", S.PROMISED, None, the_clock, _("The day that was promised is over")),
        Move("fulfil", (S.PROMISED, S.NOT_KEPT), S.CLOSED, r.speaks | r.is_router, _("The promise is kept"), main=True),
        Move("admit", S.PROMISED, S.NOT_KEPT, r.speaks | r.is_router, _("It cannot be kept")),
        Move("lapse", S.PROMISED, S.NOT_KEPT, the_clock, _("Nobody said that it was kept")),
        Move("withdraw", (S.DRAFTED, *SIGNABLE), S.WITHDRAWN, r.is_bringer, _("Withdraw it")),
    ),
    limits=(
        Limit(name="draft", states=(S.DRAFTED,), span=_draft, then="drop", restarts=("correct",),
              label=_("the draft ends")),
        Limit(name="hand_on", states=(S.BROUGHT,), span=_hand_on, then="go_on", again=True, label=_("to hand it on")),
        Limit(name="receive", states=(S.HANDED,), span=_receive, then="count_as_theirs", label=_("to take it on")),
        Limit(name="answer", states=UNANSWERED, span=_answer, then="overrun", restarts=("extend",),
              label=_("to answer it")),
        Limit(name="judge", states=(S.ANSWERED,), span=_judge, then="settle", label=_("for the deputy's word")),
        Limit(name="promise", states=(S.PROMISED,), span=_promise, then="ask_kept", label=_("what was promised")),
        Limit(name="silence", states=(S.PROMISED,), span=_silence, then="lapse", label=_("to say whether it was kept")),
    ),
    public=_is_public,
)  # fmt: skip
