"""Joining as a Django app; tells people what is known of them, and who hears of it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Joining(AppConfig):
    name = "mulin.joining"
    verbose_name = _("Entered twice")

    def ready(self) -> None:
        from mulin.news.hearing import hears
        from mulin.people.actions import carries
        from mulin.privacy.queries import tells
        from mulin.web.beside import stand_beside

        from . import models, pages, queries, readers

        carries(models.Joining, "proposed_by")
        tells("joining.Joining", _("That you were entered twice"), queries.told)
        hears("joining.joining", readers.who_hears, readers.SENTENCES)
        stand_beside("people.person", pages.panel)
        stand_beside("people.persons", pages.link)
