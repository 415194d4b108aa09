"""The roll: taken when a vote is announced, taken anew where the register was corrected, and who votes of several."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.engine import moves
from mulin.kernel.refusals import Refused
from mulin.people.figures import today_in

from .. import queries
from ..flow import VOTE
from ..models import Correction, RollEntry, RollOwner, Vote
from ..queries.rolls import Draft


def take_roll(vote: Vote) -> int:
    """Write the roll as the registers have it today; return how many entries it has. Raises Refused."""
    vote.roll_on = today_in(vote.community)
    drafts, vote.seats = queries.drafts(vote, vote.roll_on)
    width = max(4, len(str(len(drafts))))
    _add(vote, [(f"R-{at:0{width}}", draft) for at, draft in enumerate(drafts, 1)])
    return len(drafts)


def _add(vote: Vote, keyed: list[tuple[str, Draft]]) -> None:
    people = [owner.person for _key, draft in keyed for owner in draft.owners]
    there = queries.with_accounts(vote.community_id, people)
    entries, owners = [], []
    for key, draft in keyed:
        entry = RollEntry(
            community_id=vote.community_id, vote=vote, key=key, unit=draft.unit, source=draft.source,
            doors=", ".join(draft.doors)[:400], heads=draft.heads, area=draft.area, shares=draft.shares,
            reached=any(owner.organisation or owner.person in there for owner in draft.owners),
        )  # fmt: skip
        entries.append(entry)
        owners += [
            RollOwner(
                community_id=vote.community_id, entry=entry, person_id=owner.person, speaks=owner.speaks,
                organisation_id=owner.organisation, ownerships=owner.ownerships,
            )
            for owner in draft.owners
        ]  # fmt: skip
    RollEntry.objects.bulk_create(entries, 1000)
    RollOwner.objects.bulk_create(owners, 1000)


@moves(VOTE)
def correct_roll(vote: Vote, *, by: Any, reason: str) -> dict[str, int]:
    """Take the roll anew from the registers after something was corrected there; a second person agrees."""
    before = {entry.source: entry for entry in vote.entries.filter(community=vote.community_id)}
    named = _named(vote)
    vote.roll_on = today_in(vote.community)
    drafts, vote.seats = queries.drafts(vote, vote.roll_on)
    last = max((int(entry.key[2:]) for entry in before.values()), default=0)
    keyed, changes = [], []
    for draft in drafts:
        old = before.pop(draft.source, None)
        last += old is None
        key = old.key if old else f"R-{last:04}"
        keyed.append((key, draft))
        was = (old.heads, old.area, old.shares) if old else None
        if was != draft.numbers:
            changes.append(_change(key, was, draft.numbers))
    changes += [_change(old.key, (old.heads, old.area, old.shares), None) for old in before.values()]
    RollEntry.objects.filter(community=vote.community_id, vote=vote).delete()
    _add(vote, keyed)
    _name_again(vote, named)
    Correction.objects.create(
        community_id=vote.community_id, vote=vote, at=now(), reason=reason.strip(), changes=changes
    )  # fmt: skip
    return {"changed": len(changes)}


def _change(key: str, before: tuple[int, int, int] | None, after: tuple[int, int, int] | None) -> dict[str, Any]:
    return {"key": key, "before": list(before) if before else None, "after": list(after) if after else None}


def _named(vote: Vote) -> set[tuple[str, Any, Any]]:
    rows = RollOwner.objects.filter(community=vote.community_id, entry__vote=vote, speaks=True)
    return set(rows.values_list("entry__source", "person", "organisation"))


def _name_again(vote: Vote, named: set[tuple[str, Any, Any]]) -> None:
    rows = RollOwner.objects.filter(community=vote.community_id, entry__vote=vote, speaks=False)
    for row in rows.select_related("entry"):
        if (row.entry.source, row.person_id, row.organisation_id) in named:
            RollOwner.objects.filter(community=vote.community_id, pk=row.pk).update(speaks=True)


@moves(VOTE)
def nominate(vote: Vote, *, by: Any, owner: str) -> None:
    """Say which of several owners votes for all of them."""
    entries = [entry.pk for entry in vote.together(by)]
    rows = RollOwner.objects.filter(community=vote.community_id, entry__in=entries)
    named = next((row for row in rows if str(row.pk) == owner), None)
    if named is None:
        raise Refused("no_such_owner", _("Name one of those who own it together with you."), 422)
    rows.filter(entry=named.entry_id).update(speaks=False)
    rows.filter(pk=named.pk).update(speaks=True)
    vote.ask_anew()


def give_way(row: RollOwner, name: str) -> None:
    """Let an entry that names the same person twice, since two entries were one, name them once."""
    RollOwner.objects.filter(community=row.community_id, pk=row.pk).delete()
