"""Rates as a Django app: the worker counts what happened, and a case's page tells whether it is left out."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Rates(AppConfig):
    name = "mulin.rates"
    verbose_name = _("Rates")

    def ready(self) -> None:
        from mulin.kernel.worker import CHORES
        from mulin.web.beside import stand_beside

        from .actions import count_all
        from .pages import panel

        CHORES.append(count_all)
        stand_beside("cases.case", panel)
