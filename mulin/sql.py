"""Statements written by hand or put together once, for what every request does: to build them anew costs the most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Field, Model, QuerySet

_PLAIN = {
    models.BooleanField, models.CharField, models.DateField, models.DateTimeField, models.IntegerField,
    models.PositiveIntegerField, models.SmallIntegerField, models.TextField, models.UUIDField,
}  # fmt: skip
_AS_IT_IS = {bool, bytes, float, int, str, type(None)}


def read(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run a statement with ids and moments as this database keeps them. What comes back is as it lies there."""
    # To ask for the connection by its proxy looks it up again for each attribute.
    database = connections[DEFAULT_DB_ALIAS]
    with database.cursor() as cursor:
        cursor.execute(statement, [_kept(database, value) for value in values])
        return list(cursor.fetchall())


def compiled(rows: QuerySet[Any], columns: str) -> tuple[str, tuple[Any, ...]]:
    """Write the statement that reads columns written by hand of the rows that a query keeps, and its values."""
    try:
        statement, values = rows.values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return f"SELECT {columns} FROM {rows.model._meta.db_table} WHERE 1 = 0", ()
    return f"SELECT {columns}{statement[statement.index(' FROM ') :]}", values


def insert_rows(model: type[Model], rows: Iterable[Sequence[Any]], change: tuple[str, ...] = ()) -> None:
    """Insert rows given as plain values, in the order of the model's fields; in one that is here, set only `change`."""
    database = connections[DEFAULT_DB_ALIAS]
    statement, _fields = _insert_of(model, change)
    values = [_all_kept(database, row) for row in rows]
    with database.cursor() as cursor:
        if len(values) == 1:
            cursor.execute(statement, values[0])
        else:
            cursor.executemany(statement, values)


def insert_all(rows: Sequence[Model]) -> None:
    """Insert many new rows of one model with the values they have; no signals are sent."""
    database = connections[DEFAULT_DB_ALIAS]
    statement, fields = _insert_of(type(rows[0]))
    columns = [_column_of(field, database) for field in fields]
    values = [_all_kept(database, [read(row) for read in columns]) for row in rows]
    with database.cursor() as cursor:
        cursor.executemany(statement, values)
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def _column_of(field: Field[Any, Any], database: Any) -> Callable[[Any], Any]:
    # Fields that store what they hold need no asking: that is most of the work of very many rows.
    if type(field) in _PLAIN or field.is_relation:
        return attrgetter(field.attname)
    return lambda row: field.get_db_prep_save(field.pre_save(row, True), database)


def insert(row: Model) -> None:
    """Insert a row with the values it has; no signals are sent."""
    database = connections[DEFAULT_DB_ALIAS]
    statement, fields = _insert_of(type(row))
    with database.cursor() as cursor:
        cursor.execute(statement, [field.get_db_prep_save(field.pre_save(row, True), database) for field in fields])
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def update(row: Model, *names: str) -> bool:
    """Save a row, or these fields of it, within its own community; say whether it was there."""
    database = connections[DEFAULT_DB_ALIAS]
    statement, fields, keys = _update_of(type(row), names)
    values = [field.get_db_prep_save(field.pre_save(row, False), database) for field in fields]
    values += [key.get_db_prep_save(getattr(row, key.attname), database) for key in keys]
    with database.cursor() as cursor:
        cursor.execute(statement, values)
        return bool(cursor.rowcount == 1)


def kept(value: Any) -> Any:
    """Return a value as this database keeps it, to be compared with what `read` gives."""
    return _kept(connections[DEFAULT_DB_ALIAS], value)


def keys(numbers: Iterable[int]) -> list[Any]:
    """Return ids that were made as numbers as this database keeps them."""
    if connections[DEFAULT_DB_ALIAS].features.has_native_uuid_field:
        return [UUID(int=number) for number in numbers]
    return [f"{number:032x}" for number in numbers]


def key(value: Any) -> UUID:
    """Return an id that was read."""
    return value if isinstance(value, UUID) else UUID(value)


def moment(value: Any) -> datetime:
    """Return a moment that was read."""
    if isinstance(value, str):
        return datetime.fromisoformat(f"{value}+00:00")
    found: datetime = value
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@cache
def _insert_of(model: type[Model], change: tuple[str, ...] = ()) -> tuple[str, list[Field[Any, Any]]]:
    fields = list(model._meta.local_concrete_fields)
    columns, marks = ", ".join(_column(field) for field in fields), ", ".join(["%s"] * len(fields))
    names = [_column(field) for field in fields if field.name in change]
    sets = ", ".join(f"{name} = excluded.{name}" for name in names)
    known = f" ON CONFLICT (id) DO UPDATE SET {sets}" if sets else ""
    return f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks}){known}", fields


@cache
def _update_of(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Field[Any, Any]], list[Field[Any, Any]]]:
    # The column by which a city's database is distributed goes into WHERE, never into SET.
    keys = [field for field in model._meta.local_concrete_fields if field.primary_key or field.name == "community"]
    fields = [
        field for field in model._meta.local_concrete_fields if field not in keys and (not names or field.name in names)
    ]
    changes = ", ".join(f"{_column(field)} = %s" for field in fields)
    where = " AND ".join(f"{_column(field)} = %s" for field in keys)
    return f"UPDATE {model._meta.db_table} SET {changes} WHERE {where}", fields, keys


def _column(field: Field[Any, Any]) -> str:
    return f'"{field.column}"'


def _all_kept(database: Any, row: Iterable[Any]) -> list[Any]:
    # Most values are kept as they are: to ask that first is most of the speed.
    return [value if value.__class__ in _AS_IT_IS else _kept(database, value) for value in row]


def _kept(database: Any, value: Any) -> Any:
    if isinstance(value, UUID):
        return value if database.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        if value.tzinfo is UTC and database.vendor == "sqlite" and database.timezone is UTC:
            return value.replace(tzinfo=None).isoformat(" ")  # the same, in a third of the time
        return database.ops.adapt_datetimefield_value(value)
    return database.ops.adapt_datefield_value(value) if isinstance(value, date) else value
