"""What the desk does with routes, and how their rounds are planned ahead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import Once, begin, moves
from mulin.kernel.refusals import Refused
from mulin.people.figures import today_in
from mulin.territory.models import Community, Grid
from mulin.territory.queries import places

from ..figures import AHEAD, DAY, LONGEST, MOST_STOPS, STOP_PLACES, days_of
from ..flow import AHEAD_OF_US, ROUTE, RoundState
from ..models import Round, Route, Stop
from .walking import call_off, schedule


def draw(
    *, by: Any, community: Community, name: str, walker: dict[str, Any], grid: Grid | None = None,
    every_days: int | None = None, weekdays: Iterable[str] = (), checklist: Any = (), once: Once | None = None,
) -> Route:  # fmt: skip
    """Draw a route; its stops are added next, and nobody walks it until it is let."""
    draft = Route(community=community)
    _fill(draft, name, walker, grid, every_days, weekdays, checklist)
    return begin(draft, by=by, verb="draw", once=once)


def _fill(
    route: Route, name: str, walker: dict[str, Any], grid: Grid | None, every: int | None, weekdays: Iterable[str],
    checklist: Any,
) -> None:  # fmt: skip
    route.name, route.checklist = name.strip(), list(checklist)
    route.post_kind, route.organisation, route.claim = walker.get("post", ""), walker.get("team"), walker.get("claim")
    route.grid = grid if route.post_kind else None
    route.weekdays = "".join(sorted(set(weekdays)))
    route.every_days = every or None
    if bool(route.every_days) == bool(route.weekdays):
        raise Refused("no_rhythm", _("Say every how many days, or on which weekdays: one of the two."), status=422)
    route.__dict__.pop("walker", None)


@moves(ROUTE)
def amend(
    route: Route, *, by: Any, name: str, walker: dict[str, Any], grid: Grid | None = None,
    every_days: int | None = None, weekdays: Iterable[str] = (), checklist: Any = (),
) -> None:  # fmt: skip
    """Change who walks it, how often and what is looked at; planned rounds on other days are called off."""
    _fill(route, name, walker, grid, every_days, weekdays, checklist)
    if route.starts_on and route.state == "active":
        today = today_in(route.community)
        kept = set(days_of(route.every_days, route.weekdays, route.starts_on, today, today + AHEAD))
        _call_off(route, [row for row in _planned(route) if row.day not in kept])
        _plan(route)


@moves(ROUTE)
def add_stops(route: Route, *, by: Any, places: Iterable[tuple[str, UUID]]) -> dict[str, Any]:
    """Add places at its end; what is on it already is not added twice."""
    here = {stop.place_id for stop in route.stops}
    new = [(kind, key) for kind, key in places if key not in here]
    if len(here) + len(new) > MOST_STOPS:
        words = _("A route has at most %(most)s stops. Draw a second one.")
        raise Refused("too_many", words % {"most": MOST_STOPS}, status=422)
    _must_be_here(route, new)
    at = max((stop.position for stop in route.stops), default=0) + 1
    Stop.objects.bulk_create([
        Stop(community_id=route.community_id, route=route, place_kind=kind, place_id=key, position=at + n)
        for n, (kind, key) in enumerate(dict.fromkeys(new))
    ])  # fmt: skip
    route.__dict__.pop("stops", None)
    return {"stops": len(new)}


def _must_be_here(route: Route, new: list[tuple[str, UUID]]) -> None:
    known = places(route.community).by_id
    for kind, key in new:
        if kind not in STOP_PLACES or type(known.get(key)).__name__.lower() != kind:
            raise Refused("unknown_place", _("There is no such place here. Choose one of the list."), status=422)


@moves(ROUTE)
def shift_stop(route: Route, *, by: Any, stop: Stop, to: str) -> dict[str, Any]:
    """Let a stop change places with the one before or after it."""
    order = [each.pk for each in route.stops]
    if stop.pk not in order:
        raise Refused("no_stop", _("This stop is not on the route any more."))
    at = order.index(stop.pk)
    other = at - 1 if to == "up" else at + 1
    if 0 <= other < len(order):
        order[at], order[other] = order[other], order[at]
    for position, key in enumerate(order, 1):
        Stop.objects.filter(community_id=route.community_id, pk=key).update(position=position)
    route.__dict__.pop("stops", None)
    return {"stop": str(stop.place_id), "to": to}


@moves(ROUTE)
def take_out(route: Route, *, by: Any, stop: Stop) -> dict[str, Any]:
    """Take a stop off the route; rounds that were walked keep what was seen there."""
    Stop.objects.filter(community_id=route.community_id, route=route, pk=stop.pk).delete()
    route.__dict__.pop("stops", None)
    return {"stop": str(stop.place_id)}


@moves(ROUTE)
def activate(route: Route, *, by: Any, until: date, starts_on: date | None = None) -> None:
    """Let it be walked from a day until another; the rounds of the next week are planned at once."""
    today = today_in(route.community)
    route.starts_on = max(starts_on or today, today)
    _last_day(route, until)
    _plan(route)


@moves(ROUTE)
def prolong(route: Route, *, by: Any, until: date) -> None:
    """Let it be walked until another day."""
    _last_day(route, until)
    _call_off(route, [row for row in _planned(route) if row.day >= (route.ends_on or row.day)])
    _plan(route)


def _last_day(route: Route, until: date) -> None:
    today = today_in(route.community)
    first = max(route.starts_on or today, today)
    if not first <= until <= today + LONGEST:
        words = _("Name a last day within a year from today. Then it ends by itself, unless it is prolonged.")
        raise Refused("no_end", words, status=422)
    route.ends_on = until + DAY


@moves(ROUTE)
def end(route: Route, *, by: Any, reason: str = "") -> dict[str, Any]:
    """End the route now; what was planned is called off."""
    _call_off(route, _planned(route))
    return {"reason": reason.strip()}


@moves(ROUTE)
def run_out(route: Route, *, by: Any) -> None:
    """End a route whose last day is over."""
    _call_off(route, _planned(route))


@moves(ROUTE)
def warn(route: Route, *, by: Any) -> None:
    """Tell the desk that the route ends in two weeks."""


@moves(ROUTE)
def plan_ahead(route: Route, *, by: Any) -> dict[str, Any]:
    """Plan the rounds of the coming week that are not planned yet; done twice it adds none."""
    return {"rounds": _plan(route)}


def _plan(route: Route) -> int:
    first = today_in(route.community)
    last = min(first + AHEAD, (route.ends_on or first) - DAY)
    days = days_of(route.every_days, route.weekdays, route.starts_on or first, first, last)
    # Under the head's lock: of two workers the second finds what the first planned.
    there = set(Round.objects.filter(community_id=route.community_id, route=route).values_list("day", flat=True))
    new = [day for day in days if day not in there]
    for day in new:
        schedule(by=SYSTEM, route=route, day=day)
    return len(new)


def _planned(route: Route) -> list[Round]:
    states = (*AHEAD_OF_US, RoundState.WALKING) if route.state == "ended" else (RoundState.PLANNED,)
    return list(Round.objects.filter(community_id=route.community_id, route=route, state__in=states))


def _call_off(route: Route, rows: list[Round]) -> None:
    for row in rows:
        call_off(row, by=SYSTEM, reason=_("The route was changed or has ended."))
