"""The three rates: what a page costs in a community with a million cases, and how quickly the log is counted."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from django.test import Client

from mulin.cases import queries as cases
from mulin.cases.actions import report
from mulin.journal.models import Detail
from mulin.kernel.ids import uuid7
from mulin.rates import actions, queries
from mulin.rates.figures import MOST_MONTHS, back, month_of
from mulin.rates.models import Fact, Tally

from . import load
from . import town as towns
from .results import Result

SUBJECT = "rates"
GRIDS = 12


def measure(database: str, quick: bool) -> None:
    """Measure counting on real reports, then reading the sums of a million cases."""
    town = towns.build()
    _counting(database, town, 200 if quick else 2_000)
    _reading(database, town, 100_000 if quick else 1_000_000)


def _counting(database: str, town: Any, count: int) -> None:
    where = cases.where(town.community, lon=load.WEST + load.SIDE / 2, lat=load.SOUTH + load.SIDE / 2)
    for number in range(count):
        words = f"The lamp at gate {number} is out."
        report(by=town.officer, community=town.community, words=words, place=where)
    lines = Detail.objects.filter(community=town.community.pk).count()
    at = time.process_time()
    actions.count_all()
    took = time.process_time() - at
    note = f"{lines:,} lines, {Fact.objects.count():,} cases"
    Result(SUBJECT, database, "the log counted", lines / took, "lines/s CPU", note).say()


def _reading(database: str, town: Any, count: int) -> None:
    last = month_of(date.today())
    rows = _sums(town, count, last)
    Tally.objects.all().delete()
    Tally.objects.bulk_create(rows, batch_size=500)
    first, community = back(last, MOST_MONTHS - 1), town.community
    raw = _least(lambda: list(Tally.objects.filter(community=community).values_list("month", "reported")))
    for by in ("month", "grid", "category"):
        took = _least(lambda by=by: queries.counts(community, first, last, by))  # type: ignore[misc]
        note = f"{len(rows):,} sums; {took / raw:.1f} times the bare rows"
        Result(SUBJECT, database, f"three years by {by}, {count:,} cases", took * 1000, "ms CPU", note).say()
    client, address = Client(), f"/{community.slug}/rates/?by=grid&from={first:%Y-%m}"
    took = _least(lambda: client.get(address))
    Result(SUBJECT, database, f"the page, {count:,} cases", took * 1000, "ms CPU", "goal: 200").say()


def _sums(town: Any, count: int, last: date) -> list[Tally]:
    chance, kinds = random.Random(5), cases.leaves(town.community.pk)
    grids = [None, *(uuid7() for _grid in range(GRIDS - 1))]
    cells = [(back(last, month), grid, kind.pk) for month in range(MOST_MONTHS) for kind in kinds for grid in grids]
    share = max(count // len(cells), 1)
    made = []
    for month, grid, kind in cells:
        fixed = chance.randrange(share + 1)
        made.append(Tally(
            community_id=town.community.pk, month=month, grid_id=grid, category_id=kind, reported=share, due=share,
            answered=chance.randrange(share + 1), ended=share, on_time=fixed, judged=share, fixed=fixed, content=fixed,
            pleased=fixed // 2, left_out=0,
        ))  # fmt: skip
    return made


def _least(ask: Callable[[], Any], times: int = 9) -> float:
    took = []
    for _time in range(times + 1):
        at = time.process_time()
        ask()
        took.append(time.process_time() - at)
    return statistics.median(took[1:])
