"""Notices as a Django app; says what it knows of people and who hears of what."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Notices(AppConfig):
    name = "mulin.notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from mulin.people.actions import carries
        from mulin.privacy.queries import tells
        from mulin.web.beside import stand_beside

        from . import readers  # noqa: F401
        from .models import Notice, Objection
        from .pages import panels
        from .queries import tell_notices, tell_objections

        carries(Notice, "poster")
        carries(Objection, "objector", "answered_by")
        tells("notices.Notice", _("Notices I posted"), tell_notices)
        tells("notices.Objection", _("Objections I raised or answered"), tell_objections)
        stand_beside("home.resident", panels.open_notices, "main")
