"""Home as a Django app; its readers listen from the start, and the worker sends the mail that waits."""

from django.apps import AppConfig


class Home(AppConfig):
    name = "mulin.home"

    def ready(self) -> None:
        from mulin.kernel.worker import CHORES

        from . import readers  # noqa: F401
        from .actions import mail_out

        CHORES.append(mail_out)
