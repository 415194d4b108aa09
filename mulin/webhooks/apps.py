"""Webhooks as a Django app; tells the worker what to send and to tidy."""

from django.apps import AppConfig


class Webhooks(AppConfig):
    name = "mulin.webhooks"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from mulin.kernel.worker import CHORES, PULSES
        from mulin.people.actions import carries
        from mulin.privacy.queries import tells

        from . import readers  # noqa: F401
        from .actions import send_due, tidy
        from .models import Webhook
        from .queries import told

        tells("webhooks.Webhook", _("Webhooks you made"), told)
        carries(Webhook, "owner", gives=True)
        CHORES.append(tidy)
        PULSES.append(send_due)
