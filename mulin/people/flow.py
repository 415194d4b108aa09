"""The life of a term: a post is offered to someone, held for a time, and ends."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mulin.kernel.clock import now
from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock, the_system

from .figures import OFFER_LIVES
from .rules import is_the_person, looks_after_posts


class State(TextChoices):
    OFFERED = "offered", _("Offered")
    HELD = "held", _("Held")
    ENDED = "ended", _("Ended")


def _until_the_last_day(term: Any) -> Span:
    """Until its last day begins, in the community's own time."""
    ends = datetime.combine(term.ends_on, time(), term.community.zone_info).astimezone(UTC)
    return Span(max(ends - now(), timedelta()), working=False)


def _to_answer(term: Any) -> Span:
    """Two weeks; all hours count."""
    return Span(OFFER_LIVES, working=False)


TERM = Flow(
    "mulin.people",
    _("Term"),
    State,
    moves=(
        Move("offer", None, State.OFFERED, looks_after_posts | the_system, _("Offer the post")),
        Move("accept", State.OFFERED, State.HELD, is_the_person, _("Accept the post"), main=True),
        Move("decline", State.OFFERED, State.ENDED, is_the_person, _("Decline"), public=False),
        Move("resign", State.HELD, State.ENDED, is_the_person, _("Step down")),
        Move("end", (State.OFFERED, State.HELD), State.ENDED, looks_after_posts, _("End the term")),
        Move("expire", (State.OFFERED, State.HELD), State.ENDED, the_clock, _("End by itself")),
    ),
    limits=(
        Limit(name="answer", states=(State.OFFERED,), span=_to_answer, then="expire", label=_("the offer lapses")),
        Limit(name="term", states=(State.HELD,), span=_until_the_last_day, then="expire", label=_("the term ends")),
    ),
)
