"""One place: what it is, what lies around it, and which posts answer for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from mulin.cases.flow import OPEN
from mulin.cases.models import Case, CaseQuerySet
from mulin.cases.queries import leaves
from mulin.people.figures import ENDS_SOON, today_in
from mulin.people.flow import PostState
from mulin.people.models import Post, Term
from mulin.privacy.queries import agreed
from mulin.territory.models import Spot
from mulin.territory.queries import Places

KINDS = ("entrance", "building", "grid", "spot")
MOST = 200


@dataclass(frozen=True)
class Here:
    """A place with those it lies in; what is not there is None."""

    kind: str
    place: Any
    entrance: Any = None
    building: Any = None
    grid: Any = None

    @property
    def ids(self) -> list[UUID]:
        """List it and what it lies in, the nearest first."""
        around = (self.place, self.entrance, self.building, self.grid)
        return list(dict.fromkeys(each.pk for each in around if each))


def find(community: Any, known: Places, kind: str, id: UUID) -> Here | None:
    """Find a place of a community by its kind and id; a spot costs a statement, the others none."""
    if kind == "spot":
        spot = Spot.objects.filter(community=community, pk=id).first()
        at: Any = known.by_id.get
        return Here(kind, spot, None, at(spot.building_id), at(spot.grid_id)) if spot else None
    place: Any = known.by_id.get(id)
    if place is None or type(place).__name__.lower() != kind:
        return None
    if kind == "entrance":
        return Here(kind, place, place, place.building, place.building.grid)
    return Here(kind, place, None, place, place.grid) if kind == "building" else Here(kind, place, None, None, place)


def posts_at(community: Any, viewer: Any, here: Here) -> list[tuple[str, Any, list[Any]]]:
    """List the posts that answer for a place, the nearest place first, each with `held` terms; two statements."""
    held = Term.objects.filter(community=community).current(today_in(community)).select_related("person")
    posts: QuerySet[Post] = Post.objects.visible_to(viewer).filter(community=community, state=PostState.OPEN)
    near = posts.filter(Q(place_id__in=here.ids) | Q(place_kind="community")).select_related("kind")
    near = near.prefetch_related(Prefetch("terms", held.order_by("person__name"), to_attr="held"))
    found: list[Any] = [post for post in near.order_by("kind__name_zh", "title", "pk")[:MOST] if post.kind.capabilities]
    places = [
        ("spot", here.place if here.kind == "spot" else None),
        ("entrance", here.entrance),
        ("building", here.building),
        ("grid", here.grid),
    ]
    groups = [(kind, place, [p for p in found if p.place_id == place.pk]) for kind, place in places if place]
    of_all = [post for post in found if post.place_kind == "community" and "cases.handle" in post.kind.capabilities]
    return [*groups, ("community", community, of_all)]


def numbers_shown(community: Any, viewer: Any, held: list[Any]) -> dict[UUID, str]:
    """Give the phone numbers of holders who agreed that residents see them, to residents; one statement."""
    if not viewer.is_person:
        return {}
    said_yes = agreed(community, "duty_phone", {term.person_id for term in held if term.person.phone})
    return {term.person_id: term.person.phone for term in held if term.person_id in said_yes}


def posts_to_fill(community: Any, viewer: Any) -> dict[str, int]:
    """Count the vacant posts and the terms that end soon, for whoever looks after them; two statements."""
    today = today_in(community)
    terms = Term.objects.filter(community=community).current(today)
    return {
        "vacant": Post.objects.visible_to(viewer).vacant(community).count(),
        "ending": terms.filter(ends_on__lte=today + ENDS_SOON).count(),
    }


def answers_for(community: Any) -> dict[str, list[str]]:
    """Name the kinds of matter that come to each kind of post."""
    kinds: dict[str, list[str]] = {}
    for category in leaves(community.pk):
        kinds.setdefault(category.post_kind, []).append(str(category))
    return kinds


def open_at(here: Here, viewer: Any) -> CaseQuerySet:
    """Keep the open public cases at a place; everyone may know these."""
    at: dict[str, Any] = {here.kind: here.place.pk}
    if here.kind == "spot":  # a case names no spot: those around it, as everyone may see them
        near = 0.0005
        lon, lat = here.place.lon, here.place.lat
        at = {"shown_lon__range": (lon - near, lon + near), "shown_lat__range": (lat - near, lat + near)}
    cases: CaseQuerySet = Case.objects.visible_to(viewer)
    return cases.filter(community=viewer.community_id, is_public=True, state__in=OPEN, **at)
