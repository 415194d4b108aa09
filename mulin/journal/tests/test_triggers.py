"""Lines stay as they are: the database refuses to change them, also after a migration has remade their table."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from mulin.journal.models import Line

from .factories import drop_guards, make_log


def is_guarded():
    """Try to change and to delete a line, as nobody should."""
    refusals = 0
    for statement in ("UPDATE journal_line SET cleared = 'x'", "DELETE FROM journal_line"):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
                transaction.set_rollback(True)
        except DatabaseError as error:
            refusals += "append-only" in str(error)
    return refusals == 2


@pytest.mark.django_db(transaction=True)
def test_a_remade_table_is_guarded_again_by_the_migration():
    make_log(1)
    assert is_guarded()
    with connection.schema_editor() as editor:  # what SQLite does for most changes of a table
        if connection.vendor == "sqlite":
            editor._remake_table(Line)
    if connection.vendor != "sqlite":
        drop_guards()
    assert not is_guarded()
    call_command("migrate", verbosity=0)
    assert is_guarded()


@pytest.mark.django_db
def test_a_table_that_is_guarded_stays_guarded():
    make_log(1)
    call_command("migrate", verbosity=0)
    assert is_guarded()
    drop_guards()
    call_command("migrate", verbosity=0)
    assert is_guarded()
