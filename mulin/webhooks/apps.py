"""Webhooks as a Django app; tells the worker what to send and to tidy, and who hears that one rests or ended."""

from django.apps import AppConfig


class Webhooks(AppConfig):
    name = "mulin.webhooks"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from mulin.kernel.worker import CHORES, PULSES
        from mulin.news.hearing import hears
        from mulin.news.queries import accounts_in
        from mulin.people.actions import carries
        from mulin.privacy.queries import tells

        from .actions import send_due, tidy
        from .figures import SENTENCES
        from .models import Webhook
        from .queries import told

        hears("webhooks.webhook", accounts_in(Webhook, "owner"), SENTENCES)

        tells("webhooks.Webhook", _("Webhooks you made"), told)
        carries(Webhook, "owner", gives=True)
        CHORES.append(tidy)
        PULSES.append(send_due)
