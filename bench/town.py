"""What the measures work on: a community with a grid, an officer and a key; copies of it; and many cases."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from mulin.cases import actions, queries
from mulin.cases.actions.setup import PACKS
from mulin.cases.models import Case
from mulin.entry import actions as entry
from mulin.journal.models import Head
from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import save_adopted
from mulin.kernel.ids import uuid7
from mulin.people import actions as people
from mulin.people.queries import viewer_of
from mulin.secrecy.hashes import keyed_hash
from mulin.territory import actions as places

from .load import SIDE, SOUTH, WEST

# Every table of a community that a report reads, parents first.
COPIED = (
    "cases_category", "territory_grid", "territory_gridcell", "people_person", "people_postkind", "people_post",
    "people_term", "entry_apikey",
)  # fmt: skip
STATES = ("reported", "assigned", "in_hand", "waiting", "solved", "closed", "closed", "closed", "closed", "closed")


@dataclass
class Town:
    """A community that cases can be reported to."""

    community: Any
    officer: Any
    post: Any
    key: str


def build(slug: str = "bench") -> Town:
    """Found a community through the actions, with one grid, its officer, and a resident who has a key."""
    edges = [[WEST, SOUTH], [WEST + SIDE, SOUTH], [WEST + SIDE, SOUTH + SIDE], [WEST, SOUTH + SIDE], [WEST, SOUTH]]
    square = {"type": "Polygon", "coordinates": [edges]}
    community = places.found(slug, "Bench", "B", boundary=square)
    grid = places.draw_grid(community, 1, square)
    actions.load_categories(community, by=SYSTEM)
    kinds = people.load_post_kinds(community, PACKS / "post-kinds.toml", by=SYSTEM)
    post = people.add_post(
        by=SYSTEM, community=community, kind=kinds["grid_officer"], place_kind="grid", place_id=grid.pk
    )
    account = people.open_account(by=SYSTEM, email=f"officer@{slug}.test", password="a-good-password")
    person = people.add_person(by=SYSTEM, community=community, name="Chen", account=account)
    since = now().date() - timedelta(days=2)
    term = people.offer(by=SYSTEM, post=post, person=person, starts_on=since, ends_on=since + timedelta(days=900))
    people.accept(term, by=viewer_of(person))
    # Most of what is reported comes from residents; whoever is in charge would be offered a dozen moves besides.
    resident = people.open_account(by=SYSTEM, email=f"resident@{slug}.test", password="a-good-password")
    people.add_person(by=SYSTEM, community=community, name="Wang", account=resident)
    _key, secret = entry.make_key(resident.pk, community=community, name="bench", scopes=["read", "write"])
    return Town(community, viewer_of(person), post, secret)


def copies(town: Town, count: int) -> list[tuple[str, str]]:
    """Copy a community with its places, posts and people; return the address and key of each."""
    made = []
    with transaction.atomic():
        tables = [("territory_community", *_read("territory_community", "id", town.community.pk))]
        tables += [(table, *_read(table, "community_id", town.community.pk)) for table in COPIED]
        fresh: dict[str, list[tuple[Any, ...]]] = {table: [] for table, _columns, _rows in tables}
        for number in range(count):
            slug, prefix = f"bench-{number}", f"{number:08x}"
            secret = f"mk_{prefix}copy"
            said = {town.community.slug: slug}
            for _table, columns, rows in tables:
                at = columns.index("id")
                said |= {row[at]: _same_kind(row[at]) for row in rows}
            for table, columns, rows in tables:
                if table == "entry_apikey":
                    (row,) = rows
                    values = dict(zip(columns, row, strict=True))
                    values |= {"prefix": prefix, "secret_hash": keyed_hash("api-key", secret)}
                    rows = [tuple(values.values())]
                fresh[table] += [tuple(said.get(value, value) for value in row) for row in rows]
            Head.objects.create(key=UUID(str(said[_key_of(town.community.pk)])))
            made.append((slug, secret))
        for table, columns, _rows in tables:
            _insert(table, columns, fresh[table])
    return made


def _key_of(key: UUID) -> Any:
    return key if connection.vendor == "postgresql" else key.hex


def _same_kind(old: Any) -> Any:
    return uuid7() if isinstance(old, UUID) else uuid7().hex


def _read(table: str, column: str, key: UUID) -> tuple[list[str], list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {column} = %s", [_key_of(key)])
        return [about[0] for about in cursor.description], list(cursor.fetchall())


def _insert(table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


def cases(town: Town, count: int) -> None:
    """Add cases as an import would: a third of the open ones is the officer's."""
    chance, leaves, start = random.Random(7), queries.leaves(town.community.pk), now()
    for first in range(0, count, 1000):
        rows = []
        for number in range(first, min(first + 1000, count)):
            state, category = STATES[number % len(STATES)], leaves[number % len(leaves)]
            at = start - timedelta(minutes=chance.randrange(500_000))
            lon, lat = WEST + SIDE * chance.random(), SOUTH + SIDE * chance.random()
            rows.append(
                Case(
                    community=town.community,
                    number=f"B-{number:06d}",
                    category=category,
                    state=state,
                    lon=lon,
                    lat=lat,
                    words="The lamp at the gate is out since yesterday evening.",
                    public_summary="The lamp is out",
                    disclosure="named",
                    is_public=not category.is_household,
                    shown_lon=round(lon, 3),
                    shown_lat=round(lat, 3),
                    happened_at=at,
                    created_at=at,
                    due_at=at + timedelta(days=5),
                    post=town.post if number % 3 == 0 else None,
                    solved_at=at + timedelta(days=1) if state in ("solved", "closed") else None,
                )
            )
        with transaction.atomic():
            save_adopted(rows)


def multiply(first: int, last: int) -> None:
    """Add copies number first..last of every case that `cases` made, by the database itself."""
    names = [str(field.column) for field in Case._meta.concrete_fields]
    later = "(n * 7919 % 500000)"  # so that the copies of one case do not stand in a row
    if connection.vendor == "postgresql":
        made = {"id": "(lpad(to_hex(n), 12, '0') || substr(replace(c.id::text, '-', ''), 13))::uuid"}
        made["due_at"] = f"c.due_at + {later} * interval '1 minute'"
        series = "generate_series(%s, %s) AS s(n)"
    else:
        made = {"id": "printf('%012x', n) || substr(c.id, 13)"}
        made["due_at"] = f"strftime('%Y-%m-%d %H:%M:%f', c.due_at, '+' || {later} || ' minutes')"
        series = "(WITH RECURSIVE r(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM r WHERE n < %s) SELECT n FROM r) AS s"
    made["number"] = "c.number || '-' || n"
    listed = ", ".join(made.get(name, f"c.{name}") for name in names).replace("%", "%%")
    source = f"{series} CROSS JOIN (SELECT * FROM cases_case WHERE length(number) = 8) AS c"
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Nothing is searched here, and filling the search tables would take most of the time.
            cursor.execute("DROP TRIGGER IF EXISTS cases_case_search_new")
        cursor.execute(f"INSERT INTO cases_case ({', '.join(names)}) SELECT {listed} FROM {source}", [first, last])
    if connection.vendor == "postgresql":
        # PostgreSQL does so by itself after a while; nobody does it on SQLite.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
