"""Lists of cases: hand-picked columns straight into the answer, one statement however many rows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from mulin.api.http import Call, answer
from mulin.api.queries import Asked, Filter, next_link
from mulin.kernel.refusals import Refused
from mulin.territory.queries import places
from mulin.text.search import match

from .. import queries
from ..flow import OPEN, State
from ..models import Case
from ..queries import Row
from .shapes import CasePage, CaseRow, Categories, CategoryShown

FILTERS = (
    Filter("state", "string", "Where it stands; `open` means all that is not solved yet.",
           lambda: ("open", *State.values)),
    Filter("category", "string", "A category's key; one with children stands for all of them.", most=40),
    Filter("grid", "integer", "A grid's number."),
    Filter("q", "string", "Words to look for."),
    Filter("mine", "boolean", "Only what you reported."),
    Filter("queue", "boolean", "Only what waits for you, the most urgent first."),
)  # fmt: skip


def page(call: Call, asked: Asked) -> CasePage:
    """Answer one page of the list: two statements, however many rows."""
    viewer, community = call.viewer, call.community
    if (asked["mine"] or asked["queue"]) and not viewer.is_someone:
        raise Refused("sign_in", _("Sign in to see your own."), status=401)
    visible = Case.objects.visible_to(viewer)
    cases: Any = queries.queue(viewer) if asked["queue"] else visible.filter(community=community)
    if asked["mine"]:
        cases = cases.filter(reporter_account=viewer.account_id)
    by = "due_at" if asked["queue"] else "happened_at"
    cases = _behind(_narrowed(call, cases, asked), asked, by)
    found = queries.rows(cases[: asked.limit + 1], viewer, community, places(community))
    listed = found[: asked.limit]
    queries.name_posts(listed, community)
    further = next_link(call, getattr(listed[-1], by), listed[-1].pk) if len(found) > asked.limit else None
    own = f"/api/v1/{community.slug}/cases/"
    return CasePage([_shown(row, own) for row in listed], further)


def _shown(row: Row, own: str) -> CaseRow:
    grid, building, entrance = row.grid, row.building, row.entrance
    return CaseRow(
        row.pk, row.number, row.state, row.state_label, row.version, row.title, row.category.key, row.kind,
        row.is_public, row.level, grid.number if grid else None, building.name if building else None,
        entrance.name if entrance else None,
        row.shown_lon, row.shown_lat, row.post_id, row.post, row.met_by, row.reopened, row.happened_at, row.due_at,
        f"{own}{row.pk}",
    )  # fmt: skip


def _behind(cases: QuerySet[Case], asked: Asked, by: str) -> QuerySet[Case]:
    if by == "happened_at":
        cases = cases.order_by("-happened_at", "-id")
        at, key = asked.after or (None, None)
        return cases if at is None else cases.filter(Q(happened_at__lt=at) | Q(happened_at=at, id__lt=key))
    cases = cases.order_by(F("due_at").asc(nulls_last=True), "id")
    if asked.after:
        at, key = asked.after
        if at is None:
            return cases.filter(due_at=None, id__gt=key)
        cases = cases.filter(Q(due_at__gt=at) | Q(due_at=at, id__gt=key) | Q(due_at=None))
    return cases


def _narrowed(call: Call, cases: QuerySet[Case], asked: Asked) -> QuerySet[Case]:
    if asked["state"]:
        cases = cases.filter(state__in=OPEN if asked["state"] == "open" else (asked["state"],))
    if asked["grid"] is not None:
        cases = cases.filter(grid__number=min(asked["grid"], 32767))
    if asked["category"]:
        rows = [row for row in queries.categories(call.community.pk) if row.key == asked["category"]]
        keys = {row.pk for row in rows}
        keys |= {row.pk for row in queries.categories(call.community.pk) if row.parent_id in keys}
        cases = cases.filter(category__in=keys)
    return _holding(call, cases, asked["q"].strip()) if asked["q"] else cases


def _holding(call: Call, cases: QuerySet[Case], q: str) -> QuerySet[Case]:
    # Words count only where this viewer may read them: guessing must not tell what a neighbour wrote.
    readable = Case.objects.visible_to(call.viewer).readable_to(call.viewer).filter(community=call.community)
    found = match(readable, q, "cases_case", "search").values("pk")
    return cases.filter(Q(pk__in=found) | Q(number__iexact=q) | Q(public_summary__icontains=q))


def categories(call: Call) -> HttpResponse:
    """Answer the community's category tree."""
    rows = queries.categories(call.community.pk)
    keys: dict[UUID | None, str] = {row.pk: row.key for row in rows}
    items = [
        CategoryShown(
            row.key, str(row), keys.get(row.parent_id), row.is_household, row.accept_minutes, row.solve_days
        )
        for row in rows
    ]  # fmt: skip
    return answer(Categories(items))
