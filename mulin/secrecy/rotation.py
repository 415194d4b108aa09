"""Re-encryption of every encrypted field to the current key, in batches that can be stopped and taken up again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from . import keys
from .ciphers import NotReadable, seal, unseal
from .fields import EncryptedTextField


@dataclass
class Column:
    """One encrypted column, and how far its rotation has come."""

    field: EncryptedTextField
    using: str = DEFAULT_DB_ALIAS
    done: int = 0
    unreadable: int = 0

    def __post_init__(self) -> None:
        quote = connections[self.using].ops.quote_name
        meta = self.field.model._meta
        assert meta.pk is not None
        self.table, self.pk, self.name = (
            quote(str(name)) for name in (meta.db_table, meta.pk.column, self.field.column)
        )

    @property
    def _old(self) -> str:
        return f"{self.name} <> '' AND {self.name} NOT LIKE %s"

    def left(self) -> int:
        """Count the values that are not under the current key."""
        with connections[self.using].cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {self.table} WHERE {self._old}", [f"{keys.current()}:%"])
            return int(cursor.fetchone()[0])

    def rotate(self, size: int, tell: Callable[[int], None] = lambda count: None) -> None:
        """Bring every value under the current key, committing after each batch."""
        last: Any = None
        while rows := self._batch(last, size):
            with transaction.atomic(using=self.using):
                self._write(rows)
            last = rows[-1][0]
            tell(len(rows))

    def _batch(self, last: Any, size: int) -> list[tuple[Any, str]]:
        after, values = (f" AND {self.pk} > %s", [last]) if last is not None else ("", [])
        with connections[self.using].cursor() as cursor:
            cursor.execute(
                f"SELECT {self.pk}, {self.name} FROM {self.table} WHERE {self._old}{after} ORDER BY {self.pk} LIMIT %s",
                [f"{keys.current()}:%", *values, size],
            )
            return list(cursor.fetchall())

    def _write(self, rows: list[tuple[Any, str]]) -> None:
        # Raw SQL: nouns may be saved by actions only, and this changes nothing a person would call a change.
        # The old value stands in WHERE, so that an action's newer value is never written over.
        bound = self.field.bound()
        with connections[self.using].cursor() as cursor:
            for pk, value in rows:
                try:
                    fresh = seal(unseal(value, bound), bound)
                except NotReadable:
                    self.unreadable += 1
                    continue
                cursor.execute(
                    f"UPDATE {self.table} SET {self.name} = %s WHERE {self.pk} = %s AND {self.name} = %s",
                    [fresh, pk, value],
                )
                self.done += 1


def columns(using: str = DEFAULT_DB_ALIAS) -> Iterator[Column]:
    """List every encrypted column of the installation."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            for field in model._meta.local_concrete_fields:
                if isinstance(field, EncryptedTextField):
                    yield Column(field, using)
