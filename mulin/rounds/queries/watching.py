"""Who is in charge of what is due, and who hears that maintenance is overdue."""

from __future__ import annotations

from uuid import UUID

from mulin.kernel.readers import Heard
from mulin.news.queries import accounts_of_organisation, accounts_of_persons, accounts_that_can

from ..flow import TO_WALK, UpkeepState
from ..models import Round, Route, Upkeep
from .walking import walkers


def in_charge_of_rounds(rows: list[Round]) -> dict[UUID, set[UUID]]:
    """Say whose a round is: of who set out on it, else of all who walk the route."""
    due = [row for row in rows if row.state in TO_WALK]
    routes = Route.objects.for_list().filter(pk__in={row.route_id for row in due})
    teams = {route.pk: walkers(route) for route in routes}
    return {
        row.pk: accounts_of_persons(row.community_id, [row.walker_id]) if row.walker_id else teams[row.route_id]
        for row in due
    }


def in_charge_of_upkeep(rows: list[Upkeep]) -> dict[UUID, set[UUID]]:
    """Say whose maintenance is: the organisation's that looks after it, else the desk's."""
    kept = [row for row in rows if row.state != UpkeepState.ENDED]
    owners = {(row.community_id, row.organisation_id) for row in kept}
    found = {
        (community, key): (accounts_of_organisation(community, key) if key else set())
        or accounts_that_can(community, "cases.desk")
        for community, key in owners
    }
    return {row.pk: found[row.community_id, row.organisation_id] for row in kept}


def who_hears_of_upkeep(line: Heard) -> set[UUID]:
    """Say who hears that maintenance is overdue: the desk, and the organisation that looks after it."""
    row = Upkeep.objects.filter(community=line.community, pk=line.noun_id).first()
    team = accounts_of_organisation(line.community, row.organisation_id) if row and row.organisation_id else set()
    return accounts_that_can(line.community, "cases.desk") | team
