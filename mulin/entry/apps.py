"""Entry as a Django app; tells the worker what to tidy, and the kernel how to load who acted earlier."""

from django.apps import AppConfig


class Entry(AppConfig):
    name = "mulin.entry"

    def ready(self) -> None:
        from mulin.kernel.viewer import set_loader
        from mulin.kernel.worker import CHORES

        from .actions import tidy
        from .queries import reload

        CHORES.append(tidy)
        set_loader(reload)  # instead of what people told it: they know nothing of second factors
