"""The life of a comment, and that of a cooling-off of a whole discussion."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.clock import now
from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock, the_system

from . import rules as r
from .figures import LOOK_DAYS

PACKAGE = "mulin.comments"


class State(TextChoices):
    WRITTEN = "written", pgettext_lazy("comment", "Written")
    HIDDEN = "hidden", pgettext_lazy("comment", "Hidden")
    ASKED = "asked", pgettext_lazy("comment", "Hidden, a second look is asked for")
    SHOWN = "shown", pgettext_lazy("comment", "Shown again")
    WITHDRAWN = "withdrawn", pgettext_lazy("comment", "Withdrawn")


S = State
READABLE = (S.WRITTEN, S.SHOWN)
UNREADABLE = (S.HIDDEN, S.ASKED)
STANDING = (*READABLE, *UNREADABLE)


def _look(comment: Any) -> Span:
    """Seven days; then it is shown again, or where that could harm somebody, those who keep the pages are reminded."""
    return Span(timedelta(days=LOOK_DAYS), working=False)


def _pause(pause: Any) -> Span:
    """As many hours as were said, three days at most; then it opens by itself."""
    return Span(max(pause.ends_at - now(), timedelta()), working=False)


def _is_public(noun: Any) -> bool:
    return True


COMMENT = Flow(
    PACKAGE,
    _("Comment"),
    State,
    moves=(
        Move("write", None, S.WRITTEN, r.may_write, _("Write a comment")),
        Move("change", S.WRITTEN, None, r.is_writer, _("Change my words"), needs=r.is_fresh),
        Move("add", READABLE, None, r.is_writer, _("Add something"), needs=r.may_add),
        Move("withdraw", STANDING, S.WITHDRAWN, r.is_writer, pgettext_lazy("comment", "Withdraw it")),
        Move(
            "report",
            READABLE,
            None,
            r.may_report,
            pgettext_lazy("comment", "Report it"),
            needs=r.has_not_reported,
            public=False,
        ),
        Move("keep", READABLE, None, r.moderates, _("Nothing is wrong with it"), needs=r.is_reported, public=False),
        Move("hide", READABLE, S.HIDDEN, r.moderates, _("Hide it, with the reason")),
        Move("ask", S.HIDDEN, S.ASKED, r.is_writer, _("Ask for another person's look"), needs=r.may_ask, main=True),
        Move("show", UNREADABLE, S.SHOWN, r.moderates, pgettext_lazy("comment", "Show it again")),
        Move("decide", S.ASKED, (S.SHOWN, S.HIDDEN), r.decides, _("Give the second look"), main=True),
        Move("go_on", S.ASKED, (S.SHOWN, S.ASKED), the_clock, _("Nobody gave the second look in time")),
        Move("erase", (*STANDING, S.WITHDRAWN), S.WITHDRAWN, the_system, _("Its writer is no more")),
    ),
    limits=(
        Limit(name="look", states=(S.ASKED,), span=_look, then="go_on", label=_("for the second look"), again=True),
    ),
    public=_is_public,
)


class PauseState(TextChoices):
    RUNNING = "running", pgettext_lazy("cooling-off", "Under way")
    OVER = "over", pgettext_lazy("cooling-off", "Over")


PAUSE = Flow(
    PACKAGE,
    _("Cooling-off"),
    PauseState,
    moves=(
        Move("cool", None, PauseState.RUNNING, r.keeps_pages, _("Let it cool off")),
        Move("lift", PauseState.RUNNING, PauseState.OVER, r.keeps_pages, _("Open it earlier")),
        Move("reopen", PauseState.RUNNING, PauseState.OVER, the_clock, _("It opens by itself")),
    ),
    limits=(Limit(name="pause", states=(PauseState.RUNNING,), span=_pause, then="reopen", label=_("until it opens")),),
    public=_is_public,
)
