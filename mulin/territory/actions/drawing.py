"""Drawing places: grids, buildings, entrances, dwellings and spots."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import writing
from mulin.kernel.refusals import Refused
from mulin.secrecy.codes import new_code

from .. import figures
from ..models import Building, Community, Dwelling, Entrance, Grid, GridCell, Spot, SpotKind, Use
from .checks import must_be_area, must_be_point, must_draw, written

CODE_LENGTH = 6
MOST_AREA = 10_000_000  # ten hectares


def draw_grid(community: Community, number: int, polygon: Any, *, by: Any = SYSTEM, name: str = "") -> Grid:
    """Draw a grid, or draw the grid of this number anew; buildings follow their point."""
    must_draw(by, community.pk)
    must_be_area(polygon)
    cells = figures.cells(polygon)
    with writing(community.pk) as turn:
        grid = Grid.objects.filter(community=community, number=number).first()
        verb = "redraw" if grid else "draw"
        grid = grid or Grid(community=community, number=number, name=_grid_name(number))
        grid.polygon, grid.name = polygon, name or grid.name
        grid.save()
        GridCell.objects.filter(community=community, grid=grid).delete()
        GridCell.objects.bulk_create([GridCell(community=community, grid=grid, cell=cell) for cell in cells])
        _place_again(grid)
        written(turn, grid, by, verb)
    return grid


def _grid_name(number: int) -> str:
    # Kept, and read by everyone: in the installation's language, not in that of whoever draws.
    with override(settings.LANGUAGE_CODE):
        return _("Grid %(number)s") % {"number": number}


def add_building(
    community: Community, name: str, *, by: Any = SYSTEM, number: int | None = None, address: str = "",
    lon: float | None = None, lat: float | None = None, polygon: Any = None,
) -> Building:  # fmt: skip
    """Add a building by its outline, its point, or both; the grid follows from the point."""
    must_draw(by, community.pk)
    if polygon is not None:
        must_be_area(polygon)
    if lon is None or lat is None:
        if polygon is None:
            raise Refused("no_point", _("Say where the building stands: give its point or its outline."), 422)
        lon, lat = figures.centre(polygon)
    must_be_point(lon, lat)
    with writing(community.pk) as turn:
        if Building.objects.filter(community=community, name=name).exists():
            words = _("There is a building of this name already: %(name)s. Take another name.")
            raise Refused("building_taken", words % {"name": name})
        building = Building(
            community=community, name=name, number=number, address=address, lon=lon, lat=lat, polygon=polygon
        )
        building.grid = grid_of(building)
        building.save()
        written(turn, building, by, "add")
    return building


def add_entrance(
    building: Building, name: str, *, by: Any = SYSTEM, lon: float | None = None, lat: float | None = None
) -> Entrance:
    """Add an entrance to a building, with a code for its QR plate."""
    must_draw(by, building.community_id)
    lon, lat = (building.lon, building.lat) if lon is None or lat is None else (lon, lat)
    must_be_point(lon, lat)
    with writing(building.community_id) as turn:
        here = Entrance.objects.filter(community_id=building.community_id)
        if here.filter(building=building, name=name).exists():
            words = _("This building has an entrance of this name already: %(name)s. Take another name.")
            raise Refused("entrance_taken", words % {"name": name})
        code = _free_code(building.community_id)
        entrance = Entrance.objects.create(
            community_id=building.community_id, building=building, name=name, code=code, lon=lon, lat=lat
        )
        written(turn, entrance, by, "add")
    return entrance


def add_dwelling(
    building: Building, name: str, *, by: Any = SYSTEM, entrance: Entrance | None = None, floor: int | None = None,
    area: int | None = None, use: str = Use.HOME,
) -> Dwelling:  # fmt: skip
    """Add a dwelling to a building, or to one of its entrances; the area is in hundredths of a square metre."""
    must_draw(by, building.community_id)
    if entrance is not None and entrance.building_id != building.pk:
        words = _("This entrance belongs to another building. Choose one of: %(name)s.")
        raise Refused("other_building", words % {"name": building}, 422)
    if area is not None and not 0 < area <= MOST_AREA:
        raise Refused("area", _("This area cannot be right. Give square metres, as in the deed."), 422)
    with writing(building.community_id) as turn:
        here = Dwelling.objects.filter(community_id=building.community_id, building=building)
        if here.filter(entrance=entrance, name=name).exists():
            raise Refused("dwelling_taken", _("This dwelling is here already: %(name)s.") % {"name": name})
        dwelling = Dwelling.objects.create(
            community_id=building.community_id, building=building, entrance=entrance, name=name, floor=floor, area=area,
            use=Use(use).value,
        )  # fmt: skip
        written(turn, dwelling, by, "add")
    return dwelling


def add_spot(
    community: Community, name: str, kind: str, *, by: Any = SYSTEM, lon: float, lat: float,
    building: Building | None = None,
) -> Spot:  # fmt: skip
    """Add a spot by its point, with a code for its QR plate; the grid follows from the point."""
    must_draw(by, community.pk)
    must_be_point(lon, lat)
    with writing(community.pk) as turn:
        here = Spot.objects.filter(community=community)
        if here.filter(name=name).exists():
            words = _("There is a spot of this name already: %(name)s. Take another name.")
            raise Refused("spot_taken", words % {"name": name})
        code = _free_code(community.pk)
        spot = Spot(community=community, name=name, kind=SpotKind(kind).value, lon=lon, lat=lat, code=code)
        spot.grid, spot.building = grid_of(spot), building
        spot.save()
        written(turn, spot, by, "add")
    return spot


def _free_code(community: UUID) -> str:
    # Plates of entrances and spots lead through one address.
    while True:
        code = new_code(CODE_LENGTH)
        if not any(model.objects.filter(community_id=community, code=code).exists() for model in (Entrance, Spot)):
            return code


def grid_of(place: Building | Spot) -> Grid | None:
    """Return the grid that a point lies in, the lowest number first."""
    cells = figures.cells_at(place.lon, place.lat)
    near = Grid.objects.filter(community_id=place.community_id, cells__cell__in=cells).order_by("number")
    return next((grid for grid in near if figures.contains(grid.polygon, place.lon, place.lat)), None)


def _place_again(grid: Grid) -> None:
    """Give the buildings and spots that were or now are in a grid the one that their point lies in."""
    box = figures.bounds([grid.polygon]) or (0, 0, 0, 0)
    inside = Q(lon__range=(box[0], box[2]), lat__range=(box[1], box[3]))
    for building in Building.objects.filter(Q(grid=grid) | inside, community_id=grid.community_id):
        _place(building)
    for spot in Spot.objects.filter(Q(grid=grid) | inside, community_id=grid.community_id):
        _place(spot)


def _place(place: Building | Spot) -> None:
    before, place.grid = place.grid_id, grid_of(place)
    if place.grid_id != before:
        place.save(update_fields=["grid"])
