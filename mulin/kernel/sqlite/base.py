"""Django's SQLite backend with the gate around the outermost transaction."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

WAIT = 5.0  # seconds; then the caller answers 503 and asks to try again
_locks: dict[str, threading.Lock] = {}


class Busy(OperationalError):
    """The database had no turn for this writer within five seconds."""


class DatabaseWrapper(base.DatabaseWrapper):
    """One writer at a time, first come first served within a process, by file lock between processes."""

    _gate: int | None = None
    _lock: threading.Lock | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._enter_gate()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_gate()
            raise

    def _enter_gate(self) -> None:
        path = str(self.settings_dict["NAME"])
        if self._gate is not None or ":memory:" in path or "mode=memory" in path:
            return
        lock = _locks.setdefault(path, threading.Lock())
        until = time.monotonic() + WAIT
        if not lock.acquire(timeout=WAIT):
            raise Busy("The database is busy.")
        handle = os.open(f"{path}.gate", os.O_RDWR | os.O_CREAT, 0o600)
        pause = 0.0005
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    os.close(handle)
                    lock.release()
                    raise Busy("The database is busy.") from None
                time.sleep(pause)
                pause = min(pause * 1.5, 0.002)  # a commit takes about as long
        self._gate, self._lock = handle, lock

    def _leave_gate(self) -> None:
        handle, lock, self._gate, self._lock = self._gate, self._lock, None, None
        if handle is not None:
            os.close(handle)  # closing releases the file lock
        if lock is not None:
            lock.release()

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]
        finally:
            self._leave_gate()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_gate()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._leave_gate()
