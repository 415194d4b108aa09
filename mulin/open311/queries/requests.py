"""Requests: what everyone may see of public cases, read by hand-picked columns, a thousand at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import F, FloatField
from django.db.models.expressions import ExpressionWrapper

from mulin import sql
from mulin.cases.flow import OPEN
from mulin.cases.models import Case, CaseQuerySet, Category
from mulin.cases.queries import categories
from mulin.cases.queries.timeline import OUTSIDE
from mulin.kernel.viewer import NOBODY
from mulin.people.models import Post
from mulin.territory.queries import places

Box = tuple[float, float, float, float]  # west, south, east, north
_SEEN = ", ".join(f"'{verb}'" for verb in sorted(OUTSIDE))  # names in the code, nobody's words
# A moment is asked for as an expression: a column's text would be read by SQLite's driver, in a slow way of its own.
COLUMNS = f"""
    cases_case.id, cases_case.number, cases_case.category_id, cases_case.state, cases_case.public_summary,
    cases_case.grid_id, cases_case.building_id, cases_case.entrance_id, cases_case.post_id, cases_case.shown_lon,
    cases_case.shown_lat, cases_case.clocks, coalesce(cases_case.happened_at, NULL),
    coalesce(cases_case.closed_at, cases_case.solved_at),
    (SELECT MAX(detail.at) FROM journal_detail detail WHERE detail.community_id = cases_case.community_id
        AND detail.noun_id = cases_case.id AND detail.verb IN ({_SEEN}))
"""


@dataclass(frozen=True)
class Asked:
    """What a list of requests is narrowed to."""

    numbers: tuple[str, ...] = ()  # overrides all else
    codes: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()  # open, closed; empty: both
    start: datetime | None = None
    end: datetime | None = None
    box: Box | None = None
    point: tuple[float, float, float] | None = None  # lon, lat, metres
    page: int = 1
    size: int = 1000


class Found(msgspec.Struct):
    """One public case, as the database has it, with its places and names beside."""

    id: UUID
    number: str
    category: Category
    state: str
    summary: str
    grid: Any
    building: Any
    entrance: Any
    post: str
    lon: float | None
    lat: float | None
    due: str | None
    requested: Any
    ended: Any
    moved: Any

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class _Clock(msgspec.Struct):
    due: str | None = None


class _Clocks(msgspec.Struct):
    solve: _Clock | None = None


_clocks = msgspec.json.Decoder(_Clocks).decode


def cases(community: Any, asked: Asked) -> CaseQuerySet:
    """Keep the public cases that are asked for, the newest first."""
    found: CaseQuerySet = Case.objects.visible_to(NOBODY).filter(community=community)
    if asked.numbers:
        return found.filter(number__in=asked.numbers).order_by("-happened_at", "-id")
    found = found.filter(happened_at__gte=asked.start, happened_at__lte=asked.end)
    if asked.codes:
        kinds = {row.key: row.pk for row in _all_kinds(community)}
        found = found.filter(category__in=[kinds[code] for code in asked.codes if code in kinds])
    if len(asked.states) == 1:
        is_open = "open" in asked.states
        found = found.filter(state__in=OPEN) if is_open else found.exclude(state__in=OPEN)
    if asked.box:
        west, south, east, north = asked.box
        found = found.filter(shown_lon__range=(west, east), shown_lat__range=(south, north))
    if asked.point:
        found = _around(found, *asked.point)
    return found.order_by("-happened_at", "-id")


def _all_kinds(community: Any) -> list[Category]:
    return list(Category.objects.filter(community=community).only("id", "key", "community"))


def _around(found: CaseQuerySet, lon: float, lat: float, metres: float) -> CaseQuerySet:
    """Keep the points within so many metres; by the point that everyone may see."""
    up = metres / 111_320
    wide = up / max(cos(radians(lat)), 0.01)
    # In units of the radius, so that a plain circle is left; a box first, which an index could answer.
    far = ((F("shown_lon") - lon) / wide) * ((F("shown_lon") - lon) / wide) + ((F("shown_lat") - lat) / up) * (
        (F("shown_lat") - lat) / up
    )
    near = found.filter(shown_lon__range=(lon - wide, lon + wide), shown_lat__range=(lat - up, lat + up))
    kept: CaseQuerySet = near.alias(far=ExpressionWrapper(far, output_field=FloatField())).filter(far__lte=1)
    return kept


def found(community: Any, rows: CaseQuerySet) -> list[Found]:
    """Read requests; four statements at most, however many rows."""
    statement, values = sql.compiled(rows, COLUMNS)
    read = sql.read(statement, *values)
    if not read:
        return []
    kinds = _kinds(community, {row[2] for row in read})
    known = places(community).by_id
    posts = _posts(community, {row[8] for row in read if row[8]})
    at = {None: None} | {key: known.get(sql.key(key)) for row in read for key in row[5:8] if key}
    listed = []
    for id, number, kind, state, summary, grid, building, entrance, post, lon, lat, clocks, asked, ended, moved in read:
        solve = _clocks(clocks).solve if state in OPEN else None
        listed.append(
            Found(
                sql.key(id), number, kinds[kind], state, summary, at[grid], at[building], at[entrance],
                posts.get(post, ""), lon, lat, solve.due if solve else None, asked, ended, moved,
            )
        )  # fmt: skip
    return listed


def _kinds(community: Any, used: Collection[Any]) -> dict[Any, Category]:
    ids = {kept: sql.key(kept) for kept in used}
    kinds = {kind.pk: kind for kind in categories(community.pk)}
    if gone := set(ids.values()) - kinds.keys():  # no longer offered
        kinds |= Category.objects.filter(community=community).in_bulk(gone)
    return {kept: kinds[id] for kept, id in ids.items()}


def _posts(community: Any, used: Collection[Any]) -> dict[Any, str]:
    if not used:
        return {}
    rows = Post.objects.filter(community=community, pk__in=[sql.key(kept) for kept in used]).select_related("kind")
    names = {row.pk: row.title or str(row.kind) for row in rows}
    return {kept: names.get(sql.key(kept), "") for kept in used}
