"""What every change of a place asks first, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import Turn, change
from mulin.kernel.refusals import Refused

from .. import figures
from ..models import Building, Dwelling, Entrance, Grid, Spot
from ..queries import STAMP

CAPABILITY = "places.draw"
FAULTS = {
    "no_polygon": gettext_lazy("This is no area. Give a GeoJSON Polygon or MultiPolygon."),
    "empty": gettext_lazy("This area is empty. Draw at least three corners."),
    "too_many": gettext_lazy("This area has more than 20,000 corners. Draw it more simply."),
    "off_earth": gettext_lazy("A corner lies outside the map. Give longitude first, then latitude, in degrees."),
    "too_wide": gettext_lazy("This area is wider than a province. Give longitude and latitude in degrees."),
    "crosses": gettext_lazy("The border crosses itself. Draw it once around without crossing."),
}


def must_draw(by: Any, community: UUID | None = None) -> None:
    """Refuse whoever does not keep the places of this community, or of the installation where none is given."""
    if by is not SYSTEM and not (by.can(CAPABILITY) and community in (None, by.community_id)):
        raise Refused("not_yours", _("Who can do this: who keeps the places of this community."), 403)


def must_be_area(polygon: Any) -> None:
    """Refuse what is no area that can be drawn."""
    if fault := figures.fault(polygon):
        raise Refused(fault, str(FAULTS[fault]), 422)


def must_be_point(lon: float, lat: float) -> None:
    """Refuse what is no point on the map."""
    if not figures.is_on_earth(lon, lat):
        raise Refused("off_earth", str(FAULTS["off_earth"]), 422)


def written(
    turn: Turn, place: Grid | Building | Entrance | Dwelling | Spot, by: Any, verb: str, changed: Sequence[str] = ()
) -> None:
    """Write the line of a changed place, and move the stamp on; of what was corrected only the names of the fields."""
    turn.count(place.community_id, STAMP)
    details = {"name": place.name, **({"changed": list(changed)} if changed else {})}
    change(place, by=by, kind=place._meta.label_lower, verb=verb, details=details)
