"""Uploads as a Django app; tells the worker to sweep."""

from django.apps import AppConfig


class Uploads(AppConfig):
    name = "mulin.uploads"

    def ready(self) -> None:
        from mulin.kernel.worker import CHORES

        from .actions import tidy

        CHORES.append(tidy)
