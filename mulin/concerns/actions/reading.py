"""What the two readers do, and what the clock does when they do nothing."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.engine import moves
from mulin.kernel.refusals import Refused

from .. import queries
from ..figures import SEATS
from ..flow import CONCERN
from ..models import Concern, Message, Seat
from .telling import say, seat


@moves(CONCERN)
def take_up(concern: Concern, *, by: Any) -> None:
    """Say that it is being looked into."""


@moves(CONCERN)
def ask(concern: Concern, *, by: Any, words: str) -> None:
    """Ask whoever told it, who stays unnamed if they wished so."""
    say(concern, "question", words, concern.seat_of(by))


@moves(CONCERN)
def go_on(concern: Concern, *, by: Any) -> None:
    """Go on without an answer."""


@moves(CONCERN)
def note(concern: Concern, *, by: Any, words: str) -> None:
    """Write down for the other reader what one found out."""
    say(concern, "note", words, concern.seat_of(by))


@moves(CONCERN)
def call_in(concern: Concern, *, by: Any) -> None:
    """Let the next of the named posts read in place of somebody who left or became concerned."""
    if not _fill(concern):
        words = _("None of the named posts has somebody who may read this. Ask for one to be filled, or named anew.")
        raise Refused("nobody_stands_in", words)


def _fill(concern: Concern) -> int:
    """Seat whoever is next of the named posts on each empty seat; say how many took one."""
    standing = {one.pk: one for one in concern.standing}
    for one in concern.seats:
        if one.pk not in standing:
            Seat.objects.filter(community=concern.community_id, pk=one.pk).update(until=now())
    taken = {one.number for one in standing.values()}
    inside = {one.person_id for one in standing.values()}
    bench = queries.bench_of(concern.community)
    ready = [term for term in (bench.readers(concern.about_persons) if bench else []) if term.person_id not in inside]
    ready = [term for term in ready if str(term.person.account_id) != concern.told_by]
    filled = list(zip([number for number in SEATS if number not in taken], ready, strict=False))
    for number, term in filled:
        seat(concern, number, term)
    return len(filled)


@moves(CONCERN)
def remind(concern: Concern, *, by: Any) -> None:
    """Remind both readers; where both seats stand empty, the next of the named posts take them."""
    if not concern.standing:
        _fill(concern)


@moves(CONCERN)
def close(concern: Concern, *, by: Any) -> None:
    """End it, since what was recommended has an answer."""


@moves(CONCERN)
def forget(concern: Concern, *, by: Any) -> None:
    """Delete what was told, by whom and about whom; that there was one stays."""
    concern.words = concern.happened = concern.told_by = concern.told_name = concern.code_hash = concern.ground = ""
    concern.organisation = concern.term = concern.finding = None
    concern.forgotten_at = now()
    rows = {"community": concern.community_id, "concern": concern.pk}
    Message.objects.filter(**rows).delete()
    Seat.objects.filter(**rows, until=None).update(until=now())
