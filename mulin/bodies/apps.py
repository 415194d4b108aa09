"""Bodies as a Django app; says who may not take a seat, and stands beside an organisation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Bodies(AppConfig):
    name = "mulin.bodies"
    verbose_name = _("Councils and committees")

    def ready(self) -> None:
        from mulin.people.actions import bars
        from mulin.web.beside import stand_beside

        from . import readers  # noqa: F401
        from .pages import panels
        from .queries import in_the_way

        bars(in_the_way)
        stand_beside("people.organisation", panels.beside_organisation, "main")
