"""Queues and lists of cases, narrowed and cut for pages and programs alike, and single cases by what one knows."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, F, Q
from django.db.models.expressions import RawSQL

from mulin import sql
from mulin.journal.models import Detail
from mulin.kernel.models import OnceKey
from mulin.territory.queries import STAMP, places
from mulin.text.search import match

from ..flow import NEW, OPEN, SHOWN, State
from ..models import Case, CaseQuerySet
from ..rules import COMMUNITY, TOP
from .categories import categories, leaves

Cases = CaseQuerySet
After = tuple[datetime | None, UUID] | None  # the moment and id of the last row that was shown

# Written out, not bound: SQLite takes a partial index only where the statement itself says its condition.
_OPEN_STATES = ", ".join(f"'{state}'" for state in OPEN)
_IS_OPEN = RawSQL(f"cases_case.state IN ({_OPEN_STATES})", (), BooleanField())


# ---- in which order, from where on ----


def newest(cases: Cases, after: After = None) -> Cases:
    """Order the newest first, from behind a row on."""
    at, last = after or (None, None)
    if at:
        cases = cases.filter(Q(happened_at__lt=at) | Q(happened_at=at, id__lt=last))
    return cases.order_by("-happened_at", "-id")


def most_urgent(cases: Cases, after: After = None) -> Cases:
    """Order what is due first, from behind a row on; what has no date comes last."""
    at, last = after or (None, None)
    if at:
        cases = cases.filter(Q(due_at__gt=at) | Q(due_at=at, id__gt=last) | Q(due_at=None))
    elif last:
        cases = cases.filter(due_at=None, id__gt=last)
    return cases.order_by(F("due_at").asc(nulls_last=True), "id")


# ---- narrowed ----


def of_category(cases: Cases, community: Any, key: str) -> Cases:
    """Keep those of a category; one with children stands for all of them."""
    rows = categories(community.pk)
    kinds = {row.pk for row in rows if row.key == key}
    return cases.filter(category__in=kinds | {row.pk for row in rows if row.parent_id in kinds})


def in_grid(cases: Cases, community: Any, number: int) -> Cases:
    """Keep those of the grid with this number."""
    return cases.filter(grid__in=[row.pk for row in places(community).grids if row.number == number])


def holding(cases: Cases, viewer: Any, community: Any, q: str) -> Cases:
    """Keep those that hold these words, have this number, or are of a category or at a building called so."""
    # The words are searched only where this viewer may read them: a hit would tell what they say.
    readable = Case.objects.visible_to(viewer).readable_to(viewer).filter(community=community)
    found = match(readable, q, "cases_case", "search").values("pk")
    kinds = [row.pk for row in leaves(community.pk) if q.lower() in f"{row.zh} {row.en}".lower()]
    houses = [row.pk for row in places(community).buildings if q in row.name]
    return cases.filter(
        Q(pk__in=found) | Q(number__iexact=q) | Q(number__endswith=f"-{q.zfill(5)}") | Q(public_summary__icontains=q)
        | Q(category__in=kinds) | Q(building__in=houses)
    )  # fmt: skip


def within(cases: Cases, box: str) -> Cases:
    """Keep the points of a box written west,south,east,north."""
    try:
        west, south, east, north = map(float, box.split(","))
    except ValueError:
        return cases
    return cases.filter(shown_lon__range=(west, east), shown_lat__range=(south, north))


def by_state(cases: Cases) -> dict[str, int]:
    """Count what stands where; one statement, which the index of counts answers alone."""
    return dict(cases.order_by().values_list("state").annotate(n=Count("*")))


# ---- what waits for somebody ----


def waiting_for_me(cases: Cases, viewer: Any) -> Cases:
    """Keep one's own cases that need a word: a question, or a solution to confirm."""
    own = Q(pk__in=viewer.holds)
    if viewer.account_id:
        own |= Q(reporter_account=viewer.account_id)
    asked = Q(state=State.SOLVED) | Q(state=State.WAITING, waits_for="reporter")
    return most_urgent(cases.filter(own, asked))


def queue(viewer: Any) -> Cases:
    """Keep the open cases that wait for this viewer, the most urgent first."""
    return most_urgent(Case.objects.handled_by(viewer).filter(_IS_OPEN, community=viewer.community_id))


def in_charge_of(viewer: Any) -> Cases:
    """Keep what this viewer handles, solved ones that wait for a call included."""
    return Case.objects.handled_by(viewer).filter(community=viewer.community_id, state__in=SHOWN)


def tabs(viewer: Any, tonight: datetime) -> dict[str, Q]:
    """Say what belongs into each part of what a viewer handles."""
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


def counts(viewer: Any, late_at: datetime, tonight: datetime) -> dict[str, int]:
    """Count each part of what a viewer handles, and what of it is late; one statement."""
    parts = tabs(viewer, tonight)
    figures = {key: Count("id", filter=part) for key, part in parts.items()}
    late = {
        f"late_{key}": Count("id", filter=part & Q(due_at__lt=late_at, state__in=OPEN)) for key, part in parts.items()
    }
    return in_charge_of(viewer).order_by().aggregate(**figures, **late)


# What brings no case to anyone's list.
_QUIET = ("me_too", "join", "leave", "tell", "note", "contact", "gather", "summarise")


def log_and_places(community: Any) -> tuple[int, int]:
    """Return how many lines the community's log has, and the stamp of its places; one statement.

    While the log stands still, nothing has happened.
    """
    rows = sql.read("SELECT size, counters FROM journal_head WHERE key = %s", community.pk)
    return (int(rows[0][0]), json.loads(rows[0][1]).get(STAMP, 0)) if rows else (0, 0)


def news(viewer: Any, part: Q, since: int) -> int:
    """Count what came into a part of the queue, by others' doing, since the log had that many lines; one statement."""
    lines = Detail.objects.filter(community=viewer.community_id, seq__gte=since, noun_kind="cases.case")
    moved = lines.exclude(actor=viewer.actor).exclude(verb__in=_QUIET).values("noun_id")
    return in_charge_of(viewer).filter(part, pk__in=moved).order_by().count()


# ---- single ones, and figures ----


def figures_of_week(community_id: UUID, since: datetime) -> dict[str, Any]:
    """Count what was reported and solved since then, and how many stand open; one statement."""
    return Case.objects.filter(community=community_id).aggregate(
        reported=Count("id", filter=Q(happened_at__gte=since)),
        solved=Count("id", filter=Q(solved_at__gte=since)),
        open=Count("id", filter=Q(state__in=OPEN)),
    )


def by_number(community: Any, number: str) -> Case | None:
    """Find a case by the number that people say; who may open it is the caller's matter."""
    return Case.objects.filter(community=community, number=number).first()


def sent_case(community: Any, viewer: Any, id: UUID, *, opened: bool) -> Case | None:
    """Find a case just sent: for those who see it, and for who sent it on someone's behalf."""
    cases = Case.objects.all() if opened else Case.objects.visible_to(viewer)
    return cases.filter(community=community, pk=id).for_list().first()


def was_sent(community: Any, by: Any, key: str) -> bool:
    """Say whether a form with this key was sent before: a second click must not meet its own case as similar."""
    actors = {by.actor, by.unnamed().actor}  # a report without a name is remembered as nobody's
    return bool(key) and OnceKey.objects.filter(community=community, actor__in=actors, key=key[:80]).exists()
