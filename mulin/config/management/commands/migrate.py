"""`mulin migrate`: Django's own, which then guards the tables that only grow anew."""

from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db import connections, transaction

from mulin.journal.triggers import guards


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        _guard(options["database"])


def _guard(database: str) -> None:
    # SQLite drops the triggers of a table that a migration makes anew, and no migration would notice.
    connection = connections[database]
    grow = {model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False)}
    with transaction.atomic(database), connection.cursor() as cursor:
        for table in sorted(grow & set(connection.introspection.table_names(cursor))):
            for statement in guards(connection.vendor, table):
                cursor.execute(statement)
