"""Cases as a Django app; says how people are told what is known of them here."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Cases(AppConfig):
    name = "mulin.cases"
    verbose_name = _("Reports and cases")

    def ready(self) -> None:
        from mulin.privacy.queries import tells

        from .queries import telling

        tells("cases.Case", _("What you reported or lead"), telling.reported)
        tells("cases.Part", _("Matters in which you take part"), telling.joined)
