"""Cooling-offs: a whole discussion rests for some hours, and opens by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import CLOCK, now
from mulin.kernel.engine import Once, Turn, begin, moves
from mulin.kernel.refusals import Refused
from mulin.territory.models import Community

from .. import queries
from ..flow import PAUSE, PauseState
from ..models import Pause


def cool(
    *, by: Any, community: Community, on: Any, reason: str, words: str, hours: int, once: Once | None = None
) -> Pause:
    """Let a discussion cool off: nobody writes in it for some hours, and nobody in particular is meant."""
    subject = queries.subject_of(by, community, on)
    made = Pause(
        community=community, subject_kind=subject._meta.label_lower, subject_id=subject.pk, reason=reason,
        words=words.strip(), hours=hours, ends_at=now() + timedelta(hours=hours), begun_by_id=by.person_id,
    )  # fmt: skip
    return begin(made, by=by, verb="cool", once=once, prepare=_not_twice)


def _not_twice(turn: Turn, pause: Pause) -> None:
    for running in Pause.objects.filter(
        community=pause.community_id, subject_kind=pause.subject_kind, subject_id=pause.subject_id,
        state=PauseState.RUNNING,
    ):  # fmt: skip
        if running.ends_at > now():
            raise Refused("cooling_off", _("This discussion cools off already. Open it first to begin anew."))
        reopen(running, by=CLOCK)  # its time is up, the clock only did not come by yet


@moves(PAUSE)
def lift(pause: Pause, *, by: Any) -> None:
    """Open the discussion before its time."""
    pause.ends_at = now()


@moves(PAUSE)
def reopen(pause: Pause, *, by: Any) -> None:
    """Open the discussion, since its time is up."""
