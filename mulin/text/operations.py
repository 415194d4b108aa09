"""A migration step that makes a table's words searchable."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

from . import sqlite


class AddSearch(Operation):
    """Make a text column of segmented words searchable by `text.search.match`; reversible."""

    reversible = True

    def __init__(self, table: str, column: str = "words", key: str = "id") -> None:
        sqlite.named(table, column, key)
        self.table, self.column, self.key = table, column, key

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing in Django's view of the models."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            statements = sqlite.build(self.table, self.column, self.key)
        else:
            index = f"CREATE INDEX {self._index} ON {self.table}"
            statements = [f"{index} USING gin (to_tsvector('simple', {self.column}))"]
        for statement in statements:
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            statements = sqlite.drop(self.table, self.column, self.key)
        else:
            statements = [f"DROP INDEX IF EXISTS {self._index}"]
        for statement in statements:
            schema_editor.execute(statement, params=None)

    @property
    def _index(self) -> str:
        return f"{self.table}_search"

    def describe(self) -> str:
        return f"Make {self.column} of {self.table} searchable"

    @property
    def migration_name_fragment(self) -> str:
        return f"search_{self.table}"
