"""The lives of a body (founded, in office, ended) and of its mandate (proposed, in force, ended)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock, the_system
from mulin.people.figures import until

from . import rules as r
from .figures import PROPOSAL_DAYS

PACKAGE = "mulin.bodies"


class State(TextChoices):
    FOUNDED = "founded", pgettext_lazy("body", "Not in office")
    IN_OFFICE = "in_office", pgettext_lazy("body", "In office")
    SUSPENDED = "suspended", pgettext_lazy("body", "Suspended")
    ENDED = "ended", pgettext_lazy("body", "Ended")


class MandateState(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("mandate", "Proposed")
    IN_FORCE = "in_force", pgettext_lazy("mandate", "In force")
    ENDED = "ended", pgettext_lazy("mandate", "Ended")


S, M = State, MandateState
WORKING = (S.FOUNDED, S.IN_OFFICE)
LIVING = (*WORKING, S.SUSPENDED)


def _until_the_last_day(noun: Any) -> Span | None:
    """Until its last day is over, in the community's own time."""
    return Span(until(noun.ends_on, noun.community), working=False) if noun.ends_on else None


def _to_be_granted(mandate: Any) -> Span:
    """Sixty days; then a mandate that nobody granted ends."""
    return Span(timedelta(days=PROPOSAL_DAYS), working=False)


BODY = Flow(
    PACKAGE,
    _("Body"),
    State,
    moves=(
        Move("found", None, S.FOUNDED, r.keeps_bodies | the_system, _("Found a council or committee")),
        Move("offer_seat", WORKING, None, r.keeps_bodies, _("Offer a seat"), needs=r.has_vacancy,
             public=False),
        Move("take_office", S.FOUNDED, S.IN_OFFICE, r.keeps_bodies, _("Take office"), needs=r.is_full_enough,
             main=True),
        Move("new_term", S.IN_OFFICE, None, r.keeps_bodies, _("Note a new term"), needs=r.is_full_enough),
        Move("change_rules", WORKING, None, r.keeps_bodies, _("Change its rules"), second=r.keeps_bodies),
        Move("open_seats", WORKING, None, r.keeps_bodies, _("Open the seats that lack"), needs=r.lacks_seats),
        Move("suspend", WORKING, S.SUSPENDED, the_system, _("Its organisation was suspended")),
        Move("lift", S.SUSPENDED, WORKING, the_system, _("Its organisation goes on")),
        Move("step_down", S.IN_OFFICE, S.FOUNDED, the_clock, _("Its term is over")),
        Move("end_body", LIVING, S.ENDED, r.keeps_bodies, _("End it"), second=r.keeps_bodies),
        Move("close_down", LIVING, S.ENDED, the_system, _("Its organisation was dissolved")),
    ),
    limits=(
        Limit(name="term", states=(S.IN_OFFICE,), span=_until_the_last_day, then="step_down", restarts=("new_term",),
              label=_("its term ends")),
    ),
    public=lambda body: True,
)  # fmt: skip

MANDATE = Flow(
    PACKAGE,
    _("Mandate"),
    MandateState,
    moves=(
        Move("propose", None, M.PROPOSED, r.keeps_bodies | r.sits_in_it, _("Propose a mandate")),
        Move("grant", M.PROPOSED, M.IN_FORCE, r.keeps_bodies, _("Note that it was granted"), main=True,
             needs=r.is_in_office, second=r.keeps_bodies),
        Move("withdraw", M.PROPOSED, M.ENDED, r.keeps_bodies | r.sits_in_it, _("Withdraw it")),
        Move("use", M.IN_FORCE, None, r.keeps_bodies | r.sits_in_it | the_system, _("Note what was decided under it"),
             needs=r.is_in_office & r.has_begun),
        Move("revoke", M.IN_FORCE, M.ENDED, r.keeps_bodies, _("Note that it was revoked"), second=r.keeps_bodies),
        Move("expire", (M.PROPOSED, M.IN_FORCE), M.ENDED, the_clock, _("End by itself")),
        Move("stop", (M.PROPOSED, M.IN_FORCE), M.ENDED, the_system, _("The body is no more")),
    ),
    limits=(
        Limit(name="grant", states=(M.PROPOSED,), span=_to_be_granted, then="expire", label=_("the proposal lapses")),
        Limit(name="mandate", states=(M.IN_FORCE,), span=_until_the_last_day, then="expire",
              label=_("the mandate ends")),
    ),
    public=lambda mandate: True,
)  # fmt: skip
