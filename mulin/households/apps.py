"""Households as a Django app; offers its tables, tells what it knows of people, and follows who moves away."""

from django.apps import AppConfig


class Households(AppConfig):
    name = "mulin.households"

    def ready(self) -> None:
        from mulin.privacy.queries import tells
        from mulin.tables import register

        from . import readers  # noqa: F401
        from .imports import IMPORTERS
        from .queries import TELLS

        for importer in IMPORTERS:
            register(importer)
        for told in TELLS:
            tells(*told)
