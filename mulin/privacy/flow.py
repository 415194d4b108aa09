"""The life of a consent: given for a time, taken back with one tap, or over by itself."""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock, the_system
from mulin.people.figures import until

from .rules import can_be_asked, is_the_person, keeps_persons


class State(TextChoices):
    GIVEN = "given", _("Given")
    WITHDRAWN = "withdrawn", _("Taken back")
    OVER = "over", _("Over")


def _until_the_last_day(consent: Any) -> Span:
    """Until its last day begins, in the community's own time."""
    return Span(until(consent.ends_on, consent.community), working=False)


CONSENT = Flow(
    "mulin.privacy",
    _("Consent"),
    State,
    moves=(
        Move("give", None, State.GIVEN, is_the_person | keeps_persons, _("I agree"), needs=can_be_asked, public=False),
        Move("renew", State.GIVEN, State.GIVEN, is_the_person, _("Keep it up"), needs=can_be_asked, public=False),
        Move(
            "withdraw", State.GIVEN, State.WITHDRAWN, is_the_person | keeps_persons, _("Take it back"), main=True,
            public=False,
        ),
        Move("expire", State.GIVEN, State.OVER, the_clock | the_system, _("End by itself"), public=False),
    ),
    limits=(
        Limit(
            name="consent", states=(State.GIVEN,), span=_until_the_last_day, then="expire",
            label=_("the consent ends"), restarts=("renew",),
        ),
    ),
)  # fmt: skip
