"""Deputies as a Django app; stands beside cases, says what it knows of people and who hears of what."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Deputies(AppConfig):
    name = "mulin.deputies"
    verbose_name = _("Deputies' suggestions")

    def ready(self) -> None:
        from mulin.people.actions import carries
        from mulin.privacy.queries import tells
        from mulin.web.beside import stand_beside

        from . import readers  # noqa: F401
        from .models import CoSigner, Suggestion
        from .pages import panels
        from .queries import tell_brought, tell_signed

        carries(Suggestion, "deputy")
        carries(CoSigner, "person", gives_way=lambda row, name: None)
        tells("deputies.Suggestion", _("Suggestions I wrote as a deputy"), tell_brought)
        tells("deputies.CoSigner", _("Suggestions of others that I signed"), tell_signed)
        stand_beside("cases.case", panels.beside_case)
        stand_beside("cases.outside", panels.beside_case, "main")
        stand_beside("home.resident", panels.waiting, "main")
