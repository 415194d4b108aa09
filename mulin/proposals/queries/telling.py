"""Whom a line about a proposal or a step concerns, who is in charge, and what is known of someone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q

from mulin.kernel.readers import Heard
from mulin.news.queries import accounts_of_organisation, accounts_of_persons, accounts_that_can

from ..figures import BODY, CARRIER, EVERYONE, MARKS, OFFICERS, PROPOSER, PUBLISH, SUPERVISORS, VOTE
from ..flow import Stand, State
from ..models import Proposal, Rating, Step, Supporter
from ..rules import DESK_WORK, OFFICER_WORK, PREPARE

Told = tuple[Any, Any, str, str]


def _step(line: Heard) -> Step:
    found: Step = Step.objects.for_list().get(community=line.community, pk=line.noun_id)
    return found


def _proposers(proposal: Proposal) -> set[UUID]:
    own = accounts_of_persons(proposal.community_id, [proposal.proposer_id])
    if proposal.organisation_id:
        own |= accounts_of_organisation(proposal.community_id, proposal.organisation_id)
    return own


def the_desk(line: Heard) -> set[UUID]:
    """Name those at the desk."""
    return accounts_that_can(line.community, DESK_WORK)


def the_proposer(line: Heard) -> set[UUID]:
    """Name who brought a proposal."""
    return _proposers(Proposal.objects.get(community=line.community, pk=line.noun_id))


def proposer_of_step(line: Heard) -> set[UUID]:
    """Name who brought the proposal to which a step belongs."""
    return _proposers(_step(line).proposal)


def supporters(line: Heard) -> set[UUID]:
    """Name those who support a proposal."""
    rows = Supporter.objects.filter(community=line.community, proposal=line.noun_id)
    return accounts_of_persons(line.community, list(rows.values_list("person", flat=True)))


def supporters_of_step(line: Heard) -> set[UUID]:
    """Name those who support the proposal to which a step belongs; where all are asked to judge, they are told."""
    rows = Supporter.objects.filter(community=line.community, proposal=_step(line).proposal_id)
    return accounts_of_persons(line.community, list(rows.values_list("person", flat=True)))


def actors(line: Heard) -> set[UUID]:
    """Name those whose turn it is in a step."""
    return actors_of(_step(line))


def actors_of(step: Step) -> set[UUID]:
    """Name those whose turn it is in a step, and the desk where nobody else's is."""
    here, desk = step.community_id, accounts_that_can(step.community_id, DESK_WORK)
    if step.state == Stand.OBJECTED:
        return desk - accounts_of_persons(here, [step.objector_id])
    if step.kind == VOTE and not step.is_by_hands:
        return accounts_that_can(here, PREPARE)
    if step.actor == PROPOSER:
        return _proposers(step.proposal) or desk  # nobody is left where who brought it is forgotten
    if step.actor == OFFICERS:
        return accounts_that_can(here, OFFICER_WORK)
    if step.actor == CARRIER and step.organisation_id:
        return accounts_of_organisation(here, step.organisation_id)
    if step.actor == CARRIER and step.person_id:
        return accounts_of_persons(here, [step.person_id])
    body = step.supervisor if step.actor == SUPERVISORS else step.body if step.actor.startswith(BODY) else None
    if body is not None:
        return accounts_of_persons(here, list(body.sitting().values_list("person_id", flat=True)))
    return set() if step.actor == EVERYONE else desk


def supervisors_of(line: Heard) -> set[UUID]:
    """Name those who supervise a step."""
    body = _step(line).supervisor
    sitting = body.sitting().values_list("person_id", flat=True) if body else ()
    return accounts_of_persons(line.community, list(sitting))


def in_charge(rows: list[Proposal]) -> dict[UUID, set[UUID]]:
    """Say whose turn it is with a proposal: the desk's while it is to be reviewed."""
    return {row.pk: accounts_that_can(row.community_id, DESK_WORK) for row in rows if row.state == State.SUBMITTED}


def in_charge_of_steps(rows: list[Step]) -> dict[UUID, set[UUID]]:
    """Say whose turn it is in steps that somebody has to end."""
    found = {}
    for row in rows:
        posted = row.kind == PUBLISH and row.notice_id
        voting = row.kind == VOTE and row.vote_id
        if row.state == Stand.OBJECTED or (row.state == Stand.OPEN and not (row.ends_by_itself or posted or voting)):
            found[row.pk] = actors_of(row)
    return found


def concerned(noun: Any) -> set[UUID]:
    """Name those who hear that somebody wrote a comment: who brought the proposal."""
    return _proposers(noun if isinstance(noun, Proposal) else noun.proposal)


def tell_brought(account: UUID) -> list[Told]:
    """Tell which proposals someone brought."""
    rows = Proposal.objects.filter(proposer__account=account).select_related("community").order_by("-created_at")
    return [(row.community, row.created_at, f"{row} ({row.state_label})", row.get_absolute_url()) for row in rows]


def tell_supported(account: UUID) -> list[Told]:
    """Tell which proposals someone supports."""
    rows = Supporter.objects.filter(person__account=account).select_related("proposal__community").order_by("-since")
    return [(row.proposal.community, row.since, str(row.proposal), row.proposal.get_absolute_url()) for row in rows]


def tell_rated(account: UUID) -> list[Told]:
    """Tell what someone judged: the mark, and the words."""
    rows = Rating.objects.filter(person__account=account).select_related("step__proposal__community")
    rows = rows.select_related("step__community").order_by("-at")
    return [(row.step.community, row.at, _judged(row), row.step.get_absolute_url()) for row in rows]


def _judged(row: Rating) -> str:
    return " / ".join(filter(None, (str(row.step), str(MARKS[row.mark]), row.words)))


def tell_steps(account: UUID) -> list[Told]:
    """Tell in which steps someone carries something out, or objected."""
    rows = Step.objects.filter(Q(person__account=account) | Q(objector__account=account)).for_list()
    return [(row.community, row.created_at, str(row), row.get_absolute_url()) for row in rows.order_by("-created_at")]
