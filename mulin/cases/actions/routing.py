"""Where a case goes: place → grid → the post responsible for the category; nobody there, the next level up."""

from __future__ import annotations

from .. import queries
from ..flow import State
from ..models import Case
from ..queries import Where
from ..rules import COMMUNITY, GRID, TOP


def set_place(case: Case, place: Where) -> None:
    """Keep where it is, and what of that may be shown: never nearer than the entrance or the grid."""
    case.grid, case.building, case.entrance = place.grid, place.building, place.entrance
    case.lon, case.lat, case.address = place.lon, place.lat, place.address
    case.shown_lon, case.shown_lat = place.shown_lon, place.shown_lat
    set_public(case)


def set_public(case: Case) -> None:
    """Confidential and household matters are never public."""
    case.is_public = not case.category.is_household and case.disclosure != "confidential"


def route(case: Case) -> None:
    """Find who is responsible at this level and set the state that follows."""
    places = [key for key in (case.grid_id, case.building_id, case.entrance_id) if key]
    case.post = queries.responsible_post(case.community, case.category.post_kind, places)
    if case.post is None:
        case.level = max(case.level, COMMUNITY)
        case.state = State.REPORTED
    else:
        if case.is_new:
            case.level = COMMUNITY if case.post.place_id is None else GRID
        case.state = State.ASSIGNED


def raise_level(case: Case) -> None:
    """Move it one level up, to that level's desk; the post below stays on the case's history, not in charge."""
    case.level = min(case.level + 1, TOP)
    case.post = None
    case.state = State.REPORTED
