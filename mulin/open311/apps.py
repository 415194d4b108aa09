"""Open311 as a Django app; puts its panel on the page of a case."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Open311(AppConfig):
    name = "mulin.open311"
    verbose_name = _("Open311")

    def ready(self) -> None:
        from mulin.web.beside import stand_beside

        from .pages.panels import came_in

        stand_beside("cases.case", came_in, "main")
