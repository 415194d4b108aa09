"""Statements written by hand, for the few reads that every request makes: there, to build them costs the most."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection


def read(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run a statement with ids and moments as this database keeps them. What comes back is as it lies there."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [_kept(value) for value in values])
        return list(cursor.fetchall())


def key(value: Any) -> UUID:
    """Return an id that was read."""
    return value if isinstance(value, UUID) else UUID(value)


def _kept(value: Any) -> Any:
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
