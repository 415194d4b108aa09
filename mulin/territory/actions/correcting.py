"""Setting one place right: its name, where it is, and what a dwelling is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import writing
from mulin.kernel.refusals import Refused

from ..models import Building, Dwelling, Entrance, Spot
from .checks import must_be_point, must_draw, written
from .drawing import MOST_AREA, grid_of

# What can be set right about each kind; a place keeps its code, so that its plate goes on working.
FIELDS: dict[type, tuple[str, ...]] = {
    Building: ("name", "number", "address", "lon", "lat"),
    Entrance: ("name", "lon", "lat"),
    Dwelling: ("name", "entrance", "floor", "area", "use"),
    Spot: ("name", "kind", "building", "lon", "lat"),
}
Known = Building | Entrance | Dwelling | Spot


def correct_place(place: Known, *, by: Any = SYSTEM, **said: Any) -> Known:
    """Set one place right; what is not named stays. Whoever lives or owns there is not touched."""
    must_draw(by, place.community_id)
    with writing(place.community_id) as turn:
        kept: Known = type(place).objects.get(community=place.community_id, pk=place.pk)
        changed = [field for field in FIELDS[type(place)] if field in said and getattr(kept, field) != said[field]]
        if not changed:
            return kept
        for field in changed:
            setattr(kept, field, said[field])
        _must_fit(kept)
        if isinstance(kept, Building | Spot) and {"lon", "lat"} & set(changed):
            kept.grid = grid_of(kept)
            changed.append("grid")
        kept.save(update_fields=changed)
        written(turn, kept, by, "correct", changed)
    return kept


def _must_fit(place: Known) -> None:
    place.name = place.name.strip()
    if not place.name:
        raise Refused("name", _("Give it a name: what people call it, or what stands on the door."), 422)
    same: Any = type(place).objects.filter(community=place.community_id, name=place.name).exclude(pk=place.pk)
    if isinstance(place, Dwelling):
        entrance = place.entrance
        if entrance is not None and entrance.building_id != place.building_id:
            words = _("This entrance belongs to another building. Choose one of: %(name)s.")
            raise Refused("other_building", words % {"name": place.building}, 422)
        if place.area is not None and not 0 < place.area <= MOST_AREA:
            raise Refused("area", _("This area cannot be right. Give square metres, as in the deed."), 422)
        same = same.filter(building=place.building_id, entrance=entrance)
    else:
        must_be_point(place.lon, place.lat)
        same = same.filter(building=place.building_id) if isinstance(place, Entrance) else same
    if same.exists():
        raise Refused("name_taken", _("There is one of this name already: %(name)s.") % {"name": place.name})
