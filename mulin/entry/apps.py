"""Entry as a Django app; tells the worker what to tidy."""

from django.apps import AppConfig


class Entry(AppConfig):
    name = "mulin.entry"

    def ready(self) -> None:
        from mulin.kernel.worker import CHORES

        from .actions import tidy

        CHORES.append(tidy)
