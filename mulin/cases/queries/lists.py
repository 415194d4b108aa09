"""Queues and lists of cases, each kept to what its viewer may read, and single cases by what one knows of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, F, Q, QuerySet
from django.db.models.expressions import RawSQL

from mulin.kernel.models import OnceKey
from mulin.territory.queries import Places

from .. import rules
from ..flow import OPEN, State
from ..models import Case, CaseQuerySet, Category, Part
from .categories import categories

# Written out, not bound: SQLite takes a partial index only where the statement itself says its condition.
_OPEN_STATES = ", ".join(f"'{state}'" for state in OPEN)
_IS_OPEN = RawSQL(f"cases_case.state IN ({_OPEN_STATES})", (), BooleanField())
# What a row of a list shows or asks the rules about; the rest costs much to decode, and a page has many rows.
_OF_A_ROW = (
    "number", "state", "category", "words", "public_summary", "is_behalf", "level", "grid", "building", "entrance",
    "shown_lon", "shown_lat", "post", "reporter_account", "leader", "waits_for", "met_by", "due_at", "clocks",
    "happened_at",
)  # fmt: skip
OF_STEPS = ("is_public", "rating", "created_at", "accepted_at", "closed_at")  # what the five slips tell besides


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


def figures_of_week(community_id: UUID, since: datetime) -> dict[str, Any]:
    """Count what was reported and solved since then, and how many stand open; one statement."""
    return Case.objects.filter(community=community_id).aggregate(
        reported=Count("id", filter=Q(happened_at__gte=since)),
        solved=Count("id", filter=Q(solved_at__gte=since)),
        open=Count("id", filter=Q(state__in=OPEN)),
    )


def similar(community: Any, lon: float | None, lat: float | None, category: Category | None) -> list[Case]:
    """Return open public cases of the same category within some 100 metres, for "has this been reported?"."""
    if lon is None or lat is None or category is None:
        return []
    near = 0.001
    found = Case.objects.filter(
        community=community, category=category, state__in=(*OPEN, State.SOLVED), is_public=True,
        lon__range=(lon - near, lon + near), lat__range=(lat - near, lat + near),
    )  # fmt: skip
    return list(found.for_list().order_by("-happened_at")[:3])


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


def rows(
    cases: CaseQuerySet, community: Any, known: Places, also: tuple[str, ...] = (), whole: bool = False
) -> list[Case]:
    """Load a slice of a community's cases with what a row shows, or whole; places and categories come from memory."""
    found = list(cases if whole else cases.only(*_OF_A_ROW, *also))
    at = known.by_id
    kinds = {kind.pk: kind for kind in categories(community.pk)}
    gone = {case.category_id for case in found} - kinds.keys()
    if gone:  # no longer offered
        kinds |= Category.objects.filter(community=community).in_bulk(gone)
    for case in found:
        case.community, case.category = community, kinds[case.category_id]
        for name, key in (("grid", case.grid_id), ("building", case.building_id), ("entrance", case.entrance_id)):
            if key in at:
                setattr(case, name, at[key])
    return found
