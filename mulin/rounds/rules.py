"""Who may do what with routes, rounds and maintenance plans."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from mulin.cases import rules as cases
from mulin.kernel.rules import is_here, rule

is_desk = cases.is_desk


@rule(_("who walks this route"))
def walks_it(viewer: Any, noun: Any) -> bool:
    return is_here(viewer, noun) and viewer.is_person and noun.is_walked_by(viewer)


@rule(_("who is walking it now"))
def has_it(viewer: Any, round: Any) -> bool:
    return is_here(viewer, round) and viewer.is_person and viewer.person_id == round.walker_id


@rule(_("each stop looked at, or a reason why it was left out"))
def is_answered(viewer: Any, round: Any) -> bool:
    return not round.open_looks


@rule(_("a round whose reason is not known yet"))
def is_unexplained(viewer: Any, round: Any) -> bool:
    return not round.reason


@rule(_("at least one stop"))
def has_stops(viewer: Any, route: Any) -> bool:
    return bool(route.stops)


@rule(_("another stop: a route that is walked keeps at least one"))
def keeps_a_stop(viewer: Any, route: Any) -> bool:
    return bool(len(route.stops) > int(route.state == "active"))


@rule(_("whoever handles cases here"))
def handles(viewer: Any, noun: Any) -> bool:
    return is_here(viewer, noun) and bool(viewer.can("cases.handle"))


@rule(_("the organisation that looks after it"))
def looks_after_it(viewer: Any, upkeep: Any) -> bool:
    return is_here(viewer, upkeep) and viewer.is_person and upkeep.is_kept_by(viewer)
