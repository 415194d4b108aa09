"""Where is this point? One at a time for a report, many at once for a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from mulin import sql
from mulin.kernel.refusals import Refused

from .. import figures
from ..models import Building, Community, Entrance, Grid
from .known import places, stamp_of


@dataclass(frozen=True)
class Place:
    """Where something is, as exactly as we know it."""

    grid: Grid | None = None
    building: Building | None = None
    entrance_nearby: Entrance | None = None


def locate(community: Community, lon: float, lat: float) -> Place:
    """Say which grid and building a point lies in. Raises Refused outside the community's boundary."""
    if not figures.is_on_earth(lon, lat):
        raise Refused("no_point", _("This is no point on the map. Choose the place on the map once more."), 422)
    if community.border and not community.border.holds(lon, lat):
        words = _("This place lies outside: %(community)s. Move the pin into it, or choose a building from the list.")
        raise Refused("outside", words % {"community": community}, 422)
    near, stamp = _grids_near(community, lon, lat)
    known = places(community, stamp)
    grids = sorted((known.ready[key] for key in near if key in known.ready), key=lambda each: each[0])
    grid = next((grid for _at, grid, area in grids if area.holds(lon, lat)), None)
    return Place(grid, *known.near(lon, lat))


# Written by hand since every report with a point asks it. The stamp comes along, so one statement is all.
_NEAR = """
    SELECT head.counters, cell.grid_id FROM journal_head head
    LEFT JOIN territory_gridcell cell ON cell.community_id = head.key AND cell.cell IN (%s, %s, %s, %s, %s)
    WHERE head.key = %s
"""


def _grids_near(community: Community, lon: float, lat: float) -> tuple[set[UUID], int]:
    rows = sql.read(_NEAR, *figures.cells_at(lon, lat), community.pk)
    stamp = stamp_of(json.loads(rows[0][0])) if rows else 0
    return {sql.key(grid) for _counters, grid in rows if grid}, stamp
