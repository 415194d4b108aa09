"""SQL that keeps a table append-only on both databases: the database itself refuses UPDATE and DELETE."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations import RunPython

_SQLITE = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
)
_POSTGRES = (
    "CREATE OR REPLACE FUNCTION mulin_append_only() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';"
    " END $$",
    "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION mulin_append_only()",
)


def guards(vendor: str, table: str) -> list[str]:
    """Return the statements that guard a table, whether or not it was guarded before."""
    if vendor == "sqlite":
        made = [_SQLITE.format(table=table, verb=verb) for verb in ("update", "delete")]
    else:
        made = [statement.format(table=table) if "{table}" in statement else statement for statement in _POSTGRES]
    return [*unguards(vendor, table), *made]


def unguards(vendor: str, table: str) -> list[str]:
    """Return the statements that take the guard away (for a reversed migration)."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete")]
    return [f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}"]


class AppendOnly(RunPython):
    """A migration step: from here on the table only grows."""

    def __init__(self, table: str) -> None:
        def run(statements: Any) -> Any:
            return lambda apps, editor: [
                # None: with parameters the driver would take each % for one of theirs.
                editor.execute(statement, None)
                for statement in statements(editor.connection.vendor, table)
            ]

        self.table = table
        super().__init__(run(guards), run(unguards))

    def deconstruct(self) -> tuple[str, list[str], dict[str, Any]]:
        return type(self).__qualname__, [self.table], {}
