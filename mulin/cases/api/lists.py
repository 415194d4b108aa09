"""Lists of cases: hand-picked columns straight into the answer, one statement however many rows."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mulin.api.http import Call, answer
from mulin.api.queries import Asked, Filter, next_link
from mulin.kernel.refusals import Refused
from mulin.text.search import match

from .. import queries, rules
from ..figures import first_sentence
from ..flow import OPEN, State
from ..models import Case
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


class Line(NamedTuple):
    """What a row of the list needs, straight from the database."""

    pk: UUID
    community_id: UUID
    number: str
    state: str
    version: int
    category_id: UUID
    words: str
    public_summary: str
    is_public: bool
    is_behalf: bool
    disclosure: str
    level: int
    grid__number: int | None
    building__name: str | None
    entrance__name: str | None
    shown_lon: float | None
    shown_lat: float | None
    post_id: UUID | None
    post__title: str | None
    post__kind__name_zh: str | None
    post__kind__name_en: str | None
    reporter_account: UUID | None
    leader_id: UUID | None
    met_by: int
    reopened: int
    happened_at: datetime
    due_at: datetime | None


def page(call: Call, asked: Asked) -> CasePage:
    """Answer one page of the list: one statement, however many rows."""
    viewer = call.viewer
    if (asked["mine"] or asked["queue"]) and not viewer.is_someone:
        raise Refused("sign_in", _("Sign in to see your own."), status=401)
    visible: QuerySet[Case] = Case.objects.visible_to(viewer)
    cases = queries.queue(viewer) if asked["queue"] else visible.filter(community=call.community)
    if asked["mine"]:
        cases = cases.filter(reporter_account=viewer.account_id)
    cases = _narrowed(call, cases, asked)
    by = "due_at" if asked["queue"] else "happened_at"
    cases = _behind(cases, asked, by)
    lines = list(map(Line._make, cases.values_list(*Line._fields)[: asked.limit + 1]))
    further = None
    if len(lines) > asked.limit:
        lines.pop()
        further = next_link(call, getattr(lines[-1], by), lines[-1].pk)
    return CasePage(_rows(call, lines), further)


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
    readable = Case.objects.visible_to(call.viewer).filter(queries.readable(call.viewer), community=call.community)
    found = match(readable, q, "cases_case", "search").values("pk")
    return cases.filter(Q(pk__in=found) | Q(number__iexact=q) | Q(public_summary__icontains=q))


def _rows(call: Call, lines: list[Line]) -> list[CaseRow]:
    categories = {row.pk: (row.key, str(row)) for row in queries.categories(call.community.pk)}
    labels = {state: str(State(state).label) for state in {line.state for line in lines}}
    slug = call.community.slug
    pages, own = reverse("cases:list", args=[slug]), f"/api/v1/{slug}/cases/"
    in_chinese = (get_language() or "zh").startswith("zh")
    nobody = not call.viewer.is_someone and not call.viewer.holds
    rows = []
    for line in lines:
        key, label = categories.get(line.category_id, ("", ""))
        inside = not nobody and rules.sees_everything(call.viewer, line)  # type: ignore[arg-type]
        kind = line.post__kind__name_zh if in_chinese or not line.post__kind__name_en else line.post__kind__name_en
        rows.append(
            CaseRow(
                line.pk, line.number, line.state, labels[line.state], line.version,
                first_sentence(line.words) if inside else line.public_summary or label,
                key, label, line.is_public, line.level, line.grid__number, line.building__name, line.entrance__name,
                line.shown_lon, line.shown_lat, line.post_id, line.post__title or kind, line.met_by, line.reopened,
                line.happened_at, line.due_at, f"{pages}{line.pk}/", f"{own}{line.pk}",
            )
        )  # fmt: skip
    return rows


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
