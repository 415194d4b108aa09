"""Households as a Django app; offers its tables, tells what it knows of people, and follows who moves away
or is entered twice."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Households(AppConfig):
    name = "mulin.households"
    verbose_name = _("Homes and households")

    def ready(self) -> None:
        from mulin.privacy.queries import tells
        from mulin.tables import register

        from . import actions, readers  # noqa: F401
        from .imports import IMPORTERS
        from .queries import TELLS

        actions.carry_all()
        for importer in IMPORTERS:
            register(importer)
        for told in TELLS:
            tells(*told)
