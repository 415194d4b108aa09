"""A PostgreSQL for one run alone: temporary folder, free port, 127.0.0.1, durable as in real use."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def is_there() -> bool:
    """Tell whether this machine has PostgreSQL's programs."""
    return shutil.which("initdb") is not None and shutil.which("pg_ctl") is not None


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server and give the address of its databases without a name; stop and remove it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="mulin-bench-pg-"))
    # The server refuses to run as root.
    as_owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if as_owner:
        shutil.chown(folder, "postgres")
    data, port = str(folder / "data"), free_port()

    def run(*command: str) -> None:
        subprocess.run([*as_owner, *command], check=True, cwd=folder, stdout=subprocess.DEVNULL)

    try:
        run("initdb", "-D", data, "-U", "mulin", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=100"
        run("pg_ctl", "-D", data, "-l", str(folder / "log"), "-s", "-w", "-o", options, "start")
        try:
            yield f"postgres://mulin@127.0.0.1:{port}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-s", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def server_processes(url: str) -> list[int]:
    """List the processes of the server behind an address."""
    port = url.rpartition(":")[2].partition("/")[0]
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()[1:]]
    main = next((int(row[0]) for row in rows if f"-p {port} " in row[2] and "/postgres " in row[2]), 0)
    return [main, *(int(row[0]) for row in rows if int(row[1]) == main)] if main else []
