"""The lives of a call-up and of each unit's turnout: all moves and clocks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock, the_system

from . import rules as r
from .figures import APPRAISE_DAYS, KEPT, REFUSAL_DAYS, SIGN_DAYS, WINDS_UP

PACKAGE = "mulin.callups"


class CallUpState(TextChoices):
    PROPOSED = "proposed", _("Waits to be signed")
    CALLED = "called", pgettext_lazy("call-up", "Running")
    FINISHED = "finished", pgettext_lazy("call-up", "Finished")
    CALLED_OFF = "called_off", _("Called off")


class TurnoutState(TextChoices):
    PLANNED = "planned", _("Not called yet")
    CALLED = "called", _("Called")
    REPORTED_IN = "reported_in", _("Reported in")
    DONE = "done", pgettext_lazy("turnout", "Says it is done")
    APPRAISED = "appraised", pgettext_lazy("turnout", "Done")
    REFUSED = "refused", _("Says it cannot come")
    EXCUSED = "excused", _("Need not come")
    LAPSED = "lapsed", _("Did not report in")
    CALLED_OFF = "called_off", _("Called off")


C, T = CallUpState, TurnoutState
OPEN = (T.CALLED, T.REPORTED_IN, T.DONE, T.REFUSED, T.LAPSED)
CAME = (T.REPORTED_IN, T.DONE, T.APPRAISED)
STOPPED = (T.PLANNED, T.CALLED, T.REPORTED_IN, T.REFUSED)  # what ends with the call-up itself
OVER = (T.APPRAISED, T.EXCUSED, T.CALLED_OFF)


def _span(noun: Any, hours: int = 0, days: int = 0) -> Span:
    callup = getattr(noun, "callup", noun)
    if callup.urgency == "urgent":
        return Span(timedelta(hours=hours, days=days), working=False)
    return Span(timedelta(hours=hours) + days * noun.community.working_day)


def _to_sign(callup: Any) -> Span:
    """Two working days; two days where it is urgent."""
    return _span(callup, days=SIGN_DAYS)


def _to_wind_up(callup: Any) -> Span:
    """Half a year; all hours count."""
    return Span(WINDS_UP, working=False)


def _to_report_in(turnout: Any) -> Span:
    """As many working hours as the call says; every hour counts where it is urgent."""
    return _span(turnout, hours=turnout.callup.report_hours)


def _to_finish(turnout: Any) -> Span:
    """As many working days as the call says, from reporting in; every day counts where it is urgent."""
    return _span(turnout, days=turnout.callup.done_days)


def _to_answer_refusal(turnout: Any) -> Span:
    """Two working days; two days where it is urgent."""
    return _span(turnout, days=REFUSAL_DAYS)


def _to_appraise(turnout: Any) -> Span:
    """Five working days, whatever the urgency."""
    return Span(APPRAISE_DAYS * turnout.community.working_day)


def _to_forget(turnout: Any) -> Span | None:
    """A year, where those who came are named; all hours count."""
    return Span(KEPT, working=False) if turnout.came else None


CALLUP = Flow(
    PACKAGE,
    _("Call-up"),
    CallUpState,
    moves=(
        Move("propose", None, (C.PROPOSED, C.CALLED), r.may_call, _("Call up units")),
        Move("sign_off", C.PROPOSED, C.CALLED, r.may_sign, _("Sign and call"), main=True),
        Move("turn_down", C.PROPOSED, C.CALLED_OFF, r.may_sign, _("Do not call")),
        Move("take_back", C.PROPOSED, C.CALLED_OFF, r.is_caller, _("Take it back")),
        Move("expire", C.PROPOSED, C.CALLED_OFF, the_clock, _("Nobody signed in time")),
        Move("remind", C.CALLED, None, r.directs, _("Remind those who are missing"), needs=r.awaits_someone,
             public=False),
        Move("close", C.CALLED, C.FINISHED, r.directs, _("Finish the call-up"), needs=r.nobody_is_at_it, main=True),
        Move("add", C.CALLED, None, r.directs, _("Call further units")),
        Move("arrange", C.CALLED, None, r.leads | r.directs, _("Write who does what"), public=False),
        Move("call_off", C.CALLED, C.CALLED_OFF, r.directs, _("Call it off")),
        Move("conclude", C.CALLED, C.FINISHED, the_system, _("Every unit's part is over"), needs=r.nobody_is_at_it),
        Move("wind_up", C.CALLED, C.FINISHED, the_clock, _("Ended by itself")),
    ),
    limits=(
        Limit(name="sign", states=(C.PROPOSED,), span=_to_sign, then="expire", label=_("somebody signs it")),
        Limit(name="end", states=(C.CALLED,), span=_to_wind_up, then="wind_up", label=_("it ends by itself")),
    ),
)  # fmt: skip

TURNOUT = Flow(
    PACKAGE,
    _("Turnout"),
    TurnoutState,
    moves=(
        Move("plan", None, (T.PLANNED, T.CALLED), the_system, _("Called")),
        Move("call", T.PLANNED, T.CALLED, the_system, _("Called")),
        Move("report_in", (T.CALLED, T.LAPSED, T.REFUSED), T.REPORTED_IN, r.is_unit | r.is_director, _("Report in"),
             needs=r.runs, main=True),
        Move("refuse", T.CALLED, T.REFUSED, r.is_unit | r.is_director, _("Say that you cannot come"),
             needs=r.was_not_insisted),
        Move("lapse", T.CALLED, T.LAPSED, the_clock, _("Did not report in in time")),
        Move("finish", T.REPORTED_IN, T.DONE, r.is_unit | r.is_director, _("It is done"), main=True),
        Move("overrun", T.REPORTED_IN, None, the_clock, _("Not done in time")),
        Move("appraise", T.DONE, T.APPRAISED, r.may_appraise, _("Appraise it"), main=True),
        Move("send_back", T.DONE, T.REPORTED_IN, r.may_appraise, _("Not done yet")),
        Move("settle", T.DONE, T.APPRAISED, the_clock, _("Nobody appraised it in time")),
        Move("excuse", (T.REFUSED, T.LAPSED), T.EXCUSED, r.is_director, _("Let it go"), main=True),
        Move("insist", (T.REFUSED, T.LAPSED), T.CALLED, r.is_director, _("Insist"), needs=r.was_not_insisted),
        Move("let_go", T.REFUSED, T.EXCUSED, the_clock, _("Nobody insisted in time")),
        Move("rate", (T.DONE, T.APPRAISED), None, r.is_reporter, _("Say what you think of it"), needs=r.is_unrated,
             public=False),
        Move("judge", (T.DONE, T.APPRAISED, T.REFUSED, T.EXCUSED), None, r.is_unit, _("Say what you think of the call"),
             needs=r.is_unjudged, public=False),
        Move("forget", (T.APPRAISED, T.CALLED_OFF), None, the_clock, _("Names of those who came are gone"),
             public=False),
        Move("stop", STOPPED, T.CALLED_OFF, the_system, _("Called off")),
    ),
    limits=(
        Limit(name="report", states=(T.CALLED,), span=_to_report_in, then="lapse", label=_("to report in")),
        Limit(name="finish", states=(T.REPORTED_IN,), span=_to_finish, then="overrun", label=_("to finish")),
        Limit(name="refusal", states=(T.REFUSED,), span=_to_answer_refusal, then="let_go",
              label=_("to answer the refusal")),
        Limit(name="appraise", states=(T.DONE,), span=_to_appraise, then="settle", label=_("to appraise it")),
        Limit(name="names", states=(T.APPRAISED, T.CALLED_OFF), span=_to_forget, then="forget",
              label=_("the names of those who came go")),
    ),
)  # fmt: skip
