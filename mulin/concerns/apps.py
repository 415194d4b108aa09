"""Confidential reports as a Django app; says who hears of what, what it knows of people, and stands on pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Concerns(AppConfig):
    name = "mulin.concerns"
    verbose_name = _("Confidential reports")

    def ready(self) -> None:
        from mulin.news.hearing import hears, is_watched
        from mulin.people.actions import carries
        from mulin.privacy.queries import tells
        from mulin.web.beside import stand_beside

        from . import actions, models, pages, queries, readers  # noqa: F401  (readers follow lines once they are known)
        from .figures import READERS_HEAR, SUBJECT_HEARS, TAKERS_HEAR, TELLER_HEARS

        hears("concerns.concern", queries.readers_hear, READERS_HEAR)
        hears("concerns.concern", queries.teller_hears, TELLER_HEARS, voice="teller")
        hears("concerns.finding", queries.takers_hear, TAKERS_HEAR)
        hears("concerns.finding", queries.subject_hears, SUBJECT_HEARS, voice="subject")
        is_watched("concerns.concern", queries.in_charge)
        carries(models.Seat, "person", gives=True, gives_way=actions.give_way)
        tells("concerns.Seat", _("Confidential reports that I read"), queries.tell_seats)
        tells("concerns.Concern", _("What I told in confidence"), queries.tell_told)
        tells("concerns.Finding", _("Findings about a post that I held"), queries.tell_findings)
        stand_beside("people.organisation", pages.panel, "main")
        stand_beside("people.organisation", pages.tell_about, "foot")
