"""Incidents as a Django app; stands beside cases and on the home page, and says who hears of what."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Incidents(AppConfig):
    name = "mulin.incidents"
    verbose_name = _("Incidents")

    def ready(self) -> None:
        from mulin.comments.figures import commented
        from mulin.comments.pages import panel as comments
        from mulin.news.hearing import hears
        from mulin.privacy.queries import tells
        from mulin.web.beside import stand_beside

        from . import pages, queries, rules
        from .figures import SENTENCES

        commented("incidents.incident", owners=queries.the_desk, is_open=rules.may_be_discussed)
        stand_beside("incidents.incident", comments, "main")
        hears("incidents.incident", queries.who_hears, SENTENCES)
        tells("incidents.Follower", _("Incidents I follow"), queries.tell_follows)
        stand_beside("cases.case", pages.panel)
        stand_beside("cases.outside", pages.panel_outside, "main")
        stand_beside("home.resident", pages.panel_home, "main")
