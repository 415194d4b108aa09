"""A database from before the first release is told apart, and not served."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from mulin.config.fitting import misfits
from mulin.config.management.commands import serve

pytestmark = pytest.mark.django_db


def alter(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_a_database_that_was_just_migrated_fits():
    assert misfits() == []


def test_tables_and_columns_that_only_one_side_knows_are_named():
    alter(
        "CREATE TABLE people_signin (id integer)",
        "ALTER TABLE people_account ADD COLUMN last_login integer",
        "ALTER TABLE people_account RENAME COLUMN theme TO colours",
    )
    apart = ["people_signin", "people_account.colours", "people_account.last_login", "people_account.theme"]
    assert misfits() == apart


def test_what_does_not_fit_is_not_served(settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr(serve, "call_command", lambda *args, **options: None)
    alter("CREATE TABLE people_signin (id integer)")
    with pytest.raises(CommandError, match=r"does not fit this one: people_signin\. .* built anew once"):
        call_command("serve", migrate=True)
