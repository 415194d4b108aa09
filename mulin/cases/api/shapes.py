"""What the API answers about cases."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from mulin.api.resources import Step, Timer, Waiting


class CategoryShown(msgspec.Struct):
    """A kind of matter; those without children can be reported."""

    key: str
    label: str
    parent: str | None
    is_household: bool
    accept_minutes: int
    solve_days: int
    warning: str  # what to do before reporting, where another number must be called first; often empty


class Categories(msgspec.Struct):
    """The community's category tree, parents before children."""

    items: list[CategoryShown]


class CaseRow(msgspec.Struct):
    """A case in a list. The title is the public one, or the first words for those who may read them."""

    id: UUID
    number: str
    state: str
    state_label: str
    version: int
    title: str
    category: str
    category_label: str
    is_public: bool
    level: int
    grid: int | None
    building: str | None
    entrance: str | None
    lon: float | None
    lat: float | None
    post_id: UUID | None
    post: str | None
    met_by: int
    reopened: int
    happened_at: datetime
    due_at: datetime | None
    href: str


class CasePage(msgspec.Struct):
    """Some cases, and where to go on."""

    items: list[CaseRow]
    next: str | None


class Photo(msgspec.Struct):
    """A photo of a case, at a stage of its life."""

    id: UUID
    stage: str
    width: int
    height: int
    href: str


class CaseFull(msgspec.Struct):
    """What only the reporter and those who handle it read. The place here is exact."""

    words: str
    disclosure: str
    is_behalf: bool
    address: str
    lon: float | None
    lat: float | None
    reporter: str
    contact_name: str
    contact_phone: str  # masked; the full number is shown on the page, with a reason
    leader: str
    cause: str
    remedy: str
    rating_words: str
    photos: list[Photo]
    waiting: list[Waiting]


class Event(msgspec.Struct):
    """One thing that happened. Who and what was said only for those who read everything."""

    verb: str
    at: datetime
    actor: str
    before: str
    after: str
    details: dict[str, Any]


class CaseShown(CaseRow):
    """One case: what everyone may read, with `full` for those who read everything."""

    public_summary: str
    waits_for: str
    waits_until: datetime | None
    accepted_at: datetime | None
    solved_at: datetime | None
    closed_at: datetime | None
    rating: int | None
    merged_into: UUID | None
    clocks: list[Timer]
    timeline: list[Event]
    moves: list[Step]
    full: CaseFull | None
    url: str  # its page
    secret: str | None = None  # once, to whoever reported without a name
