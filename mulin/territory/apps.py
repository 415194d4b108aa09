"""The territory as a Django app; offers its tables to whoever brings places in."""

from django.apps import AppConfig


class Territory(AppConfig):
    name = "mulin.territory"

    def ready(self) -> None:
        from mulin.tables import register

        from .imports.places import IMPORTERS

        for importer in IMPORTERS:
            register(importer)
