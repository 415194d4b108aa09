"""The life of a robot in a group chat: it is told what happens, it rests, it ends by itself after a year."""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock, the_system

from .figures import ROBOT_LIVES
from .rules import keeps


class State(TextChoices):
    ACTIVE = "active", pgettext_lazy("robot", "Active")
    PAUSED = "paused", pgettext_lazy("robot", "Paused")
    ENDED = "ended", pgettext_lazy("robot", "Ended")


OPEN = (State.ACTIVE, State.PAUSED)


def _a_year(robot: Any) -> Span:
    """A year, unless someone lets it go on; all hours count."""
    return Span(ROBOT_LIVES, working=False)


ROBOT = Flow(
    "mulin.news",
    _("Group robot"),
    State,
    moves=(
        Move("add", None, State.ACTIVE, keeps, _("Add a group robot")),
        Move("ping", State.ACTIVE, None, keeps, _("Send a trial message"), main=True),
        Move("change", OPEN, None, keeps, _("Change what it hears")),
        Move("pause", State.ACTIVE, State.PAUSED, keeps, pgettext_lazy("robot", "Pause")),
        Move("suspend", State.ACTIVE, State.PAUSED, the_system, _("Pause, since the group cannot be reached")),
        Move("resume", State.PAUSED, State.ACTIVE, keeps, pgettext_lazy("robot", "Go on"), main=True),
        Move("extend", OPEN, None, keeps, _("For another year")),
        Move("end", OPEN, State.ENDED, keeps, _("Remove it")),
        Move("expire", OPEN, State.ENDED, the_clock, _("End by itself")),
    ),
    limits=(
        Limit(name="year", states=OPEN, span=_a_year, then="expire", label=_("the robot ends"), restarts=("extend",)),
    ),
)
