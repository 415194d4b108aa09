"""How routes, rounds and maintenance plans are made for walks through their flows."""

from datetime import timedelta

from mulin.kernel import clock
from mulin.territory.tests.factories import entrances

from .. import actions
from ..models import Round
from . import factories


def doors(town):
    """Name stops that are there before a walk: what a walk adds is rolled back, and places are remembered."""
    return [("entrance", door.pk) for door in entrances(town.community)[:2]]


def route_walk(town, pick):
    return factories.draw(town, doors(town)), []


def round_walk(town, pick):
    round = factories.due(town, stops=doors(town))
    if pick([True, False]):
        round = actions.set_out(round, by=town.officer)
        for look in round.looks:
            actions.look(round, by=town.officer, stop=look.pk, result="missed", reason="The gate was shut.")
    elif pick([True, False]):
        planned = [row for row in Round.objects.for_list().order_by("day") if row.state == "planned"]
        if planned:
            clock.set(planned[0].rings_at)  # its morning has come
        return (planned or [round])[0], []
    return factories.fresh(round), []


def upkeep_walk(town, pick):
    return factories.plan(town, due_on=factories.today(town) + timedelta(days=pick([0, 5]))), []


WALKS = {"rounds.Route": route_walk, "rounds.Round": round_walk, "rounds.Upkeep": upkeep_walk}
ANSWERS = {
    "weekdays": None,
    "every_days": 2,
    "last_on": None,
    "done_on": "2026-01-01",
    "next_on": "2040-01-01",
    "starts_on": None,
}
