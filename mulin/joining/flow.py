"""The life of a joining: one keeper proposes it, another looks at it and does it, or says that they are two."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock

from . import rules as r

PACKAGE = "mulin.joining"
WAITS = timedelta(days=30)


class State(TextChoices):
    PROPOSED = "proposed", _("Waits for a second person")
    JOINED = "joined", pgettext_lazy("entries", "Joined")
    APART = "apart", _("Two persons")
    LAPSED = "lapsed", _("Lapsed")


def _to_decide(joining: Any) -> Span:
    """Thirty days; all hours count."""
    return Span(WAITS, working=False)


JOINING = Flow(
    PACKAGE,
    _("Two entries of one person"),
    State,
    moves=(
        Move("propose", None, State.PROPOSED, r.keeps_others, _("Propose to join them"), public=False),
        Move("tell_apart", None, State.APART, r.keeps_others, _("They are two persons"), public=False),
        Move(
            "agree", State.PROPOSED, None, r.signs_in_as_gone, _("Yes, both are me"), needs=r.is_asked, main=True,
            public=False,
        ),
        Move(
            "join", State.PROPOSED, State.JOINED, r.keeps_others & r.is_second, _("Join them"), needs=r.can_be_joined,
            main=True, public=False,
        ),
        Move(
            "part", State.PROPOSED, State.APART, r.keeps_others | r.signs_in_as_gone, _("No, they are two persons"),
            public=False,
        ),
        Move("lapse", State.PROPOSED, State.LAPSED, the_clock, _("Lapse"), public=False),
    ),
    limits=(
        Limit(name="answer", states=(State.PROPOSED,), span=_to_decide, then="lapse", label=_("the proposal lapses")),
    ),
)  # fmt: skip
