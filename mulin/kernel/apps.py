"""The kernel as a Django app; its checks run at every start."""

from django.apps import AppConfig


class Kernel(AppConfig):
    name = "mulin.kernel"

    def ready(self) -> None:
        from . import checks  # noqa: F401
