"""What is done to places: founding a community, drawing its grids, adding buildings and entrances."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from mulin.journal.log import Entry
from mulin.journal.models import INSTALLATION, Head
from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import Turn, change, writing
from mulin.kernel.refusals import Refused
from mulin.secrecy.codes import new_code

from . import figures
from .models import Building, Community, Division, Entrance, Grid, GridCell
from .queries import STAMP, forget_communities

CAPABILITY = "places.draw"
CODE_LENGTH = 6
FAULTS = {
    "no_polygon": gettext_lazy("This is no area. Give a GeoJSON Polygon or MultiPolygon."),
    "empty": gettext_lazy("This area is empty. Draw at least three corners."),
    "too_many": gettext_lazy("This area has more than 20,000 corners. Draw it more simply."),
    "off_earth": gettext_lazy("A corner lies outside the map. Give longitude first, then latitude, in degrees."),
    "too_wide": gettext_lazy("This area is wider than a province. Give longitude and latitude in degrees."),
    "crosses": gettext_lazy("The border crosses itself. Draw it once around without crossing."),
}


def founding_head() -> UUID:
    """Return the installation's own head; it is made when missing, by whichever process comes first."""
    Head.objects.get_or_create(key=INSTALLATION)
    return INSTALLATION


def add_division(name: str, level: int, *, parent: Division | None = None, by: Any = SYSTEM) -> Division:
    """Add a division above communities: a street, a district, a city."""
    _must_draw(by)
    with writing(founding_head()) as turn:
        division = Division.objects.create(name=name, level=level, parent=parent)
        details = {"name": name, "level": level}
        turn.note(INSTALLATION, Entry("territory.division", division.pk, "add", by.actor, now(), details=details))
    return division


def found(
    slug: str, name: str, letter: str, *, by: Any = SYSTEM, name_en: str = "", boundary: Any = None,
    division: Division | None = None, zone: str = "Asia/Shanghai", holidays: str = "cn", hours: Any = (),
) -> Community:  # fmt: skip
    """Found a community, with a log of its own."""
    _must_draw(by)
    if slug != slugify(slug) or not slug or slug in figures.TAKEN:
        raise Refused("slug", _("This address cannot be used. Take small letters, digits and hyphens."), 422)
    if boundary is not None:
        _must_be_area(boundary)
    with writing(founding_head()) as turn:
        if Community.objects.filter(slug=slug).exists():
            raise Refused("slug_taken", _("Another community has this address. Take another one."))
        community = Community.objects.create(
            slug=slug, name=name, name_en=name_en, letter=letter, boundary=boundary, division=division, zone=zone,
            holidays=holidays, hours=[list(span) for span in hours], created_at=now(),
        )  # fmt: skip
        Head.objects.create(key=community.pk)
        details = {"slug": slug, "name": name}
        cleared = {"at": now().isoformat(timespec="minutes"), "noun": f"territory.community:{community.pk}"}
        turn.note(
            INSTALLATION,
            Entry("territory.community", community.pk, "found", by.actor, now(), details=details,
                  cleared={**cleared, "verb": "found"}),
        )  # fmt: skip
    forget_communities()
    return community


def draw_boundary(community: Community, boundary: Any, *, by: Any = SYSTEM) -> Community:
    """Draw the border of the whole community; None takes it away."""
    _must_draw(by)
    if boundary is not None:
        _must_be_area(boundary)
    with writing(community.pk) as turn:
        turn.count(community.pk, STAMP)
        community.boundary = boundary
        community.save(update_fields=["boundary"])
        vars(community).pop("border", None)
        entry = Entry("territory.community", community.pk, "draw_boundary", by.actor, now())
        turn.note(community.pk, entry)
    forget_communities()
    return community


