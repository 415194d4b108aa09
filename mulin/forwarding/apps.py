"""Forwarding as a Django app; puts its panel on the page of a case and tells the worker what to go for."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Forwarding(AppConfig):
    name = "mulin.forwarding"
    verbose_name = _("Sending cases on")

    def ready(self) -> None:
        from mulin.kernel.worker import PULSES
        from mulin.news.hearing import hears
        from mulin.web.beside import stand_beside

        from . import readers
        from .actions import do_errands
        from .pages import sent_on

        hears("forwarding.forwarding", readers.in_charge, readers.SENTENCES)
        stand_beside("cases.case", sent_on, "side")
        PULSES.append(do_errands)
