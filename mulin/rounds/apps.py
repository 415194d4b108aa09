"""Rounds as a Django app; stand at plates, on place pages and in the day, and say who hears of what."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Rounds(AppConfig):
    name = "mulin.rounds"
    verbose_name = _("Patrol rounds")

    def ready(self) -> None:
        from mulin.news.hearing import hears, is_watched
        from mulin.people.actions import carries
        from mulin.privacy.queries import tells
        from mulin.tables import register
        from mulin.territory.queries import hangs
        from mulin.web.beside import stand_beside

        from . import figures, queries
        from .imports import Upkeeps
        from .models import Round
        from .pages import panels

        register(Upkeeps())
        hangs(queries.stops_at)
        carries(Round, "walker")
        hears("rounds.round", queries.who_hears_of_round, figures.ROUND_SAYS)
        hears("rounds.route", queries.who_hears_of_route, figures.ROUTE_SAYS)
        hears("rounds.upkeep", queries.who_hears_of_upkeep, figures.UPKEEP_SAYS)
        is_watched("rounds.round", queries.in_charge_of_rounds)
        is_watched("rounds.upkeep", queries.in_charge_of_upkeep)
        tells("rounds.Round", _("Rounds I walked"), queries.tell_rounds)
        stand_beside("home.place", panels.at_place)
        stand_beside("cases.report", panels.at_plate, "main")
        stand_beside("cases.day", panels.in_the_day, "main")
        stand_beside("home.resident", panels.in_the_day, "main")
