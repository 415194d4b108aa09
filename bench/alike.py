"""Similar cases: what it costs to find them among 100,000 cases, before a report is sent and beside a case."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction

from mulin.cases.models import Case
from mulin.cases.queries import leaves, where
from mulin.kernel.clock import now
from mulin.kernel.engine import save_adopted
from mulin.kernel.ids import uuid7
from mulin.kernel.viewer import NOBODY
from mulin.learning import actions
from mulin.learning import queries as learning
from mulin.learning.queries.alike import candidates
from mulin.simulation.matters import MATTERS
from mulin.territory.actions import add_building
from mulin.text.words import segment

from . import town as towns
from .load import SIDE, SOUTH, WEST
from .results import Result

SUBJECT = "alike"
HOUSES, BASE, ASKED = 200, 5_000, 40
ENDS = (
    "",
    "，请尽快来看看。",
    "，已经三天了。",
    "，邻居都在说。",
    "，昨天也有人说过。",
    "，麻烦派人。",
    "，孩子们都怕。",
)


def measure(database: str, quick: bool) -> None:
    """Measure a look-up for a resident and for an officer, and beside it the statement alone."""
    town, times = towns.build(), 2 if quick else 20
    _cases(town, _houses(town), BASE)
    towns.multiply(1, times - 1)
    many = times * BASE
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    at = time.process_time()
    taught = actions.learn(town.community)
    note = f"{taught.cases:,} cases, {taught.words:,} words"
    Result(SUBJECT, database, "to learn from the newest, CPU", time.process_time() - at, "s", note).say()
    chance = random.Random(3)
    asked = [_asked(town, chance) for _each in range(ASKED)]
    for name, viewer in (("nobody", NOBODY), ("an officer", town.officer)):
        find, read = partial(learning.similar, town.community, viewer), partial(candidates, town.community, viewer)
        look = _each(partial(_find, find), asked)
        raw = _each(partial(_read, read), asked)
        found = sum(bool(find(*each, None)) for each in asked)
        _say(database, f"look-up for {name}, {many:,} cases, CPU", look * 1000, "ms", f"{found} of {ASKED} found some")
        _say(database, f"look-up for {name}, to its raw query", look / raw, "times", f"{raw * 1000:.2f} ms")
    words = _each(lambda words, _place: learning.suggest(town.community.pk, words), asked)
    _say(database, "to suggest categories, CPU", words * 1000, "ms")


def _find(find: Callable[..., Any], words: str, place: Any) -> Any:
    return find(words, place, None)


def _read(read: Callable[..., Any], _words: str, place: Any) -> Any:
    return read(place)


def _say(database: str, name: str, value: float, unit: str, note: str = "") -> None:
    Result(SUBJECT, database, name, value, unit, note).say()


def _houses(town: Any) -> list[Any]:
    row = 20
    return [
        add_building(
            town.community, f"{number + 1}号楼", number=number + 1, lon=WEST + SIDE * (number % row + 0.5) / row,
            lat=SOUTH + SIDE * (number // row + 0.5) / (HOUSES // row),
        )
        for number in range(HOUSES)
    ]  # fmt: skip


def _cases(town: Any, houses: list[Any], count: int) -> None:
    chance, kinds, start = random.Random(7), {row.key: row for row in leaves(town.community.pk)}, now()
    said = [(matter, f"{matter.words.rstrip('。')}{end}") for matter in MATTERS for end in ENDS]
    cut = {words: segment(words) for _matter, words in said}
    for first in range(0, count, 1000):
        rows = []
        for number in range(first, min(first + 1000, count)):
            (matter, words), house = chance.choice(said), chance.choice(houses)
            state, at = towns.STATES[number % len(towns.STATES)], start - timedelta(minutes=chance.randrange(1_500_000))
            rows.append(
                Case(
                    community=town.community, number=f"B-{number:06d}", category=kinds[matter.category], state=state,
                    words=words, search=cut[words], disclosure="named", is_public=True,
                    building=house, grid_id=house.grid_id, lon=house.lon, lat=house.lat, shown_lon=house.lon,
                    shown_lat=house.lat, happened_at=at, created_at=at, accepted_at=at + timedelta(hours=1),
                    solved_at=at + timedelta(days=1) if state in ("solved", "closed") else None, cause=matter.cause,
                    remedy=matter.remedy, reporter_account=uuid7(), due_at=at,
                )
            )  # fmt: skip
        with transaction.atomic():
            save_adopted(rows)


def _asked(town: Any, chance: random.Random) -> tuple[str, Any]:
    lon, lat = WEST + SIDE * chance.uniform(0.1, 0.9), SOUTH + SIDE * chance.uniform(0.1, 0.9)
    return chance.choice(MATTERS).words, where(town.community, lon=lon, lat=lat)


def _each(look: Callable[[str, Any], Any], asked: list[tuple[str, Any]]) -> float:
    for words, place in asked[:3]:
        look(words, place)
    took = []
    for words, place in asked:
        at = time.process_time()
        look(words, place)
        took.append(time.process_time() - at)
    return statistics.median(took)
