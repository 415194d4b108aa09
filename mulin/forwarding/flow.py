"""Two lives: of a connection to another server, and of a case that was sent on by it."""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock, the_system

from . import rules as r
from .figures.limits import LIVES, TO_ANSWER, TO_ARRIVE


class Connected(TextChoices):
    ACTIVE = "active", pgettext_lazy("connection", "Active")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


class State(TextChoices):
    WAITING = "waiting", _("On its way")
    SENT = "sent", _("Sent on")
    ANSWERED = "answered", _("They answered")
    CLOSED = "closed", _("Closed by them")
    FAILED = "failed", _("Not sent on")


LIVING = (Connected.ACTIVE, Connected.PAUSED)
THERE = (State.SENT, State.ANSWERED)
OPEN = (State.WAITING, *THERE)


def _a_year(connection: Any) -> Span:
    """A year; all hours count. Renewed, it begins anew."""
    return Span(LIVES, working=False)


def _to_arrive(forwarding: Any) -> Span:
    """Three days in which the other server has to take it; all hours count."""
    return Span(TO_ARRIVE, working=False)


def _to_answer(forwarding: Any) -> Span:
    """180 days from the last news; all hours count."""
    return Span(TO_ANSWER, working=False)


CONNECTION = Flow(
    "mulin.forwarding",
    _("Connection to another server"),
    Connected,
    moves=(
        Move("connect", None, Connected.ACTIVE, r.is_desk, _("Connect another server")),
        Move("map_category", LIVING, None, r.is_desk, _("Send a category there"), main=True),
        Move("unmap_category", LIVING, None, r.is_desk, _("Stop sending a category there"), needs=r.sends_something),
        Move("change", LIVING, None, r.is_desk, _("Change the connection")),
        Move("pause", Connected.ACTIVE, Connected.PAUSED, r.is_desk, _("Pause")),
        Move("resume", Connected.PAUSED, Connected.ACTIVE, r.is_desk, _("Go on"), main=True),
        Move("renew", LIVING, None, r.is_desk, _("Keep it for another year")),
        Move("end", LIVING, Connected.ENDED, r.is_desk, _("End the connection")),
        Move("expire", LIVING, Connected.ENDED, the_clock, _("End by itself")),
    ),
    limits=(
        Limit(
            name="year", states=LIVING, span=_a_year, then="expire", label=_("the connection ends"), restarts=("renew",)
        ),
    ),
)

FORWARDING = Flow(
    "mulin.forwarding",
    _("Forwarded case"),
    State,
    moves=(
        Move("forward", None, State.WAITING, r.in_charge, _("Send it on"), needs=r.is_public & r.is_connected),
        Move("deliver", State.WAITING, State.SENT, the_system, _("The other server took it")),
        Move("number", State.SENT, None, the_system, _("The other server gave it a number")),
        Move("hear", THERE, State.ANSWERED, the_system, _("News came back")),
        Move("finish", THERE, State.CLOSED, the_system, _("They closed it")),
        Move("take_over", State.CLOSED, None, r.in_charge, _("Solved by them"), needs=r.can_be_solved, main=True),
        Move("give_up", OPEN, State.FAILED, r.in_charge | the_clock | the_system, _("Stop waiting for them")),
        Move("try_again", State.FAILED, (State.WAITING, State.SENT), r.in_charge, _("Try again"),
             needs=r.is_public & r.is_connected, main=True),
    ),
    limits=(
        Limit(name="arrive", states=(State.WAITING,), span=_to_arrive, then="give_up", label=_("it arrives there")),
        Limit(
            name="answer", states=THERE, span=_to_answer, then="give_up", label=_("they answer"), restarts=("hear",)
        ),
    ),
)  # fmt: skip
