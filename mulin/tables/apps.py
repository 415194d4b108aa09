"""Tables as a Django app."""

from django.apps import AppConfig


class Tables(AppConfig):
    name = "mulin.tables"

    def ready(self) -> None:
        from mulin.kernel.worker import CHORES

        from .waiting import sweep

        CHORES.append(sweep)
