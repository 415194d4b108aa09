"""People as a Django app; tells the kernel how to load a viewer again, and offers its tables."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class People(AppConfig):
    name = "mulin.people"
    verbose_name = _("People, posts and organisations")

    def ready(self) -> None:
        from mulin.kernel.viewer import set_loader
        from mulin.tables import register
        from mulin.territory.queries import hangs

        from .imports import IMPORTERS
        from .queries import posts_at, reload

        set_loader(reload)
        for importer in IMPORTERS:
            register(importer)
        hangs(posts_at)
