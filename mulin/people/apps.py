"""People as a Django app; tells the kernel how to load a viewer again."""

from django.apps import AppConfig


class People(AppConfig):
    name = "mulin.people"

    def ready(self) -> None:
        from mulin.kernel.viewer import set_loader

        from .queries import reload

        set_loader(reload)
