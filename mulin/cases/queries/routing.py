"""Where a case is, and which post it goes to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from mulin import sql
from mulin.people.figures import today_in
from mulin.people.flow import State as TermState
from mulin.people.models import Post, PostKind, Term
from mulin.territory import queries as places
from mulin.territory.figures import centre
from mulin.territory.models import Building, Entrance, Grid


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
    """Turn what was told into a place: a door plate's entrance, a point, or an address; None where nothing was told."""
    if entrance:
        found = at_door(entrance)
    elif lon is not None and lat is not None:
        found = at_point(community, lon, lat)
    elif address:
        found = at_address(community, address)
    else:
        return None
    return replace(found, address=address.strip())


def at_door(entrance: Entrance) -> Where:
    """Return the place of an entrance: everyone may see its door."""
    building, point = entrance.building, (entrance.lon, entrance.lat)
    return Where(building.grid, building, entrance, *point, *point)


def at_point(community: Any, lon: float, lat: float) -> Where:
    """Return the place of a point, which is shown less exactly than it was told. Raises Refused outside."""
    place = places.locate(community, lon, lat)
    grid = place.grid or (place.building.grid if place.building else None)
    shown = shown_point(place.entrance_nearby or place.building, grid, lon, lat)
    return Where(grid, place.building, None, lon, lat, *shown)


def at_address(community: Any, text: str) -> Where:
    """Return the place that an address means; one that names no building of ours is kept for the desk to place."""
    place = places.find_address(community, text)
    fixed = (place.entrance_nearby or place.building) if place else None
    if place is None or fixed is None:
        return Where()
    point = (fixed.lon, fixed.lat)
    return Where(place.grid, place.building, place.entrance_nearby, *point, *point)


def shown_point(
    fixed: Building | Entrance | None, grid: Grid | None, lon: float | None, lat: float | None
) -> tuple[float | None, float | None]:
    """Snap a point to what everyone may see: the door or house it belongs to, its grid's middle, or some 100 metres."""
    if fixed is not None:
        return fixed.lon, fixed.lat
    if grid is not None:
        return centre(grid.polygon)
    return (None, None) if lon is None or lat is None else (round(lon, 3), round(lat, 3))


# Written by hand since every report asks it.
_RESPONSIBLE = """
    SELECT post.id, post.place_kind, post.place_id, post.title, kind.id, kind.key, kind.name_zh, kind.name_en
    FROM people_post post
    JOIN people_postkind kind ON kind.id = post.kind_id AND kind.community_id = post.community_id
    WHERE post.community_id = %s AND kind.key = %s
        AND (post.place_kind = 'community' OR post.place_id IN (%s, %s, %s))
        AND EXISTS (
            SELECT 1 FROM people_term term WHERE term.community_id = post.community_id AND term.post_id = post.id
            AND term.state = %s AND term.starts_on <= %s AND term.ends_on > %s
        )
    ORDER BY CASE WHEN post.place_id IS NULL THEN 1 ELSE 0 END, post.id LIMIT 1
"""


def responsible_post(community: Any, kind: str, place_ids: list[UUID]) -> Post | None:
    """Return the held post of a kind that is nearest to these places, or the community's own; one statement."""
    at, today = (*place_ids, None, None, None)[:3], today_in(community)
    found = sql.read(_RESPONSIBLE, community.pk, kind, *at, TermState.HELD.value, today, today)
    if not found:
        return None
    id, place_kind, place_id, title, kind_id, *names = found[0]
    post = Post.from_db(
        None, ["id", "community_id", "kind_id", "place_kind", "place_id", "title"],
        [sql.key(id), community.pk, sql.key(kind_id), place_kind, sql.key(place_id) if place_id else None, title],
    )  # fmt: skip
    post.kind = PostKind.from_db(
        None, ["id", "community_id", "key", "name_zh", "name_en"], [post.kind_id, community.pk, *names]
    )
    return post


def posts_that_handle(community: Any) -> QuerySet[Post]:
    """Keep the posts that someone holds now and that can take a case, with their holder and grid."""
    posts: Any = Post.objects.filter(_is_held(community), community=community)
    handling = posts.annotate(can=Cast("kind__capabilities", TextField())).filter(can__contains='"cases.handle"')
    held = Term.objects.filter(community=community, post=OuterRef("pk")).current(today_in(community))
    grid = Grid.objects.filter(community=community, pk=OuterRef("place_id")).values("name")
    named = handling.annotate(holder=Subquery(held.values("person__name")[:1]), grid=Subquery(grid[:1]))
    found: QuerySet[Post] = named.select_related("kind").order_by("kind__name_zh", "grid", "title", "id")
    return found


def _is_held(community: Any) -> Exists:
    terms = Term.objects.filter(community_id=OuterRef("community_id"), post_id=OuterRef("pk"))
    return Exists(terms.current(today_in(community)))
