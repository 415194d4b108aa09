"""Lists of cases: hand-picked columns straight into the answer, one statement however many rows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Case as When_
from django.db.models import F, Q, QuerySet, TextField, Value, When
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mulin.api.http import Call, answer
from mulin.api.queries import Asked, Filter, next_link
from mulin.kernel.refusals import Refused
from mulin.text.search import match

from .. import queries
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


# Straight from the database into the answer. Ids are few, since turning them into UUIDs costs the most.
COLUMNS = (
    "pk", "number", "state", "version", "category__key", "public_summary", "is_public", "level", "grid__number",
    "building__name", "entrance__name", "shown_lon", "shown_lat", "post_id", "post__title",
    "post__kind__name_zh", "post__kind__name_en", "met_by", "reopened", "happened_at", "due_at",
)  # fmt: skip


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
    found = list(_told(call, cases)[: asked.limit + 1])
    rows = _rows(call, found[: asked.limit])
    further = next_link(call, getattr(rows[-1], by), rows[-1].id) if len(found) > asked.limit else None
    return CasePage(rows, further)


def _told(call: Call, cases: QuerySet[Case]) -> Any:
    """Choose what a row tells: the reporter's words only where this viewer may read them."""
    words: Any = Value("")
    if call.viewer.is_someone or call.viewer.holds:
        words = When_(When(queries.readable(call.viewer), then=F("words")), default=Value(""), output_field=TextField())
    return cases.values_list(*COLUMNS, words)


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


def _rows(call: Call, found: list[Any]) -> list[CaseRow]:
    states, keys = {row[2] for row in found}, {row[4] for row in found}
    labels = {state: str(State(state).label) for state in states}
    categories = {row.key: str(row) for row in queries.categories(call.community.pk) if row.key in keys}
    own, in_english = f"/api/v1/{call.community.slug}/cases/", (get_language() or "").startswith("en")
    return [
        CaseRow(
            id, number, state, labels[state], version,
            first_sentence(words) or summary or categories.get(category, category),
            category, categories.get(category, category), is_public, level, grid, building, entrance, lon, lat, post_id,
            post or (en if in_english and en else zh), met_by, reopened, happened_at, due_at, f"{own}{id}",
        )
        for (
            id, number, state, version, category, summary, is_public, level, grid, building, entrance, lon, lat,
            post_id, post, zh, en, met_by, reopened, happened_at, due_at, words,
        ) in found
    ]  # fmt: skip


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
