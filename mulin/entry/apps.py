"""Entry as a Django app; says what the worker tidies, how who acted is loaded, what a first factor ends."""

from django.apps import AppConfig


class Entry(AppConfig):
    name = "mulin.entry"

    def ready(self) -> None:
        from mulin.factors.actions import GUARDED
        from mulin.kernel.viewer import set_loader
        from mulin.kernel.worker import CHORES
        from mulin.people.actions import carries

        from .actions import leave_all, tidy
        from .models import Invitation
        from .queries import reload

        carries(Invitation, "invited_by")
        CHORES.append(tidy)
        GUARDED.append(leave_all)  # whoever is signed in elsewhere showed no second factor there
        set_loader(reload)  # instead of what people told it: they know nothing of second factors
