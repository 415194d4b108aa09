"""Where a case is, and which post it goes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case as When_
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from mulin.people.figures import today_in
from mulin.people.models import Post, Term
from mulin.territory import queries as places
from mulin.territory.figures import centre
from mulin.territory.models import Building, Entrance, Grid
from mulin.territory.queries import Place


@dataclass(frozen=True)
class Where:
    """A place as a case keeps it: as exactly as it was told, and what of that may be shown."""

    grid: Grid | None = None
    building: Building | None = None
    entrance: Entrance | None = None
    lon: float | None = None
    lat: float | None = None
    shown_lon: float | None = None
    shown_lat: float | None = None
    address: str = ""


def where(
    community: Any, *, entrance: Entrance | None = None, lon: float | None = None, lat: float | None = None,
    address: str = "",
) -> Where | None:  # fmt: skip
    """Turn what was told into a place: a door plate's entrance, a point, or an address; None where nothing fits.

    Raises Refused outside the community. An address that names no building of ours is kept for the desk to place.
    """
    place: Place | None = Place(building=entrance.building, entrance_nearby=entrance) if entrance else None
    if place is None and lon is not None and lat is not None:
        place = places.locate(community, lon, lat)
    elif place is None and address:
        place = places.find_address(community, address) or Place()
    if place is None:
        return None
    building, door = place.building, entrance or (place.entrance_nearby if lon is None else None)
    grid = place.grid or (building.grid if building else None)
    fixed = door or building
    if lon is None and fixed:
        lon, lat = fixed.lon, fixed.lat
    shown = shown_point(place.entrance_nearby or building, grid, lon, lat)
    return Where(grid, building, door, lon, lat, *shown, address=address.strip())


def shown_point(
    fixed: Building | Entrance | None, grid: Grid | None, lon: float | None, lat: float | None
) -> tuple[float | None, float | None]:
    """Snap a point to what everyone may see: the door or house it belongs to, its grid's middle, or some 100 metres."""
    if fixed is not None:
        return fixed.lon, fixed.lat
    if grid is not None:
        return centre(grid.polygon)
    return (None, None) if lon is None or lat is None else (round(lon, 3), round(lat, 3))


def responsible_post(community: Any, kind: str, place_ids: list[UUID]) -> Post | None:
    """Return the held post of a kind that is nearest to these places, or the community's own; one statement."""
    nearness = When_(When(place_id__isnull=False, then=Value(0)), default=Value(1), output_field=IntegerField())
    found: Post | None = (
        Post.objects.filter(Q(place_id__in=place_ids) | Q(place_kind="community"), community=community)
        .filter(_is_held(community), kind__key=kind)
        .select_related("kind")
        .annotate(nearness=nearness)
        .order_by("nearness", "id")
        .first()
    )
    return found


def posts_that_handle(community: Any) -> QuerySet[Post]:
    """Keep the posts that someone holds now and that can take a case, with their holder and grid."""
    posts = Post.objects.filter(_is_held(community), community=community)
    handling = posts.exclude(kind__key__in=("building_lead", "entrance_lead"))
    held = Term.objects.filter(community=community, post=OuterRef("pk")).current(today_in(community))
    grid = Grid.objects.filter(community=community, pk=OuterRef("place_id")).values("name")
    named: Any = handling.annotate(holder=Subquery(held.values("person__name")[:1]), grid=Subquery(grid[:1]))
    found: QuerySet[Post] = named.select_related("kind").order_by("kind__name_zh", "grid", "title", "id")
    return found


def _is_held(community: Any) -> Exists:
    terms = Term.objects.filter(community_id=OuterRef("community_id"), post_id=OuterRef("pk"))
    return Exists(terms.current(today_in(community)))
