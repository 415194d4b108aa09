"""Whom a line about a vote concerns, and what is known of somebody here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from mulin.kernel.readers import Heard
from mulin.news.queries import accounts_of_organisation, accounts_of_persons, accounts_that_can

from ..figures import PREPARE, REVIEW
from ..flow import State
from ..models import Ballot, Challenge, Holder, RollOwner, Vote


def _accounts(vote: UUID, community: UUID, **which: Any) -> set[UUID]:
    rows = RollOwner.objects.filter(community=community, entry__vote=vote, **which)
    people = rows.filter(person__account__isnull=False).values_list("person__account", flat=True)
    units = rows.exclude(organisation=None).values_list("organisation", flat=True)
    return set[UUID](people).union(*(accounts_of_organisation(community, key) for key in units))


def on_roll(line: Heard) -> set[UUID]:
    """Name those on the roll of a vote."""
    return _accounts(line.noun_id, line.community)


def who_can_vote(line: Heard) -> set[UUID]:
    """Name those who may cast a ballot for an entry of theirs."""
    return _accounts(line.noun_id, line.community, speaks=True)


def not_yet(line: Heard) -> set[UUID]:
    """Name those who may vote and have not: each hears it alone, and nobody reads this list."""
    voted = Ballot.objects.filter(community=line.community, vote=line.noun_id).values("entry")
    rows = RollOwner.objects.filter(community=line.community, entry__vote=line.noun_id, speaks=True)
    left = set(rows.exclude(entry__in=voted).values_list("entry", flat=True))
    return _accounts(line.noun_id, line.community, speaks=True, entry__in=left)


def reviewers(line: Heard) -> set[UUID]:
    """Name those who can answer a challenge."""
    return _who_answers(line.community)


def _who_answers(community: UUID) -> set[UUID]:
    return accounts_that_can(community, REVIEW) | accounts_that_can(community, PREPARE)


def preparers(line: Heard) -> set[UUID]:
    """Name those who prepare votes."""
    return accounts_that_can(line.community, PREPARE)


def challengers(line: Heard) -> set[UUID]:
    """Name those whose challenge was answered last."""
    rows = Challenge.objects.filter(community=line.community, vote=line.noun_id, upheld__isnull=False)
    return accounts_of_persons(line.community, rows.values_list("person", flat=True))


def in_charge(rows: list[Vote]) -> dict[UUID, set[UUID]]:
    """Say whose turn it is: of who can answer a challenge."""
    return {row.pk: _who_answers(row.community_id) for row in rows if row.state == State.CHALLENGED}


Told = tuple[Any, Any, str, str]


def tell_rolls(account: UUID) -> Iterable[Told]:
    """Tell on which rolls someone is, and with what."""
    rows = RollOwner.objects.filter(person__account=account).select_related("entry__vote__community")
    for row in rows.order_by("-entry__vote__created_at"):
        vote = row.entry.vote
        yield vote.community, vote.created_at, f"{vote} ({row.entry})", vote.get_absolute_url()


def tell_held(account: UUID) -> Iterable[Told]:
    """Tell in which votes someone voted for others."""
    for row in Holder.objects.filter(person__account=account).select_related("vote__community"):
        yield row.vote.community, row.vote.created_at, str(row.vote), row.vote.get_absolute_url()


def tell_challenges(account: UUID) -> Iterable[Told]:
    """Tell which results someone challenged."""
    rows = Challenge.objects.filter(person__account=account).select_related("vote__community")
    for row in rows.order_by("-at"):
        yield row.vote.community, row.at, str(row.vote), row.vote.get_absolute_url()
