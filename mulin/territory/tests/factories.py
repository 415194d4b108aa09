"""A small community for everyone's tests, made through actions."""

from mulin.territory import actions, figures
from mulin.territory.models import Building, Community, Entrance, Grid

WEST, SOUTH = 117.1, 39.195
STEP = 0.002  # about 170 m east, 220 m north


def square(east=0.0, north=0.0, width=STEP, height=STEP):
    """Return a rectangle as GeoJSON, from a corner given in degrees from the south-west."""
    west, south = WEST + east, SOUTH + north
    ring = [
        [west, south],
        [west + width, south],
        [west + width, south + height],
        [west, south + height],
        [west, south],
    ]
    return {"type": "Polygon", "coordinates": [ring]}


def as_gcj02(lon, lat):
    """Return a point as Chinese map services give it."""
    east, north = figures.shift(lon, lat)
    return lon + east, lat + north


def make_community(slug="baocui", **fields):
    """Found a community: grid 1 with 1号楼 (1门, 2门), grid 2 with 2号楼 (1门), and to the east no grid."""
    named = {"name": "宝翠花都", "letter": "B", "boundary": square(width=3 * STEP), **fields}
    community = actions.found(slug, **named)
    for number in (1, 2):
        west = (number - 1) * STEP
        actions.draw_grid(community, number, square(west), name=f"第{number}网格")
        building = actions.add_building(
            community,
            f"{number}号楼",
            number=number,
            polygon=square(west + 0.0008, 0.0009, 0.0005, 0.0002),
        )
        for door in range(1, 4 - number):
            lon = WEST + west + 0.0008 + 0.0002 * door
            actions.add_entrance(building, f"{door}门", lon=lon, lat=SOUTH + 0.0009)
    return community


def grids(community):
    """List its grids by number."""
    return list(Grid.objects.filter(community=community).order_by("number"))


def buildings(community):
    """List its buildings by number."""
    return list(Building.objects.filter(community=community).order_by("number"))


def entrances(community):
    """List its entrances by building and name."""
    return list(Entrance.objects.filter(community=community).order_by("building__number", "name"))


def in_grid(number):
    """Return a point in the grid of this number, away from its building; 3: within the border, in no grid."""
    return WEST + (number - 1) * STEP + 0.0002, SOUTH + 0.0002


OUTSIDE = (WEST + 5 * STEP, SOUTH)

__all__ = ["OUTSIDE", "Community", "buildings", "entrances", "grids", "in_grid", "make_community", "square"]
