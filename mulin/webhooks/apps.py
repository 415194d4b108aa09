"""Webhooks as a Django app; tells the worker what to send and to tidy."""

from django.apps import AppConfig


class Webhooks(AppConfig):
    name = "mulin.webhooks"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from mulin.kernel.worker import CHORES, PULSES
        from mulin.privacy.queries import tells

        from . import readers  # noqa: F401
        from .actions import send_due, tidy
        from .queries import told

        tells("webhooks.Webhook", _("Webhooks you made"), told)
        CHORES.append(tidy)
        PULSES.append(send_due)
