"""The moves of a joining. What moves from one entry to the other is said by each module itself."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.engine import Once, begin, moves
from mulin.kernel.refusals import Refused
from mulin.people import actions as people
from mulin.people.flow import PersonState
from mulin.people.models import Person
from mulin.territory.models import Community

from . import queries
from .flow import JOINING, State
from .models import Joining


def propose(*, by: Any, community: Community, stays: Person, gone: Person, once: Once | None = None) -> Joining:
    """Say that two entries are one person; somebody else looks at it and joins them."""
    draft = _draft(by, community, stays, gone)
    if stays.state != PersonState.HERE:
        raise Refused("moved_away", _("The entry that stays is of someone who moved away. Let the other one stay."))
    return begin(draft, by=by, verb="propose", once=once, prepare=_only_once)


def tell_apart(*, by: Any, community: Community, stays: Person, gone: Person, once: Once | None = None) -> Joining:
    """Say that two entries are two persons: they are not shown as one again."""
    return begin(_draft(by, community, stays, gone), by=by, verb="tell_apart", once=once)


def _draft(by: Any, community: Community, stays: Person, gone: Person) -> Joining:
    people.belongs(community, stays, gone)
    if stays.pk == gone.pk or PersonState.JOINED in (stays.state, gone.state):
        raise Refused("same_entry", _("These are one entry already. Choose two that are open."), 422)
    return Joining(community=community, stays=stays, gone=gone, proposed_by_id=by.person_id)


def _only_once(turn: Any, joining: Joining) -> None:
    both = {joining.stays_id, joining.gone_id}
    waiting = Joining.objects.filter(community=joining.community_id, state=State.PROPOSED)
    if any(both & set(pair) for pair in waiting.values_list("stays", "gone")):
        raise Refused("proposed_already", _("One of the two waits for a second person already. Let that be decided."))


@moves(JOINING)
def agree(joining: Joining, *, by: Any) -> None:
    """Say that both are oneself; the account one signs in with now opens this community no more once it is done."""
    joining.agreed_at = now()


@moves(JOINING)
def join(joining: Joining, *, by: Any, seen: str = "") -> None:
    """Join the two: what the one has goes over to the other, and its entry is closed."""
    if seen and seen != queries.stamp(joining.gone, joining.stays):
        raise Refused("changed", _("What one of the two has changed meanwhile. Look at it again."), 409)
    joining.stays = people.join(joining.gone, joining.stays, reason="register")


@moves(JOINING)
def part(joining: Joining, *, by: Any) -> None:
    """Say that they are two persons."""


@moves(JOINING)
def lapse(joining: Joining, *, by: Any) -> None:
    """Drop a proposal that nobody decided on."""
