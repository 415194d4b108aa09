"""Narrowing and cutting lists of cases. Everything here takes what a viewer may see and makes it less."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q
from django.utils.dateparse import parse_datetime

from mulin.kernel.viewer import Viewer
from mulin.territory.queries import places
from mulin.text.search import match

from .. import queries
from ..flow import NEW, OPEN, SHOWN, State
from ..models import Case, CaseQuerySet
from ..rules import COMMUNITY, TOP

Cases = CaseQuerySet
LATER = "-"  # in an address: after the dated ones


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def newest(cases: Cases, after: str) -> Cases:
    """Order the newest first, from behind a key ("moment,id") on."""
    at, _comma, key = after.partition(",")
    moment, last = _moment(at), _key(key)
    if moment and last:
        cases = cases.filter(Q(happened_at__lt=moment) | Q(happened_at=moment, pk__lt=last))
    return cases.order_by("-happened_at", "-id")


def most_urgent(cases: Cases, after: str) -> Cases:
    """Order what is due first, from behind a key ("due,id") on; what has no date comes last."""
    at, _comma, key = after.partition(",")
    moment, last = _moment(at), _key(key)
    if moment and last:
        cases = cases.filter(Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=last) | Q(due_at=None))
    elif at == LATER and last:
        cases = cases.filter(due_at=None, pk__gt=last)
    return cases.order_by(F("due_at").asc(nulls_last=True), "id")


def narrowed(cases: Cases, viewer: Viewer, community: Any, asked: Any) -> Cases:
    """Keep a category, a grid, and what holds the words that were searched for."""
    if asked.get("category"):
        cases = cases.filter(category__key=asked["category"])
    if asked.get("grid", "").isdigit():
        cases = cases.filter(grid__in=[row.pk for row in places(community).grids if str(row.number) == asked["grid"]])
    if q := asked.get("q", "").strip()[:200]:
        cases = cases.filter(_holding(cases.model, viewer, community, q))
    return cases


def _holding(cases: type[Case], viewer: Viewer, community: Any, q: str) -> Q:
    # The words are searched only where this viewer may read them: a hit would tell what they say.
    readable = cases.objects.visible_to(viewer).readable_to(viewer).filter(community=community)
    found = match(readable, q, "cases_case", "search").values("pk")
    kinds = [row.pk for row in queries.leaves(community.pk) if q.lower() in f"{row.zh} {row.en}".lower()]
    houses = [row.pk for row in places(community).buildings if q in row.name]
    return (
        Q(pk__in=found) | Q(number__iexact=q) | Q(number__endswith=f"-{q.zfill(5)}") | Q(public_summary__icontains=q)
        | Q(category__in=kinds) | Q(building__in=houses)
    )  # fmt: skip


def by_state(cases: Cases) -> dict[str, int]:
    """Count what stands where; one statement, which the index of counts answers alone."""
    return dict(cases.order_by().values_list("state").annotate(n=Count("*")))


def within(cases: Cases, community: Any, grid: str, box: str) -> Cases:
    """Keep the points of a grid, or of a box written west,south,east,north."""
    if grid.isdigit():
        cases = cases.filter(grid__in=[row.pk for row in places(community).grids if str(row.number) == grid])
    try:
        west, south, east, north = map(float, box.split(","))
    except ValueError:
        return cases
    return cases.filter(shown_lon__range=(west, east), shown_lat__range=(south, north))


def waiting_for_me(cases: Cases, viewer: Viewer) -> Cases:
    """Keep one's own cases that need a word: a question, or a solution to confirm."""
    own = Q(pk__in=viewer.holds)
    if viewer.account_id:
        own |= Q(reporter_account=viewer.account_id)
    asked = Q(state=State.SOLVED) | Q(state=State.WAITING, waits_for="reporter")
    return cases.filter(own, asked).order_by(F("due_at").asc(nulls_last=True), "id")


# ---- the queue ----


def tabs(viewer: Viewer, tonight: datetime) -> dict[str, Q]:
    """Say what belongs into each part of the queue."""
    at_level = Q(level=TOP) | (Q(level=COMMUNITY) & (Q(post=None) | ~Q(post__place_kind="community")))
    parts = {
        "new": Q(state__in=NEW),
        "today": Q(state__in=OPEN, due_at__lte=tonight),
        "hand": Q(state=State.IN_HAND),
        "waiting": Q(state=State.WAITING),
        "solved": Q(state=State.SOLVED) & (Q(is_behalf=True) | Q(disclosure="anonymous")),
        "up": Q(state__in=OPEN) & at_level,
    }
    if not (viewer.can("cases.desk") or viewer.can("cases.oversee")):
        del parts["solved"], parts["up"]
    return parts


def queue(viewer: Viewer) -> Cases:
    """Keep what this viewer handles, solved ones that wait for a call included."""
    cases: Cases = Case.objects.visible_to(viewer).handled_by(viewer)
    return cases.filter(community=viewer.community_id, state__in=SHOWN)


def counts(viewer: Viewer, late_at: datetime, tonight: datetime) -> dict[str, int]:
    """Count each part of the queue, and what of it is late; one statement."""
    parts = tabs(viewer, tonight)
    figures = {key: Count("id", filter=part) for key, part in parts.items()}
    late = {
        f"late_{key}": Count("id", filter=part & Q(due_at__lt=late_at, state__in=OPEN)) for key, part in parts.items()
    }
    return queue(viewer).order_by().aggregate(**figures, **late)
