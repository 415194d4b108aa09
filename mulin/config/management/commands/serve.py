"""Serve Mulin: pages, API and, in the small case, the worker beside it."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mulin.config.fitting import misfits


class Command(BaseCommand):
    help = "Serve Mulin on 127.0.0.1:8000, with the worker beside it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="processes (a worker for each two cores)")
        parser.add_argument("--threads", type=int, default=4, help="threads that wait for the database, in each")
        parser.add_argument("--no-work", action="store_true", help="leave the worker to `mulin work`")
        parser.add_argument("--migrate", action="store_true", help="bring the database up to date first")
        parser.add_argument("--demo", action="store_true", help="build the demo first, where nothing is there")

    def handle(self, *args: Any, **options: Any) -> None:
        # granian is started here and not at import, so that the other commands start quickly.
        from granian.constants import Interfaces
        from granian.server import Server

        address = _name_itself(options["host"], options["port"])
        if options["migrate"]:
            call_command("migrate", verbosity=0)
            _must_fit()
        if options["demo"]:
            call_command("demo", if_empty=True)
        _prepare_files()
        if not options["no_work"]:
            _start_worker()
        self.stdout.write(f"Mulin is at {address}/  (Ctrl-C ends it)")
        Server(
            "mulin.config.wsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=options["threads"],
            respawn_failed_workers=True,
            log_level="warning",  # type: ignore[arg-type]
        ).serve()


def _name_itself(host: str, port: int) -> str:
    """Write the address that is served; links in mails and codes name it, unless another one was given."""
    name = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
    address = f"http://{name}:{port}"
    if not (os.environ.get("MULIN_SITE_URL") or os.environ.get("MULIN_SITE_URL_FILE")):
        # Granian's processes are forked from here or begin anew, and the worker always begins anew.
        os.environ["MULIN_SITE_URL"] = settings.SITE_URL = address
        settings.CSRF_TRUSTED_ORIGINS = [address]
    return address


def _prepare_files() -> None:
    # A new data folder has no files for browsers yet, and without their list no page opens.
    listed = getattr(staticfiles_storage, "manifest_name", None)
    if listed and not (Path(settings.STATIC_ROOT) / listed).exists():
        call_command("collectstatic", interactive=False, verbosity=0)


def _must_fit() -> None:
    if apart := misfits():
        some = ", ".join(apart[:3]) + (f" and {len(apart) - 3} more" if len(apart) > 3 else "")
        demo = f" The demo is built anew once the files mulin.sqlite3* in {settings.DATA} are gone."
        raise CommandError(
            f"The database was made by a Mulin from before the first release and does not fit this one: {some}. "
            f"Start with an empty database.{demo if settings.DEMO else ''}"
        )


def _start_worker() -> None:
    # A process of its own: granian's workers are processes too, and only one of them may tick.
    worker = subprocess.Popen([sys.executable, "-m", "mulin.config.cli", "work"], env={**os.environ})
    atexit.register(worker.terminate)
