"""`make bench`: measure, print one table, and keep it in bench/results/latest.json."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from . import cluster, results

SUBJECTS = (
    "logs",
    "lists",
    "intake",
    "divisions",
    "places",
    "register",
    "rates",
    "alike",
    "open311",
    "tally",
    "casting",
)
SLIGHT = {"divisions", "places", "register", "alike"}  # in full on SQLite only: all takes less than eight minutes
ROOT = Path(__file__).parents[1]


def main() -> None:
    """Measure every subject on every database there is."""
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="smaller sizes, within a minute")
    asked.add_argument("--only", choices=SUBJECTS, action="append", help="measure only this")
    asked.add_argument("--database", choices=("sqlite", "postgresql"), help="measure only on this")
    options = asked.parse_args()
    about, found = results.machine(), []
    for database, url in databases(options.database):
        for subject in options.only or SUBJECTS:
            Console(stderr=True).print(f"Measuring {subject} on {database}")
            is_short = not options.only and database == "postgresql" and subject in SLIGHT
            found += run(subject, database, url, options.quick or is_short)
    found.sort(key=lambda one: one.subject)
    results.show(found, about)
    if not (options.only or options.database or options.quick):
        results.keep(found, about)


def databases(only: str | None) -> Iterator[tuple[str, str]]:
    """Give each database and its address; PostgreSQL is started for this run alone."""
    if only != "postgresql":
        yield "sqlite", ""
    if only == "sqlite":
        return
    if not cluster.is_there():
        Console(stderr=True).print("PostgreSQL is not installed here: measured on SQLite only.")
        return
    with cluster.cluster() as url:
        yield "postgresql", url


def run(subject: str, database: str, url: str, quick: bool) -> list[results.Result]:
    """Measure one subject in a process of its own, on a fresh database."""
    with tempfile.TemporaryDirectory(prefix="mulin-bench-") as folder, fresh(url, subject) as address:
        env = {
            **os.environ, "MULIN_DATA": folder, "DATABASE_URL": address, "MULIN_RATE_LIMITS": "False",
            "MULIN_LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "mulin.config.settings", "MULIN_DEMO": "False",
            "MULIN_HOSTS": "127.0.0.1,testserver",
        }  # fmt: skip
        command = [sys.executable, "-m", "bench.one", subject, database, *(["--quick"] if quick else [])]
        at, found = time.monotonic(), []
        with subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            for line in child.stdout or ():
                if line.startswith("{"):
                    found.append(results.Result(**json.loads(line)))
                else:
                    Console(stderr=True).print(line.rstrip(), markup=False)
        if child.returncode:
            sys.exit(f"{subject} on {database} ended with {child.returncode}.")
        Console(stderr=True).print(f"  {time.monotonic() - at:.0f} s")
    return found


@contextlib.contextmanager
def fresh(url: str, name: str) -> Iterator[str]:
    """Give the address of an empty database of its own."""
    if url:
        subprocess.run(["psql", "-q", f"{url}/postgres", "-c", f"CREATE DATABASE {name}"], check=True)
    yield f"{url}/{name}" if url else ""


if __name__ == "__main__":
    main()
