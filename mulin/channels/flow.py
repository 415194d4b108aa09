"""The life of an export of personal data: asked for, agreed to by a second person, made, there for a day, gone."""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock, the_system

from . import rules as r
from .figures import AGREE_WITHIN, HOLDS, MAKE_WITHIN


class State(TextChoices):
    ASKED = "asked", pgettext_lazy("export", "Asked for")
    MAKING = "making", _("Being made")
    READY = "ready", _("Ready to fetch")
    EXPIRED = "expired", pgettext_lazy("export", "Gone")
    DECLINED = "declined", _("Not agreed to")
    FAILED = "failed", _("Could not be made")


def _three_days(export: Any) -> Span:
    """Three days; what nobody agreed to is not made."""
    return Span(AGREE_WITHIN, working=False)


def _one_day(export: Any) -> Span:
    """A day to make the file; longer than that something is broken."""
    return Span(MAKE_WITHIN, working=False)


def _a_day(export: Any) -> Span:
    """Twenty-four hours, then the file is deleted."""
    return Span(HOLDS, working=False)


EXPORT = Flow(
    "mulin.channels",
    _("Export"),
    State,
    moves=(
        Move("ask", None, State.ASKED, r.is_desk, _("Ask for an export"), public=False),
        Move("agree", State.ASKED, State.MAKING, r.is_desk, _("I agree to this export"), needs=r.is_another, main=True,
             public=False),
        Move("decline", State.ASKED, State.DECLINED, r.is_desk, _("No, not this"), needs=r.is_another, public=False),
        Move("take_back", State.ASKED, State.DECLINED, r.asked_for_it, _("Take the request back"), public=False),
        Move("lapse", State.ASKED, State.EXPIRED, the_clock, _("Nobody agreed in time"), public=False),
        Move("finish", State.MAKING, State.READY, the_system, _("The file is there"), public=False),
        Move("fail", State.MAKING, State.FAILED, the_system | the_clock, _("It could not be made"), public=False),
        Move("discard", State.READY, State.EXPIRED, r.is_desk, _("Delete the file now"), public=False),
        Move("expire", State.READY, State.EXPIRED, the_clock, _("The file was deleted"), public=False),
    ),
    limits=(
        Limit(name="answer", states=(State.ASKED,), span=_three_days, then="lapse", label=_("it is not made")),
        Limit(name="making", states=(State.MAKING,), span=_one_day, then="fail", label=_("it is made")),
        Limit(name="holds", states=(State.READY,), span=_a_day, then="expire", label=_("the file is deleted")),
    ),
)  # fmt: skip
