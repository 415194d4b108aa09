"""The life of a vote: prepared, noticed, open, closed, counted, published, final; every day of it by the clock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock
from mulin.people.figures import until

from . import rules as r
from .figures import ANSWER_DAYS, REMIND_DAYS

PACKAGE = "mulin.votes"


class State(TextChoices):
    PREPARED = "prepared", pgettext_lazy("vote", "Being prepared")
    NOTICED = "noticed", pgettext_lazy("vote", "Announced")
    OPEN = "open", _("Voting is on")
    CLOSED = "closed", pgettext_lazy("vote", "Closed")
    COUNTED = "counted", pgettext_lazy("vote", "Counted")
    PUBLISHED = "published", _("Result published")
    CHALLENGED = "challenged", _("Challenged")
    FINAL = "final", pgettext_lazy("vote", "Final")
    VOID = "void", pgettext_lazy("vote", "Void")
    CALLED_OFF = "called_off", _("Called off")


S = State
NEXT = (S.NOTICED, S.OPEN)
COUNTED = (S.COUNTED, S.PUBLISHED, S.CHALLENGED, S.FINAL, S.VOID)


def _until(vote: Any, day: date | None) -> Span | None:
    return None if day is None else Span(until(day, vote.community), working=False)


def _before_opening(vote: Any) -> Span | None:
    """To the beginning of the first day of voting, in the community's own time."""
    return _until(vote, vote.opens_on)


def _voting(vote: Any) -> Span | None:
    """To the end of the last day of voting, in the community's own time."""
    return _until(vote, vote.closes_on + timedelta(days=1))


def _almost(vote: Any) -> Span | None:
    """To two days before the end of voting; none where voting is shorter."""
    day = vote.closes_on + timedelta(days=1 - REMIND_DAYS)
    return _until(vote, day) if day > vote.opens_on else None


def _at_once(vote: Any) -> Span:
    """At once: nobody is needed."""
    return Span(timedelta(), working=False)


def _window(vote: Any) -> Span | None:
    """To the end of the last day on which the result can be challenged."""
    return _until(vote, vote.challenge_until + timedelta(days=1))


def _answer(vote: Any) -> Span:
    """Seven days; then those who can answer are told again, and it stays where it is."""
    return Span(timedelta(days=ANSWER_DAYS), working=False)


def _is_public(vote: Any) -> bool:
    return vote.noticed_at is not None


VOTE = Flow(
    PACKAGE,
    _("Vote"),
    State,
    moves=(
        Move("prepare", None, S.PREPARED, r.prepares, _("Prepare a vote")),
        Move("amend", S.PREPARED, None, r.prepares, pgettext_lazy("vote", "Change it"), public=False),
        Move("notice", S.PREPARED, S.NOTICED, r.prepares, _("Announce it"), needs=r.has_its_days, main=True),
        Move("take_back", S.NOTICED, S.PREPARED, r.prepares, _("Take it back to change rules or days")),
        Move("correct_roll", S.NOTICED, None, r.prepares, _("Correct the roll"), second=r.prepares),
        Move("call_off", (S.PREPARED, S.NOTICED), S.CALLED_OFF, r.prepares, _("Call it off")),
        Move("nominate", NEXT, None, r.owns_together, _("Say which of us votes"), public=False),
        Move("open", S.NOTICED, S.OPEN, the_clock, _("The first day of voting began"), needs=r.is_undisputed),
        Move("cast", S.OPEN, None, r.may_cast, _("Vote"), needs=r.is_running, main=True, public=False),
        Move("check_in", S.OPEN, None, r.prepares, _("Check in who is present"), needs=r.has_seats, public=False),
        Move("count_hands", S.OPEN, S.CLOSED, r.prepares, _("Enter a show of hands"), needs=r.can_be_by_hands,
             second=r.prepares),
        Move("remind", S.OPEN, None, the_clock, _("Voting ends soon"), public=False),
        Move("close", S.OPEN, S.CLOSED, the_clock, _("The last day of voting is over")),
        Move("count", S.CLOSED, S.COUNTED, the_clock, _("Count it")),
        Move("publish", S.COUNTED, S.PUBLISHED, the_clock, _("Publish the result")),
        Move("challenge", (S.PUBLISHED, S.CHALLENGED), S.CHALLENGED, r.is_on_roll, _("Challenge the result"),
             needs=r.is_open_to_challenge),
        Move("answer", S.CHALLENGED, (S.PUBLISHED, S.VOID), r.had_no_part, _("Answer the challenge"), main=True),
        Move("ask_again", S.CHALLENGED, None, the_clock, _("The challenge still waits for an answer"), public=False),
        Move("finish", S.PUBLISHED, S.FINAL, the_clock, _("Nobody challenges it any more")),
    ),
    limits=(
        Limit(name="open", states=(S.NOTICED,), span=_before_opening, then="open", label=_("voting begins")),
        Limit(name="close", states=(S.OPEN,), span=_voting, then="close", label=_("voting ends")),
        Limit(name="remind", states=(S.OPEN,), span=_almost, then="remind", label=_("a word to who has not voted")),
        Limit(name="count", states=(S.CLOSED,), span=_at_once, then="count", label=_("it is counted")),
        Limit(name="publish", states=(S.COUNTED,), span=_at_once, then="publish", label=_("the result is published")),
        Limit(name="window", states=(S.PUBLISHED,), span=_window, then="finish", label=_("it can be challenged")),
        Limit(name="answer", states=(S.CHALLENGED,), span=_answer, then="ask_again", again=True,
              label=_("to answer the challenge")),
    ),
    public=_is_public,
)  # fmt: skip
