"""Lists of cases: hand-picked columns straight into the answer, one statement however many rows."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from mulin.api.http import Call, answer
from mulin.api.queries import Asked, Filter, next_link
from mulin.kernel.refusals import Refused
from mulin.territory.queries import places

from .. import queries
from ..flow import OPEN, State
from ..models import Case
from ..queries import After, Cases, Reading, Row
from .shapes import CasePage, CaseRow, Categories, CategoryShown

Asks = tuple[tuple[str, Any], ...]
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
    by = "due_at" if asked["queue"] else "happened_at"
    asks = tuple(sorted(asked.values.items()))
    make = _remembered if not {"category", "grid", "q"} & asked.values.keys() else _reading
    found = queries.rows(make(viewer, community, asks, asked.limit, asked.after), viewer, community, places(community))
    listed = found[: asked.limit]
    queries.name_posts(listed, community)
    further = next_link(call, getattr(listed[-1], by), listed[-1].pk) if len(found) > asked.limit else None
    own = f"/api/v1/{community.slug}/cases/"
    return CasePage([_shown(row, own) for row in listed], further)


def _reading(viewer: Any, community: Any, asks: Asks, limit: int, after: After) -> Reading:
    asked = Asked(dict(asks), limit, after)
    cases: Cases = queries.queue(viewer)
    if not asked["queue"]:
        cases = Case.objects.visible_to(viewer).filter(community=community)
    if asked["mine"]:
        cases = cases.filter(reporter_account=viewer.account_id)
    order = queries.most_urgent if asked["queue"] else queries.newest
    return queries.reading(order(_narrowed(viewer, community, cases, asked), after)[: limit + 1])


# What the same viewer may see is the same statement each time, and to put it together costs more than to run it. What a
# category, a grid or words stand for may change meanwhile.
_remembered = lru_cache(maxsize=1000)(_reading)


def _shown(row: Row, own: str) -> CaseRow:
    grid, building, entrance = row.grid, row.building, row.entrance
    return CaseRow(
        row.pk, row.number, row.state, row.state_label, row.version, row.title, row.category.key, row.kind,
        row.is_public, row.level, grid.number if grid else None, building.name if building else None,
        entrance.name if entrance else None,
        row.shown_lon, row.shown_lat, row.post_id, row.post, row.met_by, row.reopened, row.happened_at, row.due_at,
        f"{own}{row.pk}",
    )  # fmt: skip


def _narrowed(viewer: Any, community: Any, cases: Cases, asked: Asked) -> Cases:
    if asked["state"]:
        cases = cases.filter(state__in=OPEN if asked["state"] == "open" else (asked["state"],))
    if asked["grid"] is not None:
        cases = queries.in_grid(cases, community, asked["grid"])
    if asked["category"]:
        cases = queries.of_category(cases, community, asked["category"])
    q = (asked["q"] or "").strip()
    return queries.holding(cases, viewer, community, q) if q else cases


def categories(call: Call) -> HttpResponse:
    """Answer the community's category tree."""
    rows = queries.categories(call.community.pk)
    keys: dict[UUID | None, str] = {row.pk: row.key for row in rows}
    items = [
        CategoryShown(
            row.key, str(row), keys.get(row.parent_id), row.is_household, row.accept_minutes, row.solve_days,
            row.warning,
        )
        for row in rows
    ]  # fmt: skip
    return answer(Categories(items))
