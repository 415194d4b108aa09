"""Rates for programs, and the cases that are left out of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpResponse

from mulin.api import queries as asking
from mulin.api.http import Call, answer
from mulin.api.queries import Filter
from mulin.api.resources import Extra
from mulin.api.simple import Shown, simple
from mulin.people.figures import today_in
from mulin.web.counts import if_many

from . import queries
from .figures import BY, NAMES, Counts, Rate, period, total
from .models import Exclusion

FILTERS = (
    Filter("from", "string", "The first month, as 2026-01.", most=7),
    Filter("to", "string", "The last month, as 2026-12; three years at most are answered.", most=7),
    Filter("by", "string", "What a row is; months unless said otherwise.", lambda: tuple(BY)),
)


class Share(msgspec.Struct):
    """One rate of a group. What is under five is null, for all but the community's desk."""

    part: int | None
    whole: int | None
    percent: int | None


class Group(msgspec.Struct):
    """A month, grid or category."""

    key: str | None
    reported: int | None
    left_out: int | None
    response: Share
    resolution: Share
    satisfaction: Share


class Defined(msgspec.Struct):
    """How a rate is counted: a part and a whole out of a closed set, in words, since when."""

    key: str
    name: str
    version: int
    part: str
    whole: str
    words: str
    source: str
    starts_on: date | None


class Rates(msgspec.Struct):
    """The three rates of a period, with their definitions."""

    first: str
    last: str
    by: str
    counted_at: datetime | None
    definitions: list[Defined]
    whole: Group
    items: list[Group]


class ExclusionShown(Shown, kw_only=True):
    """A case that is, or may be, left out of the rates."""

    case: str
    case_id: UUID
    ground: str
    reason: str


def rates(call: Call) -> HttpResponse:
    said = asking.read(call, FILTERS).values
    first, last = period(said.get("from") or "", said.get("to") or "", today_in(call.community))
    by, exact = said.get("by") or "month", call.viewer.can("cases.desk")
    defined = queries.definitions(call.community)
    found = queries.counts(call.community, first, last, by)
    return answer(Rates(
        f"{first:%Y-%m}", f"{last:%Y-%m}", by, queries.counted_at(call.community),
        [_defined(row) for row in defined],
        _group(None, total(found.values()), defined, exact),
        [_group(_key(key), counts, defined, exact) for key, counts in sorted(found.items(), key=_in_order)],
    ))  # fmt: skip


def _defined(row: Any) -> Defined:
    name = str(NAMES[row.key])
    return Defined(row.key, name, row.version, row.part, row.whole, row.words, row.source, row.starts_on)


def _in_order(item: tuple[Any, Counts]) -> str:
    return _key(item[0]) or ""


def _key(key: Any) -> str | None:
    return None if key is None else f"{key:%Y-%m}" if isinstance(key, date) else str(key)


def _group(key: str | None, found: Counts, defined: list[Any], exact: bool) -> Group:
    shares = {row.key: _share(queries.rate(row, found), exact) for row in defined}
    return Group(key, if_many(found.reported, exact=exact), if_many(found.left_out, exact=exact), **shares)


def _share(rate: Rate, exact: bool) -> Share:
    whole = if_many(rate.whole, exact=exact)
    part = None if whole is None else if_many(rate.part, exact=exact)
    return Share(part, whole, rate.percent(exact=exact))


def _fill(call: Call, row: Any) -> dict[str, Any]:
    return {"case": row.case.number}


def _draft(call: Call) -> Exclusion:
    return Exclusion(community=call.community, asked_by=call.viewer.actor)


RESOURCES = (
    simple(
        "exclusions", Exclusion, ExclusionShown, _fill, create="ask", draft=_draft,
        related=("case__category", "case__community"),
        extras=(Extra("rates", rates, Rates, "Read the three rates of a period.", FILTERS),),
    ),
)  # fmt: skip
