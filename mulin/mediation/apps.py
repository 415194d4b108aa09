"""Mediation as a Django app; stands beside cases, says what it knows of people and who hears of what."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Mediations(AppConfig):
    name = "mulin.mediation"
    verbose_name = _("Mediation")

    def ready(self) -> None:
        from mulin.news.hearing import hears, is_watched
        from mulin.people.actions import carries
        from mulin.privacy.queries import tells
        from mulin.web.beside import stand_beside

        from . import actions, models, pages, queries
        from .figures import DESK, MEDIATOR, SIDES

        carries(models.Party, "person", gives_way=actions.give_way)
        carries(models.Mediation, "candidate", "mediator", gives=True)
        carries(models.Choice, "person")
        carries(models.Session, "mediator")
        tells("mediation.Party", _("Mediations in which I am a party"), queries.tell_parties)
        tells("mediation.Mediation", _("Mediations that I lead"), queries.tell_mediated)
        tells("mediation.Choice", _("Where I was proposed as mediator"), queries.tell_choices)
        tells("mediation.Session", _("Sessions that I led"), queries.tell_sessions)
        hears("mediation.mediation", queries.sides_hear, SIDES)
        hears("mediation.mediation", queries.mediator_hears, MEDIATOR, voice="mediator")
        hears("mediation.mediation", queries.desk_hears, DESK, voice="desk")
        is_watched("mediation.mediation", queries.in_charge)
        stand_beside("cases.case", pages.panel)