def draw_grid(community: Community, number: int, polygon: Any, *, by: Any = SYSTEM, name: str = "") -> Grid:
    """Draw a grid, or draw the grid of this number anew; buildings follow their point."""
    _must_draw(by)
    _must_be_area(polygon)
    cells = figures.cells(polygon)
    with writing(community.pk) as turn:
        grid = Grid.objects.filter(community=community, number=number).first()
        verb = "redraw" if grid else "draw"
        grid = grid or Grid(community=community, number=number, name=_grid_name(number))
        grid.polygon, grid.name = polygon, name or grid.name
        grid.save()
        GridCell.objects.filter(community=community, grid=grid).delete()
        GridCell.objects.bulk_create([GridCell(community=community, grid=grid, cell=cell) for cell in cells])
        _place_buildings(grid)
        _written(turn, grid, by, verb)
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
    _must_draw(by)
    if polygon is not None:
        _must_be_area(polygon)
    if lon is None or lat is None:
        if polygon is None:
            raise Refused("no_point", _("Say where the building stands: give its point or its outline."), 422)
        lon, lat = figures.centre(polygon)
    _must_be_point(lon, lat)
    with writing(community.pk) as turn:
        if Building.objects.filter(community=community, name=name).exists():
            words = _("There is a building of this name already: %(name)s. Take another name.")
            raise Refused("building_taken", words % {"name": name})
        building = Building(
            community=community, name=name, number=number, address=address, lon=lon, lat=lat, polygon=polygon
        )
        building.grid = _grid_of(building)
        building.save()
        _written(turn, building, by, "add")
    return building


def add_entrance(
    building: Building, name: str, *, by: Any = SYSTEM, lon: float | None = None, lat: float | None = None
) -> Entrance:
    """Add an entrance to a building, with a code for its QR plate."""
    _must_draw(by)
    lon, lat = (building.lon, building.lat) if lon is None or lat is None else (lon, lat)
    _must_be_point(lon, lat)
    with writing(building.community_id) as turn:
        here = Entrance.objects.filter(community_id=building.community_id)
        if here.filter(building=building, name=name).exists():
            words = _("This building has an entrance of this name already: %(name)s. Take another name.")
            raise Refused("entrance_taken", words % {"name": name})
        code = new_code(CODE_LENGTH)
        while here.filter(code=code).exists():
            code = new_code(CODE_LENGTH)
        entrance = Entrance.objects.create(
            community_id=building.community_id, building=building, name=name, code=code, lon=lon, lat=lat
        )
        _written(turn, entrance, by, "add")
    return entrance


def _must_draw(by: Any) -> None:
    if by is not SYSTEM and not by.can(CAPABILITY):
        raise Refused("not_yours", _("Who can do this: who keeps the places of this community."), 403)


def _must_be_area(polygon: Any) -> None:
    if fault := figures.fault(polygon):
        raise Refused(fault, str(FAULTS[fault]), 422)


def _must_be_point(lon: float, lat: float) -> None:
    if not figures.is_on_earth(lon, lat):
        raise Refused("off_earth", str(FAULTS["off_earth"]), 422)


def _written(turn: Turn, place: Grid | Building | Entrance, by: Any, verb: str) -> None:
    turn.count(place.community_id, STAMP)
    change(place, by=by, kind=place._meta.label_lower, verb=verb, details={"name": place.name})


def _grid_of(building: Building) -> Grid | None:
    cells = figures.cells_at(building.lon, building.lat)
    near = Grid.objects.filter(community_id=building.community_id, cells__cell__in=cells).order_by("number")
    return next((grid for grid in near if figures.contains(grid.polygon, building.lon, building.lat)), None)


def _place_buildings(grid: Grid) -> None:
    """Give the buildings that were or now are in a grid the one that their point lies in."""
    box = figures.bounds([grid.polygon]) or (0, 0, 0, 0)
    inside = Q(lon__range=(box[0], box[2]), lat__range=(box[1], box[3]))
    for building in Building.objects.filter(Q(grid=grid) | inside, community_id=grid.community_id):
        before, building.grid = building.grid_id, _grid_of(building)
        if building.grid_id != before:
            building.save(update_fields=["grid"])
