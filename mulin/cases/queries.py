"""Routing, queues, lists and the timeline: reads too big for a QuerySet method."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models import Case as When_
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mulin.journal.models import Detail
from mulin.kernel.clock import now
from mulin.kernel.models import OnceKey
from mulin.people.models import Person, Post, Term
from mulin.territory import queries as places
from mulin.territory.figures import centre
from mulin.territory.models import Building, Entrance, Grid
from mulin.territory.queries import Place

from . import rules
from .flow import OPEN, State
from .models import Case, Category, Part

_TREES: dict[UUID, tuple[float, list[Category]]] = {}
TREE_SECONDS = 30  # a changed category is seen by every process after this
# Written out, not bound: SQLite takes a partial index only where the statement itself says its condition.
_OPEN_STATES = ", ".join(f"'{state}'" for state in OPEN)
_IS_OPEN = RawSQL(f"cases_case.state IN ({_OPEN_STATES})", (), BooleanField())


def categories(community_id: UUID) -> list[Category]:
    """Return the community's active categories in order, parents before children; kept for half a minute."""
    kept = _TREES.get(community_id)
    if kept is None or kept[0] < time.monotonic():
        rows = list(Category.objects.filter(community_id=community_id, is_active=True).order_by("place", "key"))
        by_id = {row.pk: row for row in rows}
        for row in rows:
            if row.parent_id in by_id:
                row.parent = by_id[row.parent_id]
        kept = _TREES[community_id] = (time.monotonic() + TREE_SECONDS, rows)
    return kept[1]


def forget_categories() -> None:
    """Read the trees anew at the next use."""
    _TREES.clear()


def leaves(community_id: UUID) -> list[Category]:
    """Return the categories that a case can have: those without children."""
    rows = categories(community_id)
    parents = {row.parent_id for row in rows}
    return [row for row in rows if row.pk not in parents]


def suggest(community_id: UUID, words: str, most: int = 3) -> list[Category]:
    """Return the categories whose rule words occur in what was written, the most hits first."""
    text, rows = words.lower(), leaves(community_id)
    scored = [(sum(len(word) for word in row.words if _occurs(word.lower(), text)), row) for row in rows]
    hits = [(score, row) for score, row in scored if score]
    return [row for _, row in sorted(hits, key=lambda hit: (-hit[0], hit[1].place))[:most]]


def _occurs(word: str, text: str) -> bool:
    # Latin words count whole ("street" holds no "tree"); Chinese has no spaces to go by.
    return bool(re.search(rf"\b{re.escape(word)}\b", text)) if word.isascii() else word in text


def _is_held(community: Any) -> Exists:
    terms = Term.objects.filter(community_id=OuterRef("community_id"), post_id=OuterRef("pk"))
    return Exists(terms.current(_today(community)))


def _today(community: Any) -> Any:
    return now().astimezone(community.zone_info).date()


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
    held = Term.objects.filter(community=community, post=OuterRef("pk")).current(_today(community))
    grid = Grid.objects.filter(community=community, pk=OuterRef("place_id")).values("name")
    named: Any = handling.annotate(holder=Subquery(held.values("person__name")[:1]), grid=Subquery(grid[:1]))
    found: QuerySet[Post] = named.select_related("kind").order_by("kind__name_zh", "grid", "title", "id")
    return found


def handled_by(viewer: Any) -> Q:
    """Keep what is this viewer's to handle: their posts' cases, the desk's, or those that came up."""
    if viewer.can("cases.desk"):
        return Q()
    mine = Q(post__in=viewer.posts) if viewer.posts else Q(pk=None)
    if viewer.person_id:
        mine |= Q(leader=viewer.person_id)
    if viewer.can("cases.oversee"):
        mine |= Q(level=rules.TOP)
    return mine


def queue(viewer: Any) -> QuerySet[Case]:
    """Keep what waits for this viewer, the most urgent first."""
    cases = Case.objects.filter(_IS_OPEN, handled_by(viewer), community=viewer.community_id)
    return cases.for_list().order_by(F("due_at").asc(nulls_last=True), "id")


@dataclass(frozen=True)
class Step:
    """One entry of a case's timeline, as one viewer may read it."""

    verb: str
    at: datetime
    actor: str
    before: str
    after: str
    details: dict[str, Any]


# What outsiders of a public case read: that something happened, not who did it or what was said.
OUTSIDE = {
    "report", "assign", "accept", "solve", "confirm", "reopen", "escalate", "pass_up", "refuse", "expire", "merge",
    "withdraw", "resume", "wait", "ask", "reply", "lead", "adopt",
}  # fmt: skip


