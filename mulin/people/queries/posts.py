"""Posts by place: who holds them, who comes next, which are vacant and since when, and how many."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import ngettext

from mulin.kernel.viewer import Viewer
from mulin.territory.models import Building, Community, Entrance, Grid

from ..figures import ENDS_SOON, in_their_language, today_in
from ..flow import State
from ..models import Post, PostKind, Term


@dataclass
class Row:
    """One post in a list."""

    post: Post
    place: str
    held: list[Term]
    following: list[Term]
    vacant_since: date | None = None


@dataclass
class Group:
    """The posts of one place and, for a building, of its entrances."""

    kind: str  # community, grid, building
    id: UUID | None
    name: str
    rows: list[Row] = field(default_factory=list)

    @property
    def vacant(self) -> int:
        return sum(not row.held for row in self.rows)

    @property
    def filled(self) -> int:
        return len(self.rows) - self.vacant


def with_holders(posts: QuerySet[Post], community: Community) -> QuerySet[Post]:
    """Load posts with who holds them today (`held`), who comes next (`following`) and the `last_day` of the last."""
    today = today_in(community)
    terms = Term.objects.filter(community=community).select_related("person", "community").order_by("person__name")
    # What is only offered says nothing about anyone yet: who comes next is who said yes.
    following = terms.filter(state=State.HELD, starts_on__gt=today)
    # An offer that nobody took has no days: it ends as it starts.
    over = Term.objects.filter(community=community, post=OuterRef("pk"), ends_on__gt=F("starts_on"), ends_on__lte=today)
    return (
        posts.select_related("kind", "community", "organisation")
        .annotate(last_day=Subquery(over.order_by("-ends_on").values("ends_on")[:1]))
        .prefetch_related(
            Prefetch("terms", terms.current(today), to_attr="held"), Prefetch("terms", following, to_attr="following")
        )
    )


def vacant_since(post: Any) -> date | None:
    """Say since when nobody holds a post that `with_holders` loaded; None while somebody does."""
    if post.held:
        return None
    opened: date = post.created_at.astimezone(post.community.zone_info).date()
    return post.last_day or opened


def board(
    viewer: Viewer, community: Community, *, kind: str = "", vacant: bool = False, place: str = "", q: str = ""
) -> list[Group]:
    """Share a community's posts out to its places: the whole, each grid, each building with its entrances."""
    today = today_in(community)
    posts: QuerySet[Post] = Post.objects.visible_to(viewer).filter(community=community).existing()
    if vacant:
        posts = posts.vacant(community)  # type: ignore[attr-defined]
    if kind:
        posts = posts.filter(kind__key=kind)
    if q:
        holders = Term.objects.filter(community=community, person__name__contains=q).current(today)
        posts = posts.filter(pk__in=holders.values("post"))
    groups, doors = _places(community, place)
    rows: Any = with_holders(posts, community).order_by("kind_id", "title", "pk")  # kinds as their pack has them
    for post in rows:
        door = doors.get(post.place_id) if post.place_id else None
        if (group := groups.get(door.building_id if door else post.place_id)) is not None:
            here = "" if door is None else door.name
            group.rows.append(Row(post, here, post.held, post.following, vacant_since(post)))
    for group in groups.values():
        group.rows.sort(key=lambda row: row.place)
    return [group for group in groups.values() if group.rows]


def _places(community: Community, only: str) -> tuple[dict[UUID | None, Group], dict[UUID | None, Entrance]]:
    """List the places that posts can be at, in order, and the doors by their key; three statements."""
    grids = Grid.objects.filter(community=community).order_by("number")
    buildings = Building.objects.filter(community=community).order_by("number", "name")
    doors = Entrance.objects.filter(community=community).order_by("name")
    groups: dict[UUID | None, Group] = {None: Group("community", None, "")} if only in ("", "community") else {}
    groups |= {grid.pk: Group("grid", grid.pk, str(grid)) for grid in grids if only in ("", f"grid:{grid.pk}")}
    wanted = (house for house in buildings if only in ("", f"building:{house.pk}", f"grid:{house.grid_id}"))
    groups |= {house.pk: Group("building", house.pk, str(house)) for house in wanted}
    return groups, {door.pk: door for door in doors}


