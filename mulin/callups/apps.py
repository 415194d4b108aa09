"""Call-ups as a Django app; stands beside cases, says what it knows of people and who hears of what."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallUps(AppConfig):
    name = "mulin.callups"
    verbose_name = _("Call-ups")

    def ready(self) -> None:
        from mulin.people.actions import carries
        from mulin.privacy.queries import tells
        from mulin.web.beside import stand_beside

        from . import readers  # noqa: F401
        from .models import CallUp
        from .pages import panels
        from .queries import tell_calls

        carries(CallUp, "caller")
        tells("callups.CallUp", _("Units I called up"), tell_calls)
        stand_beside("cases.case", panels.beside_case)
        stand_beside("cases.outside", panels.outside, "main")
        stand_beside("home.resident", panels.waiting, "main")
        stand_beside("cases.report", panels.at_plate, "main")
