"""Statements written by hand or put together once, for what every request does: to build them anew costs the most."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID, SafeUUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Field, Model, QuerySet
from django.db.models.base import ModelState

M = TypeVar("M", bound=Model)
_PLAIN = {
    models.BooleanField, models.CharField, models.DateField, models.DateTimeField, models.IntegerField,
    models.PositiveIntegerField, models.SmallIntegerField, models.TextField, models.UUIDField,
}  # fmt: skip
_set, _UNKNOWN = object.__setattr__, SafeUUID.unknown
_AS_IT_IS = {bool, bytes, float, int, str, type(None)}


def read(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run a statement with ids and moments as this database keeps them. What comes back is as it lies there."""
    # To ask for the connection by its proxy looks it up again for each attribute.
    database = connections[DEFAULT_DB_ALIAS]
    with database.cursor() as cursor:
        cursor.execute(statement, _all_kept(database, values))
        return list(cursor.fetchall())


def compiled(rows: QuerySet[Any], columns: str) -> tuple[str, tuple[Any, ...]]:
    """Write the statement that reads columns written by hand of the rows that a query keeps, and its values."""
    try:
        statement, values = rows.values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return f"SELECT {columns} FROM {rows.model._meta.db_table} WHERE 1 = 0", ()
    return f"SELECT {columns}{statement[statement.index(' FROM ') :]}", values


@contextmanager
def unmapped() -> Iterator[None]:
    """Read the database's file page by page for a while: what SQLite maps of it counts as memory of the process."""
    mapped = read("PRAGMA mmap_size") if connections[DEFAULT_DB_ALIAS].vendor == "sqlite" else []
    if mapped:
        read("PRAGMA mmap_size = 0")
    try:
        yield
    finally:
        for (size,) in mapped:
            read(f"PRAGMA mmap_size = {size}")


def among(model: type[Model], columns: str, community: UUID, by: str, wanted: Collection[Any]) -> list[tuple[Any, ...]]:
    """Read columns, as they lie there, of a community's rows in which one column holds one of many values."""
    if not wanted:
        return []
    statement = f"SELECT {columns} FROM {model._meta.db_table} WHERE community_id = %s AND {by} IN "
    return read(f"{statement}({', '.join(['%s'] * len(wanted))})", community, *wanted)


def fresh(model: type[M], **values: Any) -> M:
    """Make a new row of very many in a fifth of the time; others are named by their ids, as in `person_id`."""
    row, (constant, made) = model.__new__(model), _defaults_of(model)
    row.__dict__ = {**constant, **values}
    for name, make in made:
        if name not in values:
            row.__dict__[name] = make()
    return row


def insert_rows(model: type[Model], rows: Iterable[Sequence[Any]], change: tuple[str, ...] = ()) -> None:
    """Insert rows given as plain values, in the order of the model's fields; in one that is here, set only `change`."""
    rows = list(rows)
    database = connections[DEFAULT_DB_ALIAS]
    if len(rows) == 1:
        values: list[Sequence[Any]] = [[_kept(database, value) for value in rows[0]]]
    else:
        values = list(zip(*(_all_kept(database, column) for column in zip(*rows, strict=True)), strict=True))
    _write(database, model, change, values)


def insert_all(rows: Sequence[Model]) -> None:
    """Insert many new rows of one model with the values they have; no signals are sent."""
    database = connections[DEFAULT_DB_ALIAS]
    columns = [_column_of(field, rows, database) for field in _insert_of(type(rows[0]))[1]]
    _write(database, type(rows[0]), (), list(zip(*columns, strict=True)))
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def _write(database: Any, model: type[Model], change: tuple[str, ...], values: Sequence[Sequence[Any]]) -> None:
    statement, fields = _insert_of(model, change)
    with database.cursor() as cursor:
        if len(values) == 1:
            cursor.execute(statement, values[0])
        elif database.vendor == "postgresql" and not change:
            # One stream, with the same triggers and constraints as a statement for each row.
            columns = ", ".join(map(_column, fields))
            with cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as stream:
                for row in values:
                    stream.write_row(row)
        else:
            cursor.executemany(statement, values)


def _column_of(field: Field[Any, Any], rows: Sequence[Model], database: Any) -> Sequence[Any]:
    # Fields that store what they hold need no asking: that is most of the work of very many rows.
    if type(field) in _PLAIN or field.is_relation:
        return _all_kept(database, list(map(attrgetter(field.attname), rows)))
    if prepared := getattr(field, "prepared", None):
        return list(prepared(rows))
    if isinstance(field, models.JSONField):
        empty, said = field.get_db_prep_save({}, database), map(attrgetter(field.attname), rows)
        return [empty if value == {} else field.get_db_prep_save(value, database) for value in said]
    return [field.get_db_prep_save(field.pre_save(row, True), database) for row in rows]


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
    if value.__class__ is UUID:
        found: UUID = value
        return found
    # As UUID(value) does, without asking which of five ways was meant: lists read hundreds of ids.
    found = object.__new__(UUID)
    _set(found, "int", int(value, 16))
    _set(found, "is_safe", _UNKNOWN)
    return found


def moment(value: Any) -> datetime:
    """Return a moment that was read."""
    if isinstance(value, str):
        return datetime.fromisoformat(f"{value}+00:00")
    found: datetime = value
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@cache
def _defaults_of(model: type[Model]) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    given = [(field.attname, field.default) for field in model._meta.concrete_fields if field.has_default()]
    made = [("_state", ModelState), *((name, default) for name, default in given if callable(default))]
    return {field.attname: field.get_default() for field in model._meta.concrete_fields}, made


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


def _all_kept(database: Any, values: Sequence[Any]) -> Sequence[Any]:
    # Most columns are kept as they are, and in the others few values differ: to see that first is most of the speed.
    kinds = set(map(type, values))
    if kinds <= _AS_IT_IS:
        return values
    if UUID in kinds and not database.features.has_native_uuid_field:
        return [
            value.hex if value.__class__ is UUID else value if value.__class__ in _AS_IT_IS else _kept(database, value)
            for value in values
        ]
    known = {value: _kept(database, value) for value in set(values)}
    return [known[value] for value in values]


def _kept(database: Any, value: Any) -> Any:
    if isinstance(value, UUID):
        return value if database.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        if value.tzinfo is UTC and database.vendor == "sqlite" and database.timezone is UTC:
            return value.replace(tzinfo=None).isoformat(" ")  # the same, in a third of the time
        return database.ops.adapt_datetimefield_value(value)
    return database.ops.adapt_datefield_value(value) if isinstance(value, date) else value
