"""What the database alone could take: the rows of real reports, written again without a web layer.

Same rows, same durability, as many connections as the server has; one transaction for each report, its head locked.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

Statement = tuple[str, tuple[Any, ...]]
BY_SEQ = ("journal_line", "journal_detail", "journal_job")


def reports(communities: list[Any], most: int) -> list[list[Statement]]:
    """Read what the last reports of these communities wrote, as statements of the driver."""
    mark = "%s" if connection.vendor == "postgresql" else "?"
    marks = ", ".join(["%s"] * len(communities))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT community_id, seq, noun_id FROM journal_detail WHERE verb = 'report'"
            f" AND community_id IN ({marks}) ORDER BY at DESC LIMIT {most}",
            communities,
        )
        found = list(cursor.fetchall())
    by_seq: dict[Any, list[Statement]] = {}
    by_noun: dict[Any, list[Statement]] = {}
    for table in BY_SEQ:
        for names, row in _rows(table, "community_id", communities):
            key = (row[names.index("community_id")], row[names.index("seq")])
            by_seq.setdefault(key, []).append(_insert(table, names, row, mark))
    for table, column in (("cases_case", "id"), ("kernel_oncekey", "noun_id")):
        for names, row in _rows(table, "community_id", communities):
            by_noun.setdefault(row[names.index(column)], []).append(_insert(table, names, row, mark))
    made = []
    for community, seq, noun in found:
        read: Statement = (f"SELECT * FROM journal_head WHERE key = {mark}", (community,))
        if mark == "%s":
            read = (f"{read[0]} FOR UPDATE", read[1])
        write = (f"UPDATE journal_head SET size = size + 1 WHERE key = {mark}", (community,))
        made.append([read, *by_noun[noun], *by_seq[community, seq], write])
    return made


def _rows(table: str, column: str, keys: list[Any]) -> list[tuple[list[str], tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {column} IN ({', '.join(['%s'] * len(keys))})", keys)
        names = [about[0] for about in cursor.description]
        return [(names, tuple(map(_plain, row))) for row in cursor.fetchall()]


def _plain(value: Any) -> Any:
    # sqlite3 would write a datetime differently from Django.
    return str(value) if connection.vendor == "sqlite" and hasattr(value, "isoformat") else value


def _insert(table: str, names: list[str], row: tuple[Any, ...], mark: str) -> Statement:
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join([mark] * len(names))})", row


def replay(database: str, made: list[list[Statement]], connections: int) -> float:
    """Write the reports into a copy of the database; return how many it took in a second."""
    work, gate = iter(made), threading.Lock()
    faults: list[BaseException] = []
    is_postgres = connection.vendor == "postgresql"
    start = threading.Barrier(connections + 1)

    def run() -> None:
        write, close = _postgres(database) if is_postgres else _sqlite(database, gate)
        start.wait()
        while statements := _next(work, taking):
            try:
                write(statements)
            except (sqlite3.Error, psycopg.Error) as error:
                faults.append(error)
        close()

    taking = threading.Lock()
    threads = [threading.Thread(target=run) for _one in range(connections)]
    for thread in threads:
        thread.start()
    start.wait()
    at = time.perf_counter()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return len(made) / (time.perf_counter() - at)


def _next(work: Any, taking: threading.Lock) -> list[Statement] | None:
    with taking:
        return next(work, None)


def _sqlite(path: str, gate: threading.Lock) -> tuple[Callable[[list[Statement]], None], Callable[[], None]]:
    opened = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
    opened.executescript(settings.DATABASES["default"]["OPTIONS"]["init_command"])

    def write(statements: list[Statement]) -> None:
        with gate:  # one writer at a time, as in the server
            opened.execute("BEGIN IMMEDIATE")
            for sql, values in statements:
                opened.execute(sql, values).fetchall()
            opened.execute("COMMIT")

    return write, opened.close


def _postgres(url: str) -> tuple[Callable[[list[Statement]], None], Callable[[], None]]:
    opened = psycopg.connect(url, autocommit=True)

    def write(statements: list[Statement]) -> None:
        with opened.transaction():
            for sql, values in statements:
                opened.execute(sql, values)

    return write, opened.close
