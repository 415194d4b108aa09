"""Factors as a Django app; tells the worker what to tidy."""

from django.apps import AppConfig


class Factors(AppConfig):
    name = "mulin.factors"

    def ready(self) -> None:
        from mulin.kernel.worker import CHORES

        from .actions import tidy

        CHORES.append(tidy)
