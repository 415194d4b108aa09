"""Ballots: cast on the web one by one, or a show of hands that two write down; and who is present."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from mulin.journal.log import Entry
from mulin.kernel.clock import now
from mulin.kernel.engine import moves
from mulin.kernel.refusals import Refused
from mulin.kernel.turn import current_turn

from .. import queries
from ..figures import CHOICES, FOLLOW, WEB
from ..flow import VOTE
from ..models import Ballot, Holder, RollEntry, Vote

BALLOT = "votes.ballot"  # what its line in the log is called


@moves(VOTE)
def cast(
    vote: Vote, *, by: Any, entry: str = "", choice: str = "", options: Sequence[str] = ()
) -> None:  # fmt: skip
    """Cast a ballot; until voting ends one may vote again, and the last one counts."""
    chances = vote.chances(by)
    found = [chance for chance in chances if chance.entry.key == entry] if entry else chances
    if len(found) != 1:
        words = _("Say for which entry of the roll you vote: one of your own, or one that you hold a proxy for.")
        raise Refused("which_entry", words, 422)
    chance = found[0]
    choices = _choices(vote, choice, options)
    ballot = Ballot(
        community_id=vote.community_id, vote=vote, entry=chance.entry, number=_next(chance.entry), choices=choices,
        channel=WEB, proxy=_holder(vote, by.person_id).key if chance.by_proxy else "", salt=os.urandom(16), at=now(),
    )  # fmt: skip
    _seal(ballot, chance.entry.key, by.actor)
    ballot.save(force_insert=True)
    if queries.counts_presence(vote):  # who votes is there, and needs no officer to say so
        there = RollEntry.objects.filter(community=vote.community_id, pk=chance.entry.pk, present_at=None)
        there.update(present_at=now())


def _choices(vote: Vote, choice: str, options: Sequence[str]) -> list[str]:
    if not vote.is_choosing:
        if choice not in CHOICES or (choice == FOLLOW and not vote.rules["follow"]):
            raise Refused("no_choice", _("Choose one of: yes, no, abstain."), 422)
        return [choice]
    known = [option["key"] for option in vote.options]
    marked = sorted(set(options), key=known.index) if set(options) <= set(known) else []
    if not marked or len(marked) > vote.rules["seats"]:
        words = _("Choose from one to %(most)s of those that stand there.")
        raise Refused("no_choice", words % {"most": vote.rules["seats"]}, 422)
    return marked


def _next(entry: RollEntry) -> int:
    last = Ballot.objects.filter(community=entry.community_id, entry=entry).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def _holder(vote: Vote, person: UUID) -> Holder:
    here = Holder.objects.filter(community=vote.community_id, vote=vote)
    return here.filter(person=person).first() or Holder.objects.create(
        community_id=vote.community_id, vote=vote, person_id=person, key=f"P-{here.count() + 1:03}"
    )


def _seal(ballot: Ballot, key: str, actor: str) -> None:
    """Write the ballot's own line: a commitment in the open, which says nothing about who and what."""
    turn = current_turn()
    # Lines are written at the end of the turn in the order in which they were noted.
    ballot.seq = turn.heads[ballot.community_id].size + len(turn.entries.get(ballot.community_id, ()))
    ballot.commitment = ballot.seal(key)
    cleared = {"ballot": ballot.commitment, "kind": BALLOT}
    turn.note(ballot.community_id, Entry(BALLOT, ballot.pk, "cast", actor, ballot.at, cleared=cleared))


@moves(VOTE)
def check_in(vote: Vote, *, by: Any, seats: Sequence[str]) -> dict[str, int]:
    """Check in who is present."""
    here = vote.absent.filter(key__in=seats)
    return {"present": here.update(present_at=now())}


@moves(VOTE)
def count_hands(vote: Vote, *, by: Any, yes: int, no: int, abstain: int, present: int) -> dict[str, int]:
    """Write down a show of hands; a second officer who was there confirms it, and the vote is closed."""
    vote.hands = {"yes": yes, "no": no, "abstain": abstain, "present": present}
    vote.closed_at = now()
    return dict(vote.hands)
