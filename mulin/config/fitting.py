"""Does the database fit the program? One from before the first release may not, though its migrations say so."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection

from .archive import table_of, tables


def misfits() -> list[str]:
    """Name the tables and columns that only one of the two knows: "people_signin", "people_account.theme"."""
    with connection.cursor() as cursor:
        names = map(str, connection.introspection.table_names(cursor))
        there = {name: _columns(cursor, name) for name in names if _is_ours(name)}
    ours = {table_of(model): {str(field.column) for field in model._meta.concrete_fields} for model in tables()}
    apart = there.keys() ^ ours.keys()
    return sorted(apart) + [
        f"{table}.{column}"
        for table in sorted(there.keys() & ours.keys())
        for column in sorted(there[table] ^ ours[table])
    ]


def _columns(cursor: Any, table: str) -> set[str]:
    # Django's own look at a table of SQLite stumbles over a constraint such as IN (1, 2).
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} WHERE 1 = 0")
    return {column[0] for column in cursor.description}


def _is_ours(table: str) -> bool:
    # Tables of the search belong to no model; they are mended by themselves.
    label = table.partition("_")[0]
    return label in apps.app_configs and "_search" not in table
