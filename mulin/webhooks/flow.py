"""The life of a webhook: its address is tried, it is told what happens, it rests, it ends by itself after a year."""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock, the_system

from .figures import LIVES, PROVED_WITHIN
from .rules import has_answered, keeps


class State(TextChoices):
    MADE = "made", _("Being tried")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


OPEN = (State.MADE, State.ACTIVE, State.PAUSED)


def _a_year(webhook: Any) -> Span:
    """A year; all hours count."""
    return Span(LIVES, working=False)


def _to_answer(webhook: Any) -> Span:
    """Seven days in which the address has to answer once; all hours count."""
    return Span(PROVED_WITHIN, working=False)


WEBHOOK = Flow(
    "mulin.webhooks",
    _("Webhook"),
    State,
    moves=(
        Move("make", None, State.MADE, keeps, _("Make a webhook")),
        Move("start", State.MADE, State.ACTIVE, keeps | the_system, _("Start"), needs=has_answered, main=True),
        Move("ping", OPEN, None, keeps, _("Send a trial message")),
        Move("pause", State.ACTIVE, State.PAUSED, keeps, _("Pause")),
        Move("suspend", State.ACTIVE, State.PAUSED, the_system, _("Pause, since nobody answers")),
        Move("resume", State.PAUSED, State.ACTIVE, keeps, _("Go on"), main=True),
        Move("change", OPEN, None, keeps, _("Change what it hears")),
        Move("renew", OPEN, None, keeps, _("Make a new secret")),
        Move("again", (State.ACTIVE, State.PAUSED), None, keeps, _("Send again")),
        Move("replay", (State.ACTIVE, State.PAUSED), None, keeps, _("Replay lines")),
        Move("end", OPEN, State.ENDED, keeps, _("End the webhook")),
        Move("expire", OPEN, State.ENDED, the_clock, _("End by itself")),
    ),
    limits=(
        Limit(name="proof", states=(State.MADE,), span=_to_answer, then="expire", label=_("the address answers")),
        Limit(name="year", states=OPEN, span=_a_year, then="expire", label=_("the webhook ends")),
    ),
)
