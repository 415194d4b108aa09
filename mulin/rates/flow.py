"""The life of an exclusion: a case is left out of the rates only with a reason and a second person."""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock

from . import rules as r
from .figures import ANSWER_WITHIN


class State(TextChoices):
    ASKED = "asked", pgettext_lazy("exclusion", "Asked for")
    LEFT_OUT = "left_out", _("Left out of the rates")
    COUNTED = "counted", _("Counted as before")


def _two_weeks(exclusion: Any) -> Span:
    """Two weeks; what nobody agreed to stays counted."""
    return Span(ANSWER_WITHIN, working=False)


EXCLUSION = Flow(
    "mulin.rates",
    _("Exclusion"),
    State,
    moves=(
        Move("ask", None, State.ASKED, r.answers_for_rates, _("Ask to leave it out"), public=False),
        Move("agree", State.ASKED, State.LEFT_OUT, r.answers_for_rates, _("I agree: leave it out"),
             needs=r.is_another, main=True, public=False),
        Move("decline", State.ASKED, State.COUNTED, r.answers_for_rates, _("No, count it"), needs=r.is_another,
             public=False),
        Move("take_back", State.ASKED, State.COUNTED, r.asked_for_it, _("Take the request back"), public=False),
        Move("lapse", State.ASKED, State.COUNTED, the_clock, _("Nobody agreed in time"), public=False),
        Move("count_again", State.LEFT_OUT, State.COUNTED, r.answers_for_rates, _("Count it again"), public=False),
    ),
    limits=(
        Limit(name="answer", states=(State.ASKED,), span=_two_weeks, then="lapse", label=_("it stays counted")),
    ),
)  # fmt: skip
