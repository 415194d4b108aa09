"""Search in a table's words: the same rows on SQLite (FTS5) and PostgreSQL (tsvector)."""

from __future__ import annotations

from typing import TypeVar

from django.db import connections, models
from django.db.models import BooleanField, F, Func
from django.db.models.expressions import RawSQL

from .sqlite import keys_table, named, search_table
from .words import phrases, query_words

Row = TypeVar("Row", bound=models.Model)


class _Holds(Func):
    """PostgreSQL: the words column holds what is asked; written just as its index is."""

    template = "to_tsvector('simple', %(expressions)s)"
    arg_joiner = ") @@ to_tsquery('simple', "
    output_field = BooleanField()


def match(queryset: models.QuerySet[Row], q: str, table: str, column: str = "words") -> models.QuerySet[Row]:
    """Keep the rows whose words hold every word of `q`, or a part of one; none if `q` has no words.

    `table` is the queryset's own table, prepared by `AddSearch`. Who may see a row is the queryset's matter.
    """
    asked = query_words(q)
    if not asked:
        return queryset.none()
    if connections[queryset.db].vendor == "sqlite":
        search, keys = search_table(table), keys_table(table)
        sql = f"SELECT key FROM {keys} WHERE n IN (SELECT rowid FROM {search} WHERE {search} MATCH %s)"
        return queryset.filter(pk__in=RawSQL(sql, [_fts5(asked)]))
    named(table, column)
    return queryset.filter(_Holds(F(column), models.Value(_tsquery(asked))))


def _fts5(asked: list[str]) -> str:
    def way(phrase: list[str]) -> str:
        return f'"{" ".join(phrase)}" *'

    return " AND ".join(f"({' OR '.join(way(phrase) for phrase in phrases(word))})" for word in asked)


def _tsquery(asked: list[str]) -> str:
    def way(phrase: list[str]) -> str:
        return " <-> ".join([*(f"'{part}'" for part in phrase[:-1]), f"'{phrase[-1]}':*"])

    return " & ".join(f"({' | '.join(way(phrase) for phrase in phrases(word))})" for word in asked)
