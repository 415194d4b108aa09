"""The life of an incident: declared, spoken of, its cases settled one by one, over."""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock

from . import rules as r
from .figures import SPEAK_EVERY


class State(TextChoices):
    ACTIVE = "active", pgettext_lazy("incident", "Under way")
    ENDED = "ended", pgettext_lazy("incident", "Over")


def _two_days(incident: Any) -> Span:
    """Two days without a word; all hours count, since people wait at night too."""
    return Span(SPEAK_EVERY, working=False)


def _is_public(incident: Any) -> bool:
    return True


INCIDENT = Flow(
    "mulin.incidents",
    _("Incident"),
    State,
    moves=(
        Move("declare", None, State.ACTIVE, r.is_desk, _("Declare an incident")),
        Move("report_on", State.ACTIVE, None, r.is_desk, _("Say how it stands"), main=True),
        Move("add", State.ACTIVE, None, r.is_desk, _("Add a case")),
        Move("take_out", State.ACTIVE, None, r.is_desk, _("Take a case out"), needs=r.has_parts),
        Move("correct", State.ACTIVE, None, r.is_desk, _("Correct its words and place")),
        Move("end", State.ACTIVE, State.ENDED, r.is_desk, _("It is over"), needs=r.parts_are_done),
        Move("reopen", State.ENDED, State.ACTIVE, r.is_desk, _("Open it again")),
        Move("follow", State.ACTIVE, None, r.is_someone, _("Keep me posted"), needs=r.follows_not, public=False),
        Move("unfollow", (State.ACTIVE, State.ENDED), None, r.is_someone, _("No more word of it"), needs=r.follows,
             public=False),
        Move("ask_word", State.ACTIVE, None, the_clock, _("Ask for a word"), public=False),
    ),
    limits=(
        Limit(name="word", states=(State.ACTIVE,), span=_two_days, then="ask_word", again=True,
              restarts=("report_on",), label=_("the next word is said")),
    ),
    public=_is_public,
)  # fmt: skip
