"""Participation as a Django app; says what it knows of people, and follows who moves away or is entered twice."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Participation(AppConfig):
    name = "mulin.participation"
    verbose_name = _("Taking part")

    def ready(self) -> None:
        from mulin.privacy.queries import tells
        from mulin.tables import register

        from . import actions, readers  # noqa: F401
        from .imports import IMPORTERS
        from .queries import tell_all

        for importer in IMPORTERS:
            register(importer)
        actions.carry_all()
        for model, title, tell in tell_all():
            tells(model, title, tell)
