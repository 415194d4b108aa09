"""Before a vote: prepared, changed, announced with its roll, taken back, called off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mulin.bodies.models import Body
from mulin.kernel.clock import now
from mulin.kernel.engine import Once, Turn, begin, moves
from mulin.kernel.refusals import Refused
from mulin.people.actions import belongs
from mulin.people.figures import today_in
from mulin.people.models import Organisation
from mulin.tally.ruleset import RuleSet
from mulin.territory.models import Community

from .. import queries
from ..figures import PREPARE, SEATS
from ..flow import VOTE
from ..models import RollEntry, Vote
from .posting import announce, take_down
from .rolling import take_roll


def prepare(*, by: Any, community: Community, once: Once | None = None, **told: Any) -> Vote:
    """Prepare a vote; nobody is asked before it is announced."""
    made = Vote(community=community, post_id=_office_of(by))
    _write(made, **told)

    def number(turn: Turn, vote: Vote) -> None:
        year = today_in(community).year
        vote.number = f"{community.letter}-{year}-V{turn.count(community.pk, f'votes-{year}'):03d}"

    return begin(made, by=by, verb="prepare", once=once, prepare=number)


def _office_of(viewer: Any) -> Any:
    terms = getattr(viewer, "terms", ())
    return next((term.post_id for term in terms if PREPARE in term.capabilities), None)


def _write(
    vote: Vote, *, title: str, rules: RuleSet, opens_on: date, closes_on: date, words: str = "",
    organisation: Organisation | None = None, body: Body | None = None, place: tuple[str, Any, str] | None = None,
    options: Sequence[str] = (),
) -> None:  # fmt: skip
    belongs(vote.community, organisation, body)
    if rules.electorate == SEATS and body is None:
        raise Refused("no_body", _("These rules are for the seats of a council or committee: say of which."), 422)
    vote.title, vote.words = title.strip(), words.strip()
    vote.organisation, vote.body = organisation, body
    vote.rules, vote.electorate = queries.written(rules), rules.electorate
    vote.options = [{"key": str(at), "title": each} for at, each in enumerate(options, 1)]
    vote.place_kind, vote.place_id, vote.place_name = place or ("community", None, "")
    vote.opens_on, vote.closes_on = opens_on, closes_on


@moves(VOTE)
def amend(vote: Vote, /, *, by: Any, **told: Any) -> None:
    """Change question, rules or days before it is announced."""
    _write(vote, **told)


@moves(VOTE)
def notice(vote: Vote, *, by: Any) -> dict[str, int]:
    """Announce it: rules and roll are frozen from now on."""
    vote.noticed_at = now()
    entries = take_roll(vote)
    if not entries:
        raise Refused("empty_roll", _("Nobody would be on the roll. Enter who lives or owns here first."), 422)
    announce(vote)
    return {"entries": entries}


@moves(VOTE)
def take_back(vote: Vote, *, by: Any, reason: str) -> None:
    """Take it back to change rules or days; once announced again, all days count from the beginning."""
    RollEntry.objects.filter(community=vote.community_id, vote=vote).delete()
    vote.roll_on, vote.seats, vote.reason = None, None, reason.strip()
    take_down(vote)


@moves(VOTE)
def call_off(vote: Vote, *, by: Any, reason: str) -> None:
    """Call it off, and say why."""
    vote.reason = reason.strip()
    if vote.noticed_at:
        take_down(vote)
