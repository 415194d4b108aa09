"""The moves of a term."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.engine import Once, begin, moves
from mulin.kernel.refusals import Refused
from mulin.territory.models import Community

from ..figures import LONGEST_TERM, TERM_LASTS, is_under_age, today_in
from ..flow import TERM, PersonState, PostState, State
from ..models import Person, Post, Term
from .persons import belongs

BARS: list[Callable[[Term], None]] = []


def bars(check: Callable[[Term], None]) -> None:
    """Have a module above asked, under the lock, whether a term may be: when it is offered, taken or prolonged.

    The check raises Refused with what would work.
    """
    if check not in BARS:
        BARS.append(check)


def _ask(term: Term) -> None:
    for check in BARS:
        check(term)


def offer(
    *, by: Any, post: Post, person: Person, starts_on: date | None = None, ends_on: date | None = None,
    community: Community | None = None, once: Once | None = None,
) -> Term:  # fmt: skip
    """Offer a post to someone, for a time."""
    community = post.community
    belongs(community, person)
    starts_on = starts_on or today_in(community)
    ends_on = ends_on or starts_on + TERM_LASTS
    _must_be_days(starts_on, ends_on)
    if is_under_age(person.born_on, today_in(community)):
        raise Refused("under_age", _("Who is under 14 holds no post. Ask someone who is older."), 422)
    term = Term(community=community, post=post, person=person, starts_on=starts_on, ends_on=ends_on)
    return begin(term, by=by, verb="offer", prepare=_only_once, once=once)


def _must_be_days(starts_on: date, ends_on: date) -> None:
    if ends_on <= starts_on:
        raise Refused("no_days", _("A term ends after it starts."), status=422)
    if ends_on - starts_on > LONGEST_TERM:
        raise Refused("too_long", _("A term lasts ten years at most; it can be renewed then."), status=422)


def _only_once(turn: Any, term: Term) -> None:
    here = {"community_id": term.community_id}
    open_terms = Term.objects.filter(**here, post_id=term.post_id, person_id=term.person_id)
    if open_terms.exclude(state=State.ENDED).exists():
        raise Refused("has_it", _("This person has the post, or was asked, already."))
    # Looked at again under the lock: either may have changed since the form was drawn.
    if Post.objects.filter(**here, pk=term.post_id, state=PostState.CLOSED).exists():
        raise Refused("post_closed", _("This post is closed. Open a new one."))
    if Person.objects.filter(**here, pk=term.person_id, state=PersonState.LEFT).exists():
        raise Refused("moved_away", _("This person moved away. Note first that they are here again."))
    _ask(term)


@moves(TERM)
def accept(term: Term, *, by: Any) -> None:
    """Take the post for the days of the term."""
    _ask(term)


@moves(TERM)
def decline(term: Term, *, by: Any) -> None:
    """Say no to the post, without giving a reason."""
    _never_held(term)


@moves(TERM)
def hand_over(term: Term, *, by: Any, person: Person, on: date | None = None) -> dict[str, str]:
    """Name who comes next: their term starts the day this one ends."""
    today = today_in(term.community)
    on = on or term.ends_on
    if on < max(today, term.starts_on):
        raise Refused("past_day", _("Choose today or a later day for the change."), status=422)
    term.ends_on = on
    following = offer(by=by, post=term.post, person=person, starts_on=on)
    return {"to": str(person.pk), "term": str(following.pk), "on": str(on)}


@moves(TERM)
def renew(term: Term, *, by: Any, ends_on: date) -> dict[str, str]:
    """Let a term last until another day, later or earlier."""
    _must_be_days(max(term.starts_on, today_in(term.community)), ends_on)
    term.ends_on = ends_on
    _ask(term)
    return {"ends_on": str(ends_on)}


@moves(TERM)
def resign(term: Term, *, by: Any) -> None:
    """Step down before the term is over."""
    _until_today(term)


@moves(TERM)
def end(term: Term, *, by: Any, reason: str = "") -> dict[str, str]:
    """End a term early, or take an offer back."""
    if not _never_held(term):
        _until_today(term)
    return {"reason": reason}


@moves(TERM)
def expire(term: Term, *, by: Any) -> None:
    """End the term on its last day, or the offer after two weeks without an answer."""
    _never_held(term)


def _never_held(term: Term) -> bool:
    """Tell whether this was an offer only; such a one has no days, so that no list takes it for a time in the post."""
    if "answer" in term.clocks:
        term.ends_on = term.starts_on
    return "answer" in term.clocks


def _until_today(term: Term) -> None:
    term.ends_on = max(term.starts_on, min(term.ends_on, today_in(term.community)))
