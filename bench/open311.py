"""Open311: what a list of 1,000 requests costs, as a ratio to the statement that reads them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client

from mulin import sql
from mulin.cases.models import Case
from mulin.journal.models import Detail, Head
from mulin.kernel.clock import now
from mulin.kernel.ids import uuid7
from mulin.open311.figures.limits import WINDOW
from mulin.open311.queries import requests

from . import town as towns
from .results import Result

SUBJECT = "open311"
CASES, ROWS = 10_000, 1_000
VERBS = ("report", "accept", "note", "solve")


def measure(database: str, quick: bool) -> None:
    """Measure the list in JSON and XML on 10,000 cases with four lines each, and the bare statement under it."""
    town = towns.build()
    towns.cases(town, CASES // 10)
    towns.multiply(1, 9)
    _lines(town)
    base, client = f"/{town.community.slug}/open311/v2/requests", Client()
    wish = requests.Asked(start=now() - WINDOW, end=now() + timedelta(seconds=1))
    bare = _each(lambda: sql.read(*_statement(town, wish)))
    Result(SUBJECT, database, f"the bare statement, {ROWS:,} of {CASES:,}", bare * 1000, "ms CPU").say()
    for form in ("json", "xml"):
        answer = client.get(f"{base}.{form}")
        assert answer.status_code == 200, answer.content[:500]
        count = answer.content.count(b"<request>") if form == "xml" else len(answer.json())
        assert count == ROWS, count
        took = _each(lambda form=form: client.get(f"{base}.{form}"))  # type: ignore[misc]
        note = f"{len(answer.content) / 1024:,.0f} KB, {took / bare:.1f} times the bare statement"
        Result(SUBJECT, database, f"list of {count:,} requests, {form.upper()}", took * 1000, "ms CPU", note).say()
        if form == "json":
            Result(SUBJECT, database, "list in JSON, ratio to the bare statement", took / bare, "times").say()


def _statement(town: Any, wish: requests.Asked) -> Any:
    statement, values = sql.compiled(requests.cases(town.community, wish)[:ROWS], requests.COLUMNS)
    return statement, *values


def _lines(town: Any) -> None:
    """Write for each case what a journal would hold of it."""
    head, rows = Head.objects.get(pk=town.community.pk), []
    for number, (case, at) in enumerate(Case.objects.values_list("pk", "happened_at")):
        for step, verb in enumerate(VERBS):
            seq = head.size + number * len(VERBS) + step
            rows.append(
                Detail(
                    id=uuid7(), community=head, seq=seq, noun_kind="cases.case", noun_id=case, verb=verb,
                    actor="system", at=at + timedelta(hours=step), salt=b"", body='{"to": "solved"}',
                )
            )  # fmt: skip
    Detail.objects.bulk_create(rows, batch_size=1000)


def _each(ask: Callable[[], Any], times: int = 15) -> float:
    for _warm in range(3):
        ask()
    took = []
    for _time in range(times):
        at = time.process_time()
        ask()
        took.append(time.process_time() - at)
    return statistics.median(took)