def places_of(community_id: UUID) -> dict[str, list[Any]]:
    """List the grids, buildings and entrances of a community."""
    doors = Entrance.objects.filter(community=community_id).select_related("building")
    return {
        "grid": list(Grid.objects.filter(community=community_id).order_by("number")),
        "building": list(Building.objects.filter(community=community_id).order_by("number", "name")),
        "entrance": list(doors.order_by("building__number", "building__name", "name")),
    }


def terms_of_post(viewer: Viewer, post: Post) -> list[Term]:
    """List who held a post, holds it or comes next, the latest first; open offers only for who may see them."""
    rows = Term.objects.filter(community=post.community_id, post=post)
    if not viewer.can("people.invite"):
        rows = rows.exclude(state=State.OFFERED)
    rows = rows.filter(Q(state=State.OFFERED) | Q(ends_on__gt=F("starts_on")))
    return list(rows.select_related("person", "community").order_by("-starts_on", "-pk"))


def ending(viewer: Viewer, community: Community) -> list[Term]:
    """List the terms that end within 30 days and after which nobody comes; for who looks after the posts."""
    if not viewer.can("people.invite"):
        return []
    today = today_in(community)
    rows = Term.objects.filter(community=community).current(today).filter(ends_on__lte=today + ENDS_SOON)
    following = Term.objects.filter(
        community=community, post=OuterRef("post"), starts_on__lte=OuterRef("ends_on"), ends_on__gt=OuterRef("ends_on")
    ).exclude(state=State.ENDED)
    rows = rows.exclude(Exists(following)).select_related("post__kind", "person", "community")
    return list(rows.order_by("ends_on", "pk"))


def coverage(community: Community, place_kind: str = "") -> list[dict[str, Any]]:
    """Count the posts of a community and those that somebody holds, by kind; figures for every level."""
    today = today_in(community)
    current = Term.objects.filter(community=community, post=OuterRef("pk")).current(today)
    posts = Post.objects.filter(community=community).existing()
    posts = posts.filter(place_kind=place_kind) if place_kind else posts
    counted: dict[str, dict[str, Any]] = {}
    rows = posts.annotate(has=Exists(current)).values_list("kind__key", "kind__name_zh", "kind__name_en", "has")
    for key, name_zh, name_en, has in rows.order_by("kind__name_zh"):
        row = counted.setdefault(key, {"kind": key, "name_zh": name_zh, "name_en": name_en, "posts": 0, "filled": 0})
        row["posts"] += 1
        row["filled"] += bool(has)
    return [row | {"vacant": row["posts"] - row["filled"]} for row in counted.values()]


def kinds(community: Community) -> list[dict[str, Any]]:
    """List the kinds of posts with what they allow and where they can be, and how many posts there are of each."""
    counted = {row["kind"]: row for row in coverage(community)}
    listed = []
    for kind in PostKind.objects.filter(community=community).order_by("name_zh"):
        row = counted.get(kind.key, {"posts": 0, "filled": 0, "vacant": 0})
        known = {"key": kind.key, "name": str(kind), "places": kind.places, "capabilities": kind.capabilities}
        listed.append({**known, **{name: row[name] for name in ("posts", "filled", "vacant")}})
    return listed


def kind_name(row: dict[str, Any]) -> str:
    """Name the kind of a row of `coverage` in the reader's language."""
    return in_their_language(row["name_zh"], row["name_en"])


def posts_at(place: Any) -> str:
    """Say how many posts a place has, so that it is not taken away from under them; empty where there is none."""
    count = Post.objects.filter(community=place.community_id, place_id=place.pk).count()
    return ngettext("%(count)s post", "%(count)s posts", count) % {"count": count} if count else ""
