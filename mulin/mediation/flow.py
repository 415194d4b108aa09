"""The life of a mediation: asked for, agreed to, a mediator chosen, sessions, a text, and whether it is kept."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.clock import now
from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock, the_system

from . import rules as r
from .figures import ANSWER, CHOOSE, CONFIRM, COURT_TOLD, HALF_A_YEAR, MEDIATOR_DAYS, MEET, NAG, YEAR


class State(TextChoices):
    ASKED = "asked", pgettext_lazy("mediation", "Asked for")
    AGREED = "agreed", _("Both want to talk")
    CHOSEN = "chosen", _("Mediator asked")
    IN_SESSION = "in_session", _("In session")
    DRAFTED = "drafted", _("Text to confirm")
    RESTING = "resting", _("Pause to cool off")
    SETTLED = "settled", pgettext_lazy("mediation", "Settled")
    KEPT = "kept", pgettext_lazy("mediation", "Kept")
    DECLINED = "declined", _("Did not come about")
    WITHDRAWN = "withdrawn", pgettext_lazy("mediation", "Consent withdrawn")
    FAILED = "failed", _("Without agreement")


S = State
TALKING = (S.AGREED, S.CHOSEN, S.IN_SESSION, S.DRAFTED)
ENDED = (S.KEPT, S.DECLINED, S.WITHDRAWN, S.FAILED)
OPEN = (S.ASKED, *TALKING, S.RESTING)
HELD = (S.SETTLED, S.KEPT)


def _seven_days(mediation: Any) -> Span:
    """Seven days; then nothing comes of it."""
    return Span(ANSWER, working=False)


def _to_choose(mediation: Any) -> Span:
    """Two weeks; then both sides are reminded, again and again."""
    return Span(CHOOSE, working=False)


def _to_take_on(mediation: Any) -> Span:
    """Three working days; then the sides choose somebody else."""
    return Span(MEDIATOR_DAYS * mediation.community.working_day)


def _to_meet(mediation: Any) -> Span:
    """Two weeks to the next session that is held; then everyone is reminded."""
    return Span(MEET, working=False)


def _to_confirm(mediation: Any) -> Span:
    """Seven days from each text; then it goes back to the table."""
    return Span(CONFIRM, working=False)


def _to_rest(mediation: Any) -> Span | None:
    """As many days as the side asked for, at most two weeks."""
    return Span(max(mediation.rest_until - now(), timedelta()), working=False) if mediation.rest_until else None


def _to_end(mediation: Any) -> Span:
    """Half a year of talking; then it ends without agreement."""
    return Span(HALF_A_YEAR, working=False)


def _to_follow_up(mediation: Any) -> Span | None:
    """Nine in the morning of the next follow-up day; a week later once more, three times at most."""
    found = mediation.next_follow_up
    if found is None:
        return None
    at = datetime.combine(found.on, time(9), mediation.community.zone_info) - now()
    return Span(at if at > timedelta() else NAG, working=False)


def _to_court(mediation: Any) -> Span | None:
    """Twenty-three days after both confirmed: a week before the court's door for a joint confirmation closes."""
    return None if mediation.court_told_at else Span(COURT_TOLD, working=False)


def _to_forget(mediation: Any) -> Span:
    """A year after the end; then the mediator's own notes are gone."""
    return Span(YEAR, working=False)


