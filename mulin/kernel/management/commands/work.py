"""`mulin work`: the clock's moves, the readers' jobs and the signing of heads, until it is told to stop."""

from __future__ import annotations

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, connection

from mulin.journal.log import sign_grown
from mulin.kernel.clock import now
from mulin.kernel.worker import PULSES, do_chores, read_on, tick

log = logging.getLogger(__name__)
SIGN_EVERY = 300.0  # seconds
CHORES_EVERY = 600.0


class Command(BaseCommand):
    help = "Make the clock's moves, do the readers' jobs and sign the logs. Any number may run; Ctrl-C ends one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what is due now, sign, and end.")
        parser.add_argument("--pause", type=float, default=1.0, help="Seconds to wait when nothing is due.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            moved, done = tick(), _catch_up()
            signed = len(sign_grown(now()))
            pulse()
            do_chores()
            self.stdout.write(
                f"The clock moved {moved:,} times, readers did {done:,} jobs, {signed:,} heads were signed."
            )
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write("At work. Ctrl-C ends it.")
        _loop(stop, options["pause"])
        self.stdout.write("Ended; nothing was left half done.")


def _catch_up() -> int:
    total = 0
    while done := read_on():
        total += done
    return total


def pulse() -> int:
    """Do what modules want done at every turn; one that fails does not stop the others."""
    done = 0
    for each in PULSES:
        try:
            done += each()
        except Error:
            raise  # the database is busy or away: that is nobody's fault here
        except Exception:
            log.exception("The pulse %s failed", each)
    return done


def _loop(stop: threading.Event, pause: float) -> None:
    sign_at = chores_at = time.monotonic()
    while not stop.is_set():
        busy = 0
        try:
            busy = tick() + read_on() + pulse()
            if time.monotonic() >= sign_at:
                sign_grown(now())
                sign_at = time.monotonic() + SIGN_EVERY
            if time.monotonic() >= chores_at:
                do_chores()
                chores_at = time.monotonic() + CHORES_EVERY
        except Error as error:
            # The database is busy, restarting or away: what was begun is rolled back, and done next time.
            log.warning("The database did not answer: %s", error)
            connection.close()
        if not busy:
            stop.wait(pause)
