"""The moves of a term."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.engine import begin, moves
from mulin.kernel.refusals import Refused

from ..figures import TERM_LASTS, today_in
from ..flow import TERM, State
from ..models import Person, Post, Term
from .persons import belongs


def offer(*, by: Any, post: Post, person: Person, starts_on: date | None = None, ends_on: date | None = None) -> Term:
    """Offer a post to someone, for a time."""
    community = post.community
    belongs(community, person)
    starts_on = starts_on or today_in(community)
    ends_on = ends_on or starts_on + TERM_LASTS
    if ends_on <= starts_on:
        raise Refused("no_days", _("A term ends after it starts."), status=422)
    term = Term(community=community, post=post, person=person, starts_on=starts_on, ends_on=ends_on)
    return begin(term, by=by, verb="offer", prepare=_only_once)


def _only_once(turn: Any, term: Term) -> None:
    open_terms = Term.objects.filter(community_id=term.community_id, post_id=term.post_id, person_id=term.person_id)
    if open_terms.exclude(state=State.ENDED).exists():
        raise Refused("has_it", _("This person has the post, or was asked, already."))


@moves(TERM)
def accept(term: Term, *, by: Any) -> None:
    """Take the post for the days of the term."""


@moves(TERM)
def decline(term: Term, *, by: Any) -> None:
    """Say no to the post, without giving a reason."""


@moves(TERM)
def resign(term: Term, *, by: Any) -> None:
    """Step down before the term is over."""
    _until_today(term)


@moves(TERM)
def end(term: Term, *, by: Any, reason: str = "") -> dict[str, str]:
    """End a term early, or take an offer back."""
    _until_today(term)
    return {"reason": reason}


@moves(TERM)
def expire(term: Term, *, by: Any) -> None:
    """End the term on its last day, or the offer after two weeks without an answer."""


def _until_today(term: Term) -> None:
    term.ends_on = max(term.starts_on, min(term.ends_on, today_in(term.community)))
