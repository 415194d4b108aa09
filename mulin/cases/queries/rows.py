"""Rows of lists: cases as plain values, places and categories from memory, words only for those who may read them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import msgspec

from mulin import sql
from mulin.people.figures import in_their_language
from mulin.territory.models import Building, Entrance, Grid
from mulin.territory.queries import Places

from .. import rules
from ..figures import first_sentence
from ..flow import OPEN, State
from ..models import CaseQuerySet, Category, folder
from .categories import named

Reading = tuple[str, tuple[Any, ...]]  # a statement and its values
_MOMENTS = ("happened_at", "due_at", "accepted_at")
# In the order of Row's fields. What a case has besides costs much to read, and a page has many rows.
_NAMES = (
    "id", "category_id", "grid_id", "building_id", "entrance_id", "post_id", "leader_id", "reporter_account",
    *_MOMENTS, "state", "is_public", "is_behalf", "words", "number", "version", "public_summary", "level", "lon", "lat",
    "shown_lon", "shown_lat", "waits_for", "met_by", "reopened",
)  # fmt: skip
# A moment is asked for as an expression: a column's text would be read by SQLite's driver, in a slow way of its own.
_COLUMNS = ", ".join(
    f"coalesce(cases_case.{name}, NULL)" if name in _MOMENTS else f"cases_case.{name}" for name in _NAMES
)


class Row(msgspec.Struct):
    """A case as a list shows it to one viewer. What has the name of a field of `Case` means the same."""

    pk: UUID
    category: Category
    grid: Grid | None
    building: Building | None
    entrance: Entrance | None
    post_id: UUID | None
    leader_id: UUID | None
    reporter_account: UUID | None
    happened_at: datetime
    due_at: datetime | None
    accepted_at: datetime | None
    state: str
    community_id: UUID
    kind: str  # the category in the reader's language, as the state's label
    state_label: str
    folder: str  # where its page lies
    is_public: bool
    is_behalf: bool
    words: str  # empty for who may not read them
    number: str
    version: int
    public_summary: str
    level: int
    lon: float | None  # the exact point: as the words
    lat: float | None
    shown_lon: float | None
    shown_lat: float | None
    waits_for: str
    met_by: int
    reopened: int
    is_mine: bool = False
    post: str | None = None  # its name, where `name_posts` was asked

    @property
    def title(self) -> str:
        """Return its title: the first words for those who may read them, else what everyone may read."""
        return first_sentence(self.words) or self.public_summary or self.kind

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def get_absolute_url(self) -> str:
        return f"{self.folder}{self.pk}/"


def reading(cases: CaseQuerySet) -> Reading:
    """Write the statement that `rows` reads a slice of cases by; good for as long as nothing in the query changes."""
    return sql.compiled(cases, _COLUMNS)


def rows(cases: CaseQuerySet | Reading, viewer: Any, community: Any, known: Places) -> list[Row]:
    """Load a slice of a community's cases as rows for a viewer; one statement, where no category went out of use."""
    statement, values = cases if isinstance(cases, tuple) else reading(cases)
    found = sql.read(statement, *values)
    kinds, page = named(community.pk, {each[1] for each in found}), folder(community.slug)
    owns, trusted, own = rules.owner(viewer), rules.entrusted(viewer), community.pk
    # The same few stand in many rows.
    key: Any = cache(lambda kept: kept and sql.key(kept))
    at: Any = cache(lambda kept: kept and known.by_id.get(sql.key(kept)))
    label = cache(lambda state: str(State(state).label))
    listed = []
    for id, kind, grid, building, entrance, post, leader, account, happened, due, accepted, state, *rest in found:
        category, words = kinds[kind]
        row = Row(
            sql.key(id), category, at(grid), at(building), at(entrance), key(post), key(leader), key(account),
            sql.moment(happened), due and sql.moment(due), accepted and sql.moment(accepted), state, own,
            words, label(state), page, *rest,
        )  # fmt: skip
        row.is_mine = owns(row)
        if not (row.is_mine or trusted(row)):
            row.words, row.lon, row.lat = "", None, None
        listed.append(row)
    return listed


_POSTS = """
    SELECT post.id, post.title, kind.name_zh, kind.name_en FROM people_post post
    JOIN people_postkind kind ON kind.community_id = post.community_id AND kind.id = post.kind_id
    WHERE post.community_id = %s AND post.id IN ({})
"""


def name_posts(listed: list[Row], community: Any) -> None:
    """Write into rows what the post in charge is called; one statement."""
    posts = {row.post_id for row in listed if row.post_id}
    if not posts:
        return
    found = sql.read(_POSTS.format(", ".join(["%s"] * len(posts))), community.pk, *posts)
    names = {sql.key(id): title or in_their_language(zh, en) for id, title, zh, en in found}
    for row in listed:
        row.post = names.get(row.post_id) if row.post_id else None
