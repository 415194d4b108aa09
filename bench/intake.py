"""Reporting over HTTP with the full middleware: spread over many communities, and in one hot one."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from mulin.territory.models import Community

from . import ceiling
from . import town as towns
from .cluster import free_port, server_processes
from .results import Result

SUBJECT = "intake"
CONNECTIONS, THREADS = 16, 4
TICK = os.sysconf("SC_CLK_TCK")


def measure(database: str, quick: bool) -> None:
    """Measure reports a second, what they wait and cost, and what share of the ceiling that is."""
    count, copies, seconds = (300, 20, 3) if quick else (3000, 1000, 20)
    workers = os.cpu_count() or 1
    town = towns.build()
    targets = {"spread": towns.copies(town, copies), "hot": [(town.community.slug, town.key)]}
    copy = _copy()
    port = free_port()
    command = [sys.executable, "-m", "mulin.config.cli", "serve", "--no-work", "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--workers", str(workers), "--threads", str(THREADS)], stdout=subprocess.DEVNULL
    )
    measured = {}
    try:
        _wait(port)
        for name, chosen in targets.items():
            _load(port, chosen, 50 * workers, seconds)
            measured[name] = _measured(port, chosen, count, seconds, server.pid)
    finally:
        server.terminate()
        server.wait(20)
    ids = dict(Community.objects.values_list("slug", "pk"))
    for name, chosen in targets.items():
        keys = [_key(ids[slug]) for slug, _secret in chosen]
        top = ceiling.replay(copy, ceiling.reports(keys, count), workers * THREADS)
        _say(database, f"{name}, {len(chosen):,} communities", measured[name], top, workers)


def _say(database: str, name: str, seen: dict[str, Any], top: float, workers: int) -> None:
    rate = seen["count"] / seen["seconds"]
    for what, value, unit, note in (
        ("reports", rate, "a second", f"{workers} workers, {THREADS} threads each, {CONNECTIONS} connections"),
        ("p50", seen["p50"], "ms", ""),
        ("p95", seen["p95"], "ms", ""),
        ("p99", seen["p99"], "ms", ""),
        ("CPU", seen["cpu"] / seen["count"] * 1000, "ms a report", "server and database, without the load"),
        ("ceiling", top, "a second", "the same rows without a web layer"),
        ("share of the ceiling", rate / top * 100, "%", f"{seen['faults']} refused"),
    ):
        Result(SUBJECT, database, f"{name}: {what}", value, unit, note).say()
    if seen["faults"]:
        print(f"first fault: {seen['first']}", flush=True)


def _key(key: Any) -> Any:
    return key if connection.vendor == "postgresql" else key.hex


def _copy() -> str:
    """Copy the database as it is before the load, for the ceiling."""
    name = str(settings.DATABASES["default"]["NAME"])
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return str(shutil.copy(name, f"{name}.copy"))
    connection.close()
    base = os.environ["DATABASE_URL"].rpartition("/")[0]
    with psycopg.connect(f"{base}/postgres", autocommit=True) as opened:
        opened.execute(f"CREATE DATABASE {name}_copy TEMPLATE {name}")
    return f"{base}/{name}_copy"


def _wait(port: int) -> None:
    for _try in range(200):
        try:
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            asked.request("GET", "/api/v1/")
            asked.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("The server did not start within 20 seconds.")


def _load(port: int, targets: list[tuple[str, str]], count: int, seconds: int) -> dict[str, Any]:
    path = Path(settings.DATA) / "targets.json"
    path.write_text(json.dumps(targets))
    command = [sys.executable, "-m", "bench.load", str(path), "--port", str(port), "--requests", str(count)]
    command += ["--connections", str(CONNECTIONS), "--seconds", str(seconds)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


def _measured(port: int, targets: list[tuple[str, str]], count: int, seconds: int, server: int) -> dict[str, Any]:
    before = _cpu(server)
    seen = _load(port, targets, count, seconds)
    after = _cpu(server)
    # Connections are kept, so that the same processes are there before and after.
    return {**seen, "cpu": sum(after[pid] - before.get(pid, 0) for pid in after)}


def _cpu(server: int) -> dict[int, float]:
    """Return the seconds that each process of the server and of its database has worked."""
    processes = [server, *_children(server)]
    if connection.vendor == "postgresql":
        processes += server_processes(os.environ["DATABASE_URL"])
    return {pid: _worked(pid) for pid in processes}


def _children(of: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{of}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *_children(child)]
    return found


def _worked(pid: int) -> float:
    try:
        said = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(said[11]) + int(said[12])) / TICK
