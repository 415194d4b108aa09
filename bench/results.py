"""One measured thing, how it travels from a subject's process to the table, and the table."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

LATEST = Path(__file__).parent / "results/latest.json"
PACKAGES = ("Django", "granian", "psycopg", "msgspec")


@dataclass(frozen=True)
class Result:
    """What was measured on which database, and what of it."""

    subject: str
    database: str
    name: str
    value: float
    unit: str
    note: str = ""

    def say(self) -> None:
        """Send it to the process that collects."""
        print(json.dumps(asdict(self)), flush=True)


def machine() -> dict[str, object]:
    """Describe what it was measured on: numbers mean nothing without it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "memory_gb": round(memory / 2**30, 1),
        "load_before": os.getloadavg()[0],
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "postgresql": _postgres_version(),
        **{name.lower(): version(name) for name in PACKAGES},
    }


def _postgres_version() -> str:
    try:
        return subprocess.run(["postgres", "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
    except (OSError, subprocess.CalledProcessError):
        return ""


def show(results: Iterable[Result], about: dict[str, object]) -> None:
    """Print one table."""
    said = ", ".join(f"{name} {value}" for name, value in about.items() if value != "")
    table = Table("subject", "database", "what", "value", "unit", "note", title="Mulin, measured", caption=said)
    last = ""
    for one in results:
        table.add_row(
            one.subject if one.subject != last else "", one.database, one.name, nice(one.value), one.unit, one.note
        )
        last = one.subject
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def nice(value: float) -> str:
    """Write a number with three figures that count."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def keep(results: Iterable[Result], about: dict[str, object]) -> None:
    """Write the results for a later comparison."""
    LATEST.parent.mkdir(exist_ok=True)
    LATEST.write_text(json.dumps({"machine": about, "results": [asdict(one) for one in results]}, indent=1) + "\n")
