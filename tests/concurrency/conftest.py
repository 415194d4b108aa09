"""A database of its own on SQLite and on PostgreSQL, in which the scenarios of crowd.py are run once."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

ROOT = Path(__file__).parents[2]
BOTH = (
    "one_town", "three_towns", "clicks", "race", "claim", "report_in", "shares", "terms", "main_home",
    "ballots", "closing",
)  # fmt: skip
POSTGRES = os.environ.get("MULIN_TEST_POSTGRES_URL", "")


def python(env, *arguments):
    """Run Python in the repository; return what it printed, or fail with what it complained of."""
    run = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=240, check=False
    )
    assert run.returncode == 0, run.stderr[-3000:]
    return run.stdout


def environment(folder, url):
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**given, "MULIN_DATA": str(folder), "MULIN_LOG_LEVEL": "CRITICAL", **({"DATABASE_URL": url} if url else {})}


def scenarios(env, *names):
    """Run scenarios of crowd.py in a fresh database; return what each found."""
    python(env, "manage.py", "migrate", "-v0", "--skip-checks")
    return json.loads(python(env, "-m", "tests.concurrency.crowd", *names).splitlines()[-1])


# Once for all tests of a session: most of the time goes into starting Django and founding communities.
@pytest.fixture(scope="session")
def sqlite(tmp_path_factory):
    return scenarios(environment(tmp_path_factory.mktemp("crowd"), ""), *BOTH, "gate", "stuck")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    if not POSTGRES:
        pytest.skip("No PostgreSQL: MULIN_TEST_POSTGRES_URL is not set.")
    import psycopg

    name = f"mulin_{uuid4().hex}"
    url = urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    try:
        yield scenarios(environment(tmp_path_factory.mktemp("crowd"), url), *BOTH, "apart")
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def found(request):
    """What the scenarios found, on each database."""
    return request.getfixturevalue(request.param)