MEDIATION = Flow(
    "mulin.mediation",
    _("Mediation"),
    State,
    moves=(
        Move("ask", None, S.ASKED, r.may_ask, _("Ask for mediation")),
        Move("agree", S.ASKED, (S.ASKED, S.AGREED), r.speaks, _("I am willing to talk"), needs=r.has_not_answered,
             main=True),
        Move("decline", S.ASKED, S.DECLINED, r.speaks, _("No, thank you"), needs=r.has_not_answered),
        Move("take_back", S.ASKED, S.DECLINED, r.is_asker, _("Take it back")),
        Move("lapse", S.ASKED, S.DECLINED, the_clock, _("Nobody answered in time")),
        Move("join", (S.ASKED, S.AGREED, S.CHOSEN, S.IN_SESSION, S.RESTING), None, the_system, _("Joined by a code")),
        Move("propose", S.AGREED, None, r.speaks, _("Propose a mediator")),
        Move("choose", S.AGREED, S.CHOSEN, r.speaks, _("Agree to this mediator"), needs=r.is_proposed, main=True),
        Move("take_on", S.CHOSEN, S.IN_SESSION, r.is_mediator, pgettext_lazy("mediation", "Take it on"), main=True),
        Move("pass_on", S.CHOSEN, S.AGREED, r.is_mediator, pgettext_lazy("mediation", "Decline")),
        Move("stay_silent", S.CHOSEN, S.AGREED, the_clock, _("The mediator did not answer in time")),
        Move("step_down", (S.IN_SESSION, S.DRAFTED, S.RESTING), S.AGREED, r.is_mediator, _("Step down")),
        Move("plan", S.IN_SESSION, None, r.is_mediator, _("Plan a session"), needs=r.has_no_plan),
        Move("call_off", S.IN_SESSION, None, r.is_mediator, _("Call the session off"), needs=r.has_plan),
        Move("hold", S.IN_SESSION, None, r.is_mediator, _("Write down the session"), needs=r.has_plan, main=True),
        Move("draft", (S.IN_SESSION, S.DRAFTED), S.DRAFTED, r.is_mediator, _("Write the agreement"), needs=r.has_met),
        Move("confirm", S.DRAFTED, (S.DRAFTED, S.SETTLED), r.speaks, _("Confirm it word for word"),
             needs=r.has_not_confirmed, main=True),
        Move("ask_change", S.DRAFTED, S.IN_SESSION, r.speaks, _("Ask for a change")),
        Move("draft_lapses", S.DRAFTED, S.IN_SESSION, the_clock, _("Not confirmed in time")),
        Move("pause", TALKING, S.RESTING, r.speaks, _("Ask for some days of pause"), needs=r.may_rest),
        Move("resume", S.RESTING, TALKING, the_clock | r.asked_pause, _("Go on")),
        Move("remind", (S.AGREED, S.IN_SESSION), None, the_clock, _("Reminded"), public=False),
        Move("fail", (S.IN_SESSION, S.DRAFTED), S.FAILED, r.is_mediator, _("End it without agreement")),
        Move("withdraw", (*TALKING, S.RESTING), S.WITHDRAWN, r.speaks, _("Withdraw our consent")),
        Move("give_up", (*TALKING, S.RESTING), S.FAILED, the_clock, _("Ended by itself after half a year")),
        Move("note_kept", S.SETTLED, (S.SETTLED, S.KEPT), r.speaks | r.is_mediator, _("It is kept so far"),
             needs=r.is_due, main=True),
        Move("report_breach", HELD, S.CHOSEN, r.speaks, _("It is not kept")),
        Move("leave", (*OPEN, *HELD), None, r.is_further, _("Leave it")),
        Move("show_desk", (*OPEN, *HELD), None, r.speaks, _("Let the community know of it"), needs=r.is_hidden),
        Move("hide_desk", (*OPEN, *HELD), None, r.speaks, _("Keep it from the community"), needs=r.is_shown),
        Move("remind_follow_up", S.SETTLED, None, the_clock, _("Asked whether it is kept"), public=False),
        Move("remind_court", HELD, None, the_clock, _("Reminded of the court's confirmation"), public=False),
        Move("forget", ENDED, None, the_clock, _("The mediator's own notes are gone"), public=False),
    ),
    limits=(
        Limit(name="answer", states=(S.ASKED,), span=_seven_days, then="lapse", label=_("to answer")),
        Limit(name="choose", states=(S.AGREED,), span=_to_choose, then="remind", again=True,
              label=_("to choose a mediator")),
        Limit(name="mediator", states=(S.CHOSEN,), span=_to_take_on, then="stay_silent",
              label=_("for the mediator's answer")),
        Limit(name="session", states=(S.IN_SESSION,), span=_to_meet, then="remind", again=True, restarts=("hold",),
              label=_("to meet")),
        Limit(name="confirm", states=(S.DRAFTED,), span=_to_confirm, then="draft_lapses", restarts=("draft",),
              label=_("to confirm the text")),
        Limit(name="rest", states=(S.RESTING,), span=_to_rest, then="resume", label=_("it goes on")),
        Limit(name="end", states=(*TALKING, S.RESTING), span=_to_end, then="give_up", label=_("it ends by itself")),
        Limit(name="follow_up", states=(S.SETTLED,), span=_to_follow_up, then="remind_follow_up", again=True,
              restarts=("note_kept",), label=_("the next follow-up")),
        Limit(name="court", states=HELD, span=_to_court, then="remind_court",
              label=_("the reminder of the court's confirmation")),
        Limit(name="notes", states=ENDED, span=_to_forget, then="forget", label=_("the mediator's own notes go")),
    ),
)  # fmt: skip
