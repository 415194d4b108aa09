"""What every test gets: a clock that is set back, empty caches, and a flush that respects append-only tables."""

import os
import sys
from pathlib import Path

import pytest
from django.utils import translation

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))


@pytest.fixture(autouse=True)
def _set_back(settings, monkeypatch):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # The code speaks English, and so do most tests; those of the Chinese pages ask for Chinese.
    settings.LANGUAGE_CODE = "en"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")  # commands, too
    translation.activate("en")
    # Argon2 is slow on purpose; tests sign in all day.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    _forget()
    yield
    translation.deactivate()
    _forget()


def _forget():
    """Empty what a process remembers: communities come with the same keys again in other tests."""
    from mulin.cases.queries import forget_categories
    from mulin.kernel import clock
    from mulin.kernel.brief import Brief
    from mulin.territory.queries import forget_communities, known

    clock.reset()
    Brief.forget_all()
    forget_categories()
    forget_communities()
    known._remembered.clear()


@pytest.fixture(scope="session")
def shared():
    """The folder with real data; tests that need it skip with one line where it is absent."""
    path = Path(os.environ.get("MULIN_SHARED", ROOT.parent / "shared"))
    if not (path / "data").is_dir():
        pytest.skip(f"No real data: MULIN_SHARED names no folder with data ({path.name}).")
    return path / "data"


@pytest.fixture(scope="session", autouse=True)
def _flush_despite_triggers(django_db_setup, django_db_blocker):
    """Let transactional tests empty append-only tables: the guards are dropped for the flush and put back."""
    from django.db import connection

    from mulin.journal.triggers import guards, unguards

    tables = ("journal_line", "votes_ballot")
    plain = connection.ops.sql_flush

    def sql_flush(style, names, **kwargs):
        before = [sql for table in tables for sql in unguards(connection.vendor, table)]
        after = [sql for table in tables for sql in guards(connection.vendor, table)]
        # The migrations left one row that everything stands on: it comes back with the emptied tables.
        nothing = "X''" if connection.vendor == "sqlite" else "''"
        head = f"INSERT INTO journal_head (key, size, frontier, counters) VALUES ('{'0' * 32}', 0, {nothing}, '{{}}')"
        return [*before, *plain(style, names, **kwargs), *after, head]

    connection.ops.sql_flush = sql_flush
    # A closed photo answer ends a request, and Django would drop the connection of the test's transaction.
    connection.close_if_unusable_or_obsolete = lambda: None
    yield
    connection.ops.sql_flush = plain
