"""Search on SQLite: a contentless FTS5 table and a table of keys, kept by triggers on the searched table.

The keys have numbers of their own, since SQLite may renumber the rows of a table with a UUID key.
"""

from __future__ import annotations

import re
from typing import Any

_NAME = re.compile(r"[a-z][a-z0-9_]{0,50}")


def named(*names: str) -> tuple[str, ...]:
    """Return the names unchanged if they can stand in SQL as they are."""
    for name in names:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is not a plain name of a table or column.")
    return names


def search_table(table: str) -> str:
    """Name the full-text table of a table."""
    return f"{named(table)[0]}_search"


def keys_table(table: str) -> str:
    """Name the table that numbers a table's keys."""
    return f"{named(table)[0]}_searchkey"


def triggers(table: str, column: str, key: str) -> dict[str, str]:
    """Return the triggers that keep the search tables, by name."""
    named(table, column, key)
    search, keys = search_table(table), keys_table(table)
    put = f"INSERT INTO {search} (rowid, {column}) SELECT n, new.{column} FROM {keys} WHERE key = new.{key};"
    # A contentless table forgets a row only when told what it held.
    drop = (
        f"INSERT INTO {search} ({search}, rowid, {column})"
        f" SELECT 'delete', n, old.{column} FROM {keys} WHERE key = old.{key};"
    )
    return {
        f"{search}_new": f"AFTER INSERT ON {table} BEGIN INSERT INTO {keys} (key) VALUES (new.{key}); {put} END",
        f"{search}_change": (
            f"AFTER UPDATE OF {column} ON {table} WHEN old.{column} <> new.{column} BEGIN {drop} {put} END"
        ),
        f"{search}_gone": f"AFTER DELETE ON {table} BEGIN {drop} DELETE FROM {keys} WHERE key = old.{key}; END",
    }


def build(table: str, column: str, key: str) -> list[str]:
    """Return the statements that make the search tables and fill them."""
    search, keys = search_table(table), keys_table(table)
    named(table, column, key)
    return [
        f"CREATE TABLE {keys} (n INTEGER PRIMARY KEY, key NOT NULL UNIQUE)",
        # The table's own definition tells `mend` what is searched.
        f"CREATE VIRTUAL TABLE {search} USING fts5({column}, content='')",
        *fill(table, column, key),
    ]


def fill(table: str, column: str, key: str) -> list[str]:
    """Return the statements that take the rows that are there and set the triggers."""
    search, keys = search_table(table), keys_table(table)
    return [
        f"DELETE FROM {keys}",
        f"INSERT INTO {search} ({search}) VALUES ('delete-all')",
        f"INSERT INTO {keys} (key) SELECT {key} FROM {table}",
        f"INSERT INTO {search} (rowid, {column})"
        f" SELECT k.n, t.{column} FROM {keys} k JOIN {table} t ON t.{key} = k.key",
        *(f"DROP TRIGGER IF EXISTS {name}" for name in triggers(table, column, key)),
        *(f"CREATE TRIGGER {name} {body}" for name, body in triggers(table, column, key).items()),
    ]


def drop(table: str, column: str, key: str) -> list[str]:
    """Return the statements that take search away again."""
    return [
        *(f"DROP TRIGGER IF EXISTS {name}" for name in triggers(table, column, key)),
        f"DROP TABLE {search_table(table)}",
        f"DROP TABLE {keys_table(table)}",
    ]


def mend(connection: Any) -> list[str]:
    """Set lost triggers again and take in what was written without them; return the tables mended."""
    mended = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name FROM sqlite_master WHERE type IN ('table', 'trigger')")
        found = set(cursor.fetchall())
        for table in sorted(name for kind, name in found if kind == "table"):
            search = f"{table}_search"
            if {("table", search), ("table", f"{table}_searchkey")} <= found:
                column = _columns(cursor, search)[0][1]
                key = next(row[1] for row in _columns(cursor, table) if row[5])
                if not {("trigger", name) for name in triggers(table, column, key)} <= found:
                    for statement in fill(table, column, key):
                        cursor.execute(statement)
                    mended.append(table)
    return mended


def _columns(cursor: Any, table: str) -> list[Any]:
    cursor.execute(f"PRAGMA table_info({table})")
    return list(cursor.fetchall())