def timeline(case: Case, viewer: Any) -> list[Step]:
    """Return what happened, newest first, kept to what this viewer may read; one statement."""
    handles = (rules.takes_part)(viewer, case)
    everything = handles or rules.sees_everything(viewer, case)
    steps = []
    for row in Detail.objects.filter(community_id=case.community_id, noun_id=case.pk).order_by("-seq"):
        body = json.loads(row.body)
        if not everything and row.verb not in OUTSIDE:
            continue
        if body["details"].get("audience") == "internal" and not handles:
            if row.verb == "note":
                continue
            body["details"].pop("words", None)  # that it was assigned is no secret; the words to go with it are
        if row.verb in {"me_too", "join", "leave", "tell"} and not handles:
            continue
        details = body["details"] if everything else {}
        actor = row.actor if everything else ""
        steps.append(Step(row.verb, row.at, actor, body["from"], body["to"], details))
    return steps


def figures_of_week(community_id: UUID, since: datetime) -> dict[str, Any]:
    """Count what was reported and solved since then, and how many stand open; one statement."""
    return Case.objects.filter(community=community_id).aggregate(
        reported=Count("id", filter=Q(happened_at__gte=since)),
        solved=Count("id", filter=Q(solved_at__gte=since)),
        open=Count("id", filter=Q(state__in=OPEN)),
        late=Count("id", filter=Q(state__in=OPEN, due_at__lt=now())),
    )


def similar(case_or_community: Any, lon: float | None, lat: float | None, category: Category | None) -> list[Case]:
    """Return open public cases of the same category within some 100 metres, for "has this been reported?"."""
    if lon is None or lat is None or category is None:
        return []
    near = 0.001
    found = Case.objects.filter(
        community=case_or_community, category=category, state__in=(*OPEN, State.SOLVED), is_public=True,
        lon__range=(lon - near, lon + near), lat__range=(lat - near, lat + near),
    )  # fmt: skip
    return list(found.for_list().order_by("-happened_at")[:3])


def names(community: Any, actors: set[str]) -> dict[str, str]:
    """Name persons as the journal calls them ("person:…"), with the post they hold today; one statement."""
    ids = [actor.removeprefix("person:") for actor in actors if actor.startswith("person:")]
    if not ids:
        return {}
    held = Term.objects.filter(community=community, person=OuterRef("pk")).current(_today(community))
    kind = "post__kind__name_en" if (get_language() or "").startswith("en") else "post__kind__name_zh"
    rows = Person.objects.filter(community=community, pk__in=ids).annotate(post=Subquery(held.values(kind)[:1]))
    return {
        f"person:{row.pk}": _("%(post)s %(name)s") % {"post": row.post, "name": row.name} if row.post else row.name
        for row in rows
    }


def holders(case: Case) -> list[str]:
    """Name who holds the post in charge today; one statement."""
    if case.post_id is None:
        return []
    terms = Term.objects.filter(community=case.community_id, post=case.post_id).current(_today(case.community))
    return list(terms.order_by("person__name").values_list("person__name", flat=True))


def readable(viewer: Any) -> Q:
    """Keep the cases whose words a viewer may read: a search must not tell more than the page does."""
    seen = Q(pk__in=viewer.holds)
    if viewer.account_id:
        seen |= Q(reporter_account=viewer.account_id)
    if viewer.person_id:
        seen |= Q(community=viewer.community_id, leader=viewer.person_id)
    if viewer.posts:
        seen |= Q(community=viewer.community_id, post__in=viewer.posts)
    if viewer.can("cases.desk") or viewer.can("cases.oversee"):
        seen |= Q(community=viewer.community_id)
    return seen


def by_number(community: Any, number: str) -> Case | None:
    """Find a case by the number that people say; who may open it is the caller's matter."""
    return Case.objects.filter(community=community, number=number).first()


def sent_case(community: Any, viewer: Any, id: UUID, *, opened: bool) -> Case | None:
    """Find a case just sent: for those who see it, and for who sent it on someone's behalf."""
    cases = Case.objects.all() if opened else Case.objects.visible_to(viewer)
    return cases.filter(community=community, pk=id).for_list().first()


def concerning(viewer: Any) -> Q:
    """Keep one's own cases, those a code opened, and those one follows, joined or leads."""
    mine = Q(pk__in=viewer.holds)
    if viewer.account_id:
        mine |= Q(reporter_account=viewer.account_id)
    if viewer.person_id:
        parts = Part.objects.filter(community=viewer.community_id, person=viewer.person_id, ended_at=None)
        mine |= Q(leader=viewer.person_id) | Q(pk__in=parts.values("case"))
    return mine


def was_sent(community: Any, by: Any, key: str) -> bool:
    """Say whether a form with this key was sent before: a second click must not meet its own case as similar."""
    return bool(key) and OnceKey.objects.filter(community=community, actor=by.actor, key=key[:80]).exists()
