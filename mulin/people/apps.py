"""People as a Django app; tells the kernel how to load a viewer again and what to tidy."""

from django.apps import AppConfig


class People(AppConfig):
    name = "mulin.people"

    def ready(self) -> None:
        from mulin.kernel.viewer import set_loader
        from mulin.kernel.worker import CHORES

        from .actions import tidy
        from .queries import reload

        set_loader(reload)
        CHORES.append(tidy)
