"""Channels as a Django app: a kind of table, panels beside a case, what the worker makes, and who hears of exports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Channels(AppConfig):
    name = "mulin.channels"
    verbose_name = _("Exports")

    def ready(self) -> None:
        from mulin import tables
        from mulin.kernel.worker import CHORES, PULSES
        from mulin.news.hearing import hears
        from mulin.privacy.queries import tells
        from mulin.web.beside import stand_beside

        from . import actions, imports, pages, queries, readers  # noqa: F401
        from .figures import SENTENCES

        tables.register(imports.Categories())
        PULSES.append(actions.make_waiting)
        CHORES.append(actions.forget_addresses)
        hears("channels.export", queries.who_hears, SENTENCES)
        tells("channels.Export", _("Exports I asked for"), queries.tell_exports)
        tells("channels.Mail", _("Mails I sent in"), queries.tell_mails)
        stand_beside("cases.case", pages.beside_case)
