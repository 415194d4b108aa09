"""The lives of what people take upon themselves and offer: claim, membership, registration, talent, sign."""

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
from .figures import ANSWER_WITHIN, ASK_NEXT, LASTS, OFFER_LIVES, SILENCE, YES_WITHIN

PACKAGE = "mulin.participation"


class ClaimState(TextChoices):
    OFFERED = "offered", _("Looks for someone")
    CLAIMED = "claimed", _("Taken on")
    KEPT = "kept", _("In good hands")
    DONE = "done", _("Said to be done")
    CONFIRMED = "confirmed", pgettext_lazy("claim", "Done")
    LAPSED = "lapsed", _("Lapsed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_CLAIMS = (ClaimState.OFFERED, ClaimState.CLAIMED, ClaimState.KEPT, ClaimState.DONE)
HELD_CLAIMS = (ClaimState.CLAIMED, ClaimState.KEPT)
HAS_HOLDER = (*HELD_CLAIMS, ClaimState.DONE, ClaimState.CONFIRMED)


class AffiliationState(TextChoices):
    DECLARED = "declared", _("Said by the person")
    ACTIVE = "active", pgettext_lazy("membership", "Member")
    MOVED = "moved", _("Moved to another one")
    ENDED = "ended", _("Ended")


OPEN_AFFILIATIONS = (AffiliationState.DECLARED, AffiliationState.ACTIVE)


class RegistrationState(TextChoices):
    REGISTERED = "registered", _("Waits for the person's yes")
    ACTIVE = "active", pgettext_lazy("registration", "Registered")
    ENDED = "ended", _("Ended")


class TalentState(TextChoices):
    OFFERED = "offered", pgettext_lazy("talent", "On offer")
    HIDDEN = "hidden", _("Hidden")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class SignState(TextChoices):
    SHOWN = "shown", _("Shown")
    TAKEN_DOWN = "taken_down", _("Taken down")


def _whole(amount: timedelta) -> Span:
    return Span(amount, working=False)


def _offer_lives(claim: Any) -> Span:
    """A year; all hours count."""
    return _whole(OFFER_LIVES)


def _to_begin(claim: Any) -> Span:
    """As many days as the offer says; all hours count."""
    return _whole(timedelta(days=claim.begin_days))


def _until_its_end(noun: Any) -> Span:
    """Until its last day begins, in the community's own time."""
    return _whole(until(noun.ends_on, noun.community))


def _until_next(claim: Any) -> Span | None:
    """Until thirty days before the end of a keeper's term; other claims end without a next one."""
    return _whole(until(claim.ends_on - ASK_NEXT, claim.community)) if claim.is_keeper else None


def _silence(claim: Any) -> Span:
    """Two weeks; all hours count."""
    return _whole(SILENCE)


def _to_answer(affiliation: Any) -> Span | None:
    """Sixty days where an organisation was asked; who still looks for one waits without an end."""
    return _whole(ANSWER_WITHIN) if affiliation.organisation_id else None


def _to_say_yes(registration: Any) -> Span:
    """Thirty days; all hours count."""
    return _whole(YES_WITHIN)


def _year_hidden(talent: Any) -> Span:
    """A year; all hours count."""
    return _whole(LASTS)


C, A, R, T, S = ClaimState, AffiliationState, RegistrationState, TalentState, SignState

CLAIM = Flow(
    PACKAGE,
    _("Something to take on"),
    ClaimState,
    moves=(
        Move("offer", None, C.OFFERED, r.may_offer | the_system, _("Look for someone")),
        Move("claim", C.OFFERED, C.CLAIMED, r.is_resident, _("I take it on"), main=True),
        Move("keep", C.CLAIMED, C.KEPT, r.is_holder, _("I have begun"), main=True),
        Move("join", HELD_CLAIMS, None, r.may_join, _("Join in"), public=False),
        Move("leave", HELD_CLAIMS, None, r.has_joined, _("Leave it"), public=False),
        Move("ask_next", C.KEPT, None, the_clock, _("Look for the next one"), public=False),
        Move("be_next", C.KEPT, None, r.may_join, _("I keep it next"), needs=r.looks_for_next, main=True, public=False),
        Move("renew", C.KEPT, None, r.is_holder, _("I go on for another term"), needs=r.can_go_on),
        Move("finish", C.KEPT, C.DONE, r.is_holder, _("It is done"), main=True),
        Move("confirm", C.DONE, C.CONFIRMED, r.may_judge, _("Yes, it is done"), main=True),
        Move("reopen", C.DONE, C.KEPT, r.may_judge, _("Not done yet")),
        Move("settle", C.DONE, C.CONFIRMED, the_clock, _("Count as done")),
        Move("hand_on", C.KEPT, (C.CLAIMED, C.LAPSED), the_clock, _("End the term")),
        Move("hand_back", HELD_CLAIMS, C.OFFERED, r.is_holder | the_system, _("Hand it back")),
        Move("lapse", (C.OFFERED, C.CLAIMED), C.LAPSED, the_clock, _("Lapse")),
        Move("offer_again", C.LAPSED, C.OFFERED, r.may_offer, _("Look for someone again"), main=True),
        Move("withdraw", (C.OFFERED, *HELD_CLAIMS, C.LAPSED), C.WITHDRAWN, r.may_offer, _("Withdraw it")),
    ),
    limits=(
        Limit(name="offer", states=(C.OFFERED,), span=_offer_lives, then="lapse", label=_("the offer lapses")),
        Limit(name="begin", states=(C.CLAIMED,), span=_to_begin, then="lapse", label=_("it should begin")),
        Limit(name="next", states=(C.KEPT,), span=_until_next, then="ask_next", label=_("the next one is looked for"),
              restarts=("renew",)),
        Limit(name="term", states=(C.KEPT,), span=_until_its_end, then="hand_on", label=_("the term ends"),
              restarts=("renew",)),
        Limit(name="silence", states=(C.DONE,), span=_silence, then="settle", label=_("someone looks at it")),
    ),
    public=lambda claim: True,
)  # fmt: skip

AFFILIATION = Flow(
    PACKAGE,
    _("Membership"),
    AffiliationState,
    moves=(
        Move("declare", None, OPEN_AFFILIATIONS, r.is_self | the_system, _("I am a member")),
        Move("approve", A.DECLARED, A.ACTIVE, r.is_contact | r.may_approve, _("Yes, a member"), needs=r.is_placed,
             main=True),
        Move("decline", A.DECLARED, (A.DECLARED, A.ENDED), r.is_contact | r.may_approve, _("Not a member here"),
             needs=r.is_placed),
        Move("unanswered", A.DECLARED, (A.DECLARED, A.ENDED), the_clock, _("End without an answer")),
        Move("place", A.DECLARED, OPEN_AFFILIATIONS, r.is_self | r.keeps, _("Choose the branch"),
             needs=r.is_not_placed, main=True),
        Move("transfer", A.ACTIVE, A.MOVED, r.is_self, _("Move to another one")),
        Move("unplace", OPEN_AFFILIATIONS, (A.DECLARED, A.ENDED), the_system, _("Release, as the organisation ends"),
             needs=r.is_placed),
        Move("quit", OPEN_AFFILIATIONS, A.ENDED, r.is_self | r.is_contact | the_system, _("End the membership")),
    ),
    limits=(
        Limit(name="answer", states=(A.DECLARED,), span=_to_answer, then="unanswered",
              label=_("the organisation answers"), restarts=("place",)),
    ),
)  # fmt: skip

REGISTRATION = Flow(
    PACKAGE,
    _("Registration"),
    RegistrationState,
    moves=(
        Move("register", None, (R.ACTIVE, R.REGISTERED), r.is_self | r.registered_them, _("Register as a volunteer")),
        Move("accept", R.REGISTERED, R.ACTIVE, r.is_self, _("Yes, I take part"), main=True),
        Move("change_wishes", R.ACTIVE, None, r.is_self, _("Change what I would like to do")),
        Move("extend", R.ACTIVE, None, r.is_self, _("For another year"), needs=r.ends_soon, main=True),
        Move("deregister", (R.REGISTERED, R.ACTIVE), R.ENDED, r.is_self | r.registered_them | the_system,
             _("End the registration")),
        Move("expire", (R.REGISTERED, R.ACTIVE), R.ENDED, the_clock, _("End by itself")),
    ),
    limits=(
        Limit(name="yes", states=(R.REGISTERED,), span=_to_say_yes, then="expire", label=_("the person says yes")),
        Limit(name="registration", states=(R.ACTIVE,), span=_until_its_end, then="expire",
              label=_("the registration ends"), restarts=("extend",)),
    ),
)  # fmt: skip

TALENT = Flow(
    PACKAGE,
    _("Talent"),
    TalentState,
    moves=(
        Move("share", None, T.OFFERED, r.is_self, _("Offer a talent")),
        Move("revise", (T.OFFERED, T.HIDDEN), None, r.is_self, _("Change the words")),
        Move("hide", T.OFFERED, T.HIDDEN, r.is_self | r.keeps, _("Hide it")),
        Move("show_again", T.HIDDEN, T.OFFERED, r.is_self, _("Show it again"), main=True),
        Move("unshare", (T.OFFERED, T.HIDDEN), T.WITHDRAWN, r.is_self | the_system, _("Take it back")),
        Move("run_out", (T.OFFERED, T.HIDDEN), (T.HIDDEN, T.WITHDRAWN), the_clock, _("End by itself")),
    ),
    limits=(
        Limit(name="talent", states=(T.OFFERED,), span=_until_its_end, then="run_out", label=_("it is hidden")),
        Limit(name="hidden", states=(T.HIDDEN,), span=_year_hidden, then="run_out", label=_("it is taken back")),
    ),
)  # fmt: skip

SIGN = Flow(
    PACKAGE,
    _("Sign"),
    SignState,
    moves=(
        Move("put_up", None, S.SHOWN, r.is_self, _("Show a sign")),
        Move("keep_up", S.SHOWN, None, r.is_self, _("For another year"), needs=r.ends_soon),
        Move("take_down", S.SHOWN, S.TAKEN_DOWN, r.is_self | the_system, _("Take it down"), main=True),
        Move("fade", S.SHOWN, S.TAKEN_DOWN, the_clock, _("End by itself")),
    ),
    limits=(
        Limit(name="sign", states=(S.SHOWN,), span=_until_its_end, then="fade", label=_("the sign comes down"),
              restarts=("keep_up",)),
    ),
)  # fmt: skip
