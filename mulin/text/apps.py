"""The text kit as a Django app: it looks after the search tables once the schema has changed."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class Text(AppConfig):
    name = "mulin.text"

    def ready(self) -> None:
        # Django changes a SQLite table by making a new one, and the old one takes its triggers with it.
        post_migrate.connect(_mend, sender=self, dispatch_uid="mulin.text")


def _mend(using: str, **_: Any) -> None:
    from .sqlite import mend

    if connections[using].vendor == "sqlite":
        mend(connections[using])
