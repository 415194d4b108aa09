"""A database of its own for each scenario, on SQLite and on PostgreSQL, and a way to run a scenario in it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

ROOT = Path(__file__).parents[2]
POSTGRES = os.environ.get("MULIN_TEST_POSTGRES_URL", "")


def python(env, *arguments):
    """Run Python in the repository; return what it printed, or fail with what it complained of."""
    run = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr[-3000:]
    return run.stdout


def environment(folder, url):
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**given, "MULIN_DATA": str(folder), "MULIN_LOG_LEVEL": "CRITICAL", **({"DATABASE_URL": url} if url else {})}


@pytest.fixture
def sqlite(tmp_path):
    env = environment(tmp_path, "")
    python(env, "manage.py", "migrate", "-v0", "--skip-checks")
    return env


@pytest.fixture
def postgres(tmp_path):
    if not POSTGRES:
        pytest.skip("No PostgreSQL: MULIN_TEST_POSTGRES_URL is not set.")
    import psycopg

    name = f"mulin_{uuid4().hex}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    env = environment(tmp_path, urlsplit(POSTGRES)._replace(path=f"/{name}").geturl())
    try:
        python(env, "manage.py", "migrate", "-v0", "--skip-checks")
        yield env
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def crowd():
    """Run a scenario of crowd.py in a database; return what it found."""

    def run(env, scenario):
        return json.loads(python(env, "-m", "tests.concurrency.crowd", scenario).splitlines()[-1])

    return run
