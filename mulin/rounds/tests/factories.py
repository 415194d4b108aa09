"""Routes, rounds and maintenance for tests, made through actions."""

from datetime import timedelta

from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.worker import tick
from mulin.people.figures import today_in
from mulin.rounds import actions
from mulin.rounds.models import Round, Route
from mulin.territory.actions import add_spot
from mulin.territory.models import Spot
from mulin.territory.tests.factories import entrances, grids, in_grid

LINES = [{"kind": "lamp", "words": "It shines"}, {"kind": "", "words": "Clean around it"}]


def today(town):
    return today_in(town.community)


def spot(town, name="Lamp one", kind="lamp"):
    lon, lat = in_grid(1)
    found = Spot.objects.filter(community=town.community, name=name).first()
    return found or add_spot(town.community, name, kind, by=SYSTEM, lon=lon, lat=lat)


def draw(town, stops=(), **more):
    """Draw a route over a lamp and a door, walked by the grid officers of grid 1."""
    given = {
        "name": "Lamps and doors", "walker": {"post": "grid_officer"}, "grid": grids(town.community)[0],
        "every_days": 1, "checklist": LINES, **more,
    }  # fmt: skip
    route = actions.draw(by=town.worker, community=town.community, **given)
    stops = stops or [("spot", spot(town).pk), ("entrance", entrances(town.community)[0].pk)]
    return actions.add_stops(route, by=town.worker, places=stops)


def walked(town, **more):
    """Draw a route and let it be walked for a month."""
    return actions.activate(draw(town, **more), by=town.worker, until=today(town) + timedelta(days=30))


def due(town, **more):
    """Return the round of today, due."""
    route = more.pop("route", None) or walked(town, **more)
    tick()
    found = Round.objects.get(community=town.community, route=route, day=today(town))
    if found.state == "planned":  # it is early: let the morning come
        clock.set(found.rings_at)
        tick()
    return fresh(found)


def fresh(noun):
    return type(noun).objects.for_list().get(pk=noun.pk)


def plan(town, **more):
    given = {"spot": spot(town), "what": "Change the bulb", "every_days": 180, "due_on": today(town), **more}
    return actions.plan(by=town.worker, community=town.community, **given)


__all__ = ["Route", "draw", "due", "fresh", "plan", "spot", "today", "walked"]
