"""Home as a Django app; its readers listen from the start."""

from django.apps import AppConfig


class Home(AppConfig):
    name = "mulin.home"

    def ready(self) -> None:
        from . import readers  # noqa: F401
