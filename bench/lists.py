"""Lists: what a page of 100 cases costs, and whether the queue stays as quick with a hundred times the cases."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.test import Client

from mulin.cases import queries
from mulin.cases.models import Case

from . import town as towns
from .results import Result

SUBJECT = "lists"
FEW = 10_000


def measure(database: str, quick: bool) -> None:
    """Measure pages on 10,000 cases, then the queue on those and on a hundred times as many."""
    town = towns.build()
    towns.cases(town, FEW // 10)
    towns.multiply(1, 9)
    _pages(database, town)
    few = {name: _queue(viewer) for name, viewer in _viewers(town).items()}
    towns.multiply(10, 99 if quick else 999)
    many = Case.objects.count()
    for name, viewer in _viewers(town).items():
        plan, took = _queue(viewer)
        ratio = took / few[name][1]
        same = "same plan" if plan == few[name][0] else "OTHER PLAN"
        Result(SUBJECT, database, f"queue of {name}, {FEW:,} cases", few[name][1] * 1000, "ms", few[name][0]).say()
        Result(SUBJECT, database, f"queue of {name}, {many:,} cases", took * 1000, "ms", plan).say()
        Result(SUBJECT, database, f"queue of {name}, ratio", ratio, "times", same).say()


def _viewers(town: Any) -> dict[str, Any]:
    desk = replace(town.officer, capabilities=town.officer.capabilities | {"cases.desk"})
    return {"an officer": town.officer, "the desk": desk}


def _pages(database: str, town: Any) -> None:
    slug, client = town.community.slug, Client()
    head = {"Authorization": f"Bearer {town.key}"}
    pages: dict[str, Callable[[], Any]] = {
        "HTML": lambda: client.get(f"/{slug}/cases/?size=100"),
        "JSON": lambda: client.get(f"/api/v1/{slug}/cases?limit=100", headers=head),
    }
    for name, ask in pages.items():
        answer = ask()
        assert answer.status_code == 200, (name, answer.status_code, answer.content[:500])
        said = answer.content.decode()
        rows = len(set(re.findall(r"cases/([0-9a-f-]{36})", said))) if name == "HTML" else said.count('"number"')
        # The least: what a page costs while no neighbour on the machine slows it down.
        took = _each(ask, 101, pick=min)
        Result(
            SUBJECT,
            database,
            f"page of {rows} cases, {name}",
            took * 1000,
            "ms CPU",
            f"{len(said) / 1024:,.0f} KB; the least of 101",
        ).say()


def _queue(viewer: Any) -> tuple[str, float]:
    found = queries.queue(viewer)[:50]
    return _way(found.explain()), _each(lambda: list(found.all()), 15, clock=time.perf_counter)


def _way(plan: str) -> str:
    """Say how a plan reads the cases, and whether it sorts them; how small tables are joined does not matter."""
    read = re.search(r"(?:Scan|SCAN|SEARCH)[^\n]*cases_case[^\n]*", plan)
    index = re.search(r"case_(?:list|queue|desk|mine|rings)|Seq Scan|SCAN", read[0] if read else "")
    sorts = re.search(r"Sort Key|TEMP B-TREE FOR (?:LAST \d TERMS? OF )?ORDER BY", plan)
    return f"by {index[0] if index else 'key'}{', then sorted' if sorts else ', in order'}"


def _each(
    ask: Callable[[], Any], times: int, clock: Callable[[], float] = time.process_time,
    pick: Callable[[list[float]], float] = statistics.median,
) -> float:  # fmt: skip
    for _warm in range(20):  # Python settles into a path that it has gone often
        ask()
    took = []
    for _time in range(times):
        at = clock()
        ask()
        took.append(clock() - at)
    return pick(took)
